import type { FrameLink } from '../../src/protocol/messages.ts';
import { post } from '../vscodeApi.ts';
import type { LogFrame } from './logText.ts';

/** The frames of a function error, as they are found in its log. `stack` has the lines that the frames refer to. */
export function logFrames(frames: readonly FrameLink[], stack: readonly string[]): LogFrame[] {
  return frames.flatMap(({ line, label, start, end }) => {
    const written = stack[line];
    if (written === undefined) return [];
    const indent = written.length - written.trimStart().length;
    const text = written.trim();
    const open = () => post({ type: 'openFrame', line });
    return [{ text, start: start - indent, end: end - indent, label, open }];
  });
}
