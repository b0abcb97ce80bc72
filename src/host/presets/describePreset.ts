import { describeConnection, type Connection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { presetConnection, type Preset } from '../../core/presets/preset.ts';

/** `hello:live · RequestResponse · Local`: describes a preset, without replacing variables. */
export function describePreset(preset: Preset, chosen: Connection): string {
  const type = preset.InvocationType ?? 'RequestResponse';
  return [describeFunction(preset), type, describeConnection(presetConnection(preset, chosen))].join(' · ');
}
