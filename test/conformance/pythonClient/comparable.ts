import { isPlatformLine } from '../../support/functionLines.ts';
import { decodeLog } from './decodeLog.ts';

/** The client's own files, this project's, and the script that starts the client. */
const RUNTIME_FILE = String.raw`[^"\\\n]*(?:awslambdaric|pythonRuntime|pythonClient)\/[^"\\\n]*`;

/** Replacements for text that differs between invocations or between implementations of the same runtime. */
const REPLACEMENTS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'],
  [/\d{4}\/\d\d\/\d\d\/\[\$LATEST\]\w+/g, 'STREAM'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?/g, 'TIME'],
  [/\b(?:ours|client)-\d+/g, 'NAME'],
  [/0x[0-9a-f]{6,}/g, 'ADDRESS'],
  // The client's JSON library has a compiled part, which isn't built here and has another message for this.
  [/maximum recursion depth exceeded[^"\n]*/g, 'maximum recursion depth exceeded'],
  // Frames of the runtime in JSON, and in text.
  [
    new RegExp(String.raw`"  File \\"${RUNTIME_FILE}\\", line \d+, in \w+(?:\\n(?:[^"\\]|\\[^n])*)*"`, 'g'),
    '"RUNTIME"',
  ],
  [/"RUNTIME"(?:, "RUNTIME")+/g, '"RUNTIME"'],
  [
    new RegExp(String.raw`^[ \u00a0]+File "${RUNTIME_FILE}", line \d+, in .*\n(?:[ \u00a0]{3,}.*\n)*`, 'gm'),
    'RUNTIME\n',
  ],
  [/(?:RUNTIME\n)+/g, 'RUNTIME\n'],
  // The location of a warning.
  [new RegExp(String.raw`^${RUNTIME_FILE}:\d+: `, 'gm'), 'RUNTIME: '],
];

/** Lines that aren't compared. */
const IGNORED = [
  // The client warns that a runtime update may have caused an error of the init phase.
  /LAMBDA_WARNING: Unhandled exception\./,
];

function comparableText(text: string): string {
  return REPLACEMENTS.reduce((result, [pattern, replacement]) => result.replaceAll(pattern, replacement), text);
}

/** A response in a form that is equal for equal behavior. */
export function comparable({ payload, log, error }: { payload: Uint8Array; log: Buffer; error: string }): string {
  const lines = decodeLog(log)
    .split('\n')
    .filter((line) => !isPlatformLine(line) && !IGNORED.some((pattern) => pattern.test(line)));
  const result = comparableText(Buffer.from(payload).toString('latin1'));
  return [`result: ${result}`, `error: ${error}`, `log: ${comparableText(`${lines.join('\n').trimEnd()}\n`)}`].join(
    '\n',
  );
}
