import { expect, test } from 'vitest';
import { presetOptionsKey } from '../../../../src/core/compare/compareOptions.ts';
import { CompareSettings } from '../../../../src/host/compare/compareSettings.ts';

const preset = { store: 'file:///presets.json', name: 'daily' };
const renamed = { ...preset, name: 'nightly' };

function openSettings(): CompareSettings {
  const stored = new Map<string, unknown>();
  const get = (key: string) => stored.get(key);
  const update = async (key: string, value: unknown) => void stored.set(key, value);
  return new CompareSettings({ get, update } as ConstructorParameters<typeof CompareSettings>[0]);
}

test('a renamed preset keeps its options, also for the invocations before', async () => {
  const settings = openSettings();
  await settings.change(presetOptionsKey(preset), { ignoredPaths: ['id'], sortsKeys: true });
  await settings.copyForRenamed(preset, renamed.name);
  for (const one of [preset, renamed]) {
    expect(settings.of(presetOptionsKey(one))).toEqual({ ignoredPaths: ['id'], sortsKeys: true, hidesTimes: false });
  }
});

test('the options of the new name stay if the renamed preset has none', async () => {
  const settings = openSettings();
  await settings.change(presetOptionsKey(renamed), { sortsKeys: true });
  await settings.copyForRenamed(preset, renamed.name);
  expect(settings.of(presetOptionsKey(renamed)).sortsKeys).toBe(true);
  expect(settings.of(presetOptionsKey(preset)).sortsKeys).toBe(false);
});
