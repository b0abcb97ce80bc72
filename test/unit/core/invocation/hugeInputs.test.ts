// External text can be arbitrarily large. These tests take milliseconds in linear time, and minutes in quadratic time,
// which exceeds their timeouts.
import { expect, test } from 'vitest';
import { classifyError, withoutSecrets } from '../../../../src/aws/classifyError.ts';
import { confirmingPattern } from '../../../../src/core/connection/confirmPatterns.ts';
import { diagnose } from '../../../../src/core/outcome/diagnosis.ts';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { looksLikeAwsCommand } from '../../../../src/core/importExport/looksLikeAwsCommand.ts';
import { parseFunctionError } from '../../../../src/core/outcome/functionError.ts';
import { handlerLine } from '../../../../src/core/functions/handlerLine.ts';
import { describeFunction } from '../../../../src/core/invocation/invocation.ts';
import { strictJson } from '../../../../src/core/json/jsonText.ts';
import { findReport } from '../../../../src/core/outcome/logTail.ts';
import { nearestWord } from '../../../../src/core/messages/nearestWord.ts';
import { checkPresetsFile } from '../../../../src/core/presets/presetsCheck.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';
import { resolveVariables } from '../../../../src/core/presets/variables.ts';
import { parseStackFrame } from '../../../../src/core/outcome/stackFrames.ts';

const SIZE = 400_000;
const HANG_MS = 60_000;

/** A unit repeated up to a size. */
function repeat(unit: string, size = SIZE): string {
  return unit.repeat(Math.ceil(size / unit.length));
}

const UNITS = [
  ' ',
  '\t',
  '\n',
  '\r\n',
  '"',
  "'",
  '\\',
  '\\"',
  '(',
  '[',
  '{',
  '`',
  '$(',
  '${',
  '$(`',
  '<',
  '>',
  '^',
  '^ ',
  '` ',
  '%a',
  ' at ',
  'a',
  '0',
  '/*',
  "@'\n",
  '@"\n',
  ' aws lambda invoke',
  ' aws lambda ',
  'PS x',
  'C:\\x',
  'file://',
  ' (A-',
  ' in x',
  'a.',
  'at (',
  'INIT_REPORT x',
  'START RequestId',
  'The Canonical String ',
  'authorization ',
  'REPORT RequestId: ',
  'Task timed out after 1',
  '--a=b ',
  'A=b ',
];

const progress = { isHandedOver: true, isConnecting: false };
const context = { credentials: 'profile dev', endpoint: 'Lambda in eu-west-1', progress: progress, wasSent: true };

test("a server's message of any length is classified", { timeout: HANG_MS }, () => {
  for (const unit of UNITS) {
    for (const name of ['AccessDeniedException', 'InvalidSignatureException', 'ServiceException']) {
      const error = Object.assign(new Error(repeat(unit)), {
        name,
        $fault: 'client',
        $metadata: { httpStatusCode: 403, requestId: repeat(unit) },
        Reason: repeat(unit),
      });
      const { exception, requestId = '' } = classifyError(error, context);
      expect(exception?.message.length).toBeLessThan(10_000);
      expect(requestId.length).toBeLessThan(10_000);
    }
    expect(
      classifyError(Object.assign(new Error(repeat(unit)), { code: repeat(unit) }), context).message.length,
    ).toBeLessThan(30_000);
    expect(withoutSecrets(`x${repeat(unit)}`).startsWith('x')).toBe(true);
  }
});

test("quotes of the signed request are removed from a server's message", () => {
  expect(withoutSecrets(`It does not match. \n The canonical string for this request was secret`)).toBe(
    'It does not match.',
  );
  expect(withoutSecrets('header Authorization : secret')).toBe('header Authorization: …');
});

test('a function error of any length is parsed', { timeout: HANG_MS }, () => {
  for (const unit of UNITS) {
    const text = repeat(unit, 70_000);
    const error = parseFunctionError(
      JSON.stringify({
        errorType: text,
        errorMessage: text,
        trace: [text, ...repeat(`${unit}\n`, 60_000).split('\n')],
      }),
    );
    expect(error.message?.endsWith('…')).toBe(true);
    expect(
      diagnose({ error: { ...error, type: '' }, report: { status: 'timeout' }, logText: repeat(unit) }),
    ).toBeDefined();
    for (const line of error.stack) parseStackFrame(line);
  }
});

test('stack lines just below the length limit are parsed', { timeout: HANG_MS }, () => {
  for (const unit of [
    ...UNITS,
    '<',
    '$',
    '.',
    '.js',
    '.cs:line ',
    'File "',
    '(a.java:',
    ' in a.cs',
    '/a.js:1',
    'C:\\a',
  ]) {
    const line = repeat(unit, 1990).slice(0, 1990);
    for (let count = 0; count < 100; count++) expect(parseStackFrame(line)?.path).not.toBe('');
  }
});

test('a log of any length is searched for its report', { timeout: HANG_MS }, () => {
  for (const unit of UNITS) {
    const log = `${repeat(unit)}\nREPORT RequestId: a\tDuration: 1.00 ms\tBilled Duration: 2 ms\t\n`;
    expect(findReport(log)).toMatchObject({ requestId: 'a', durationMs: 1 });
    findReport(repeat(`REPORT RequestId: a ${unit}`));
    findReport(repeat(`{"type":"platform.report"${unit}`));
  }
});

test('confirmation patterns with many wildcards are matched against long names', { timeout: HANG_MS }, () => {
  const FunctionName = 'a'.repeat(20_000);
  const invocation = { FunctionName, InvocationType: 'RequestResponse' as const };
  expect(confirmingPattern([`${'*a'.repeat(20)}*b`], invocation, { profile: 'dev' })).toBeUndefined();
  expect(confirmingPattern([`${'*a'.repeat(20)}*`], invocation, { profile: 'dev' })).toBeDefined();
});

test('commands of up to a megabyte are parsed', { timeout: 60_000 }, () => {
  for (const unit of UNITS) {
    const text = repeat(unit, 20_000);
    looksLikeAwsCommand(repeat(unit));
    importAwsCommand(text);
    importAwsCommand(`aws lambda invoke --function-name f --payload ${text}`);
    importAwsCommand(`aws lambda invoke --function-name f --payload "${text}`);
  }
  for (const unit of ['x', '$(', '${', "@'\n"]) {
    const imported = importAwsCommand(`aws lambda invoke --function-name f --payload "${repeat(unit, 300_000)}`);
    expect(imported?.draft.FunctionName).toBe('f');
  }
  const long = importAwsCommand(`aws lambda invoke --function-name f --payload '"${'x'.repeat(1_000_000)}"'`);
  expect(long?.draft.Payload).toHaveLength(1_000_002);
});

test('sources of any length are searched for a handler', { timeout: HANG_MS }, () => {
  for (const unit of [...UNITS, 'function ', 'export ', 'exports.', 'export {', 'def '])
    expect(handlerLine(`${repeat(unit)}function ${repeat(' ')}\nexports.handler = 1`, 'app.handler')).toBeGreaterThan(
      0,
    );
});

test('names of any length are described', { timeout: HANG_MS }, () => {
  for (const unit of [':function:', 'function:', ':', '\n'])
    expect(describeFunction({ FunctionName: `${repeat(unit)}\n` })).toBeDefined();
});

test('a presets file with many problems is read', { timeout: HANG_MS }, () => {
  const faulty = `{"presets":[${repeat('{"nam":1},\n', SIZE)}]}`;
  expect(parsePresetsFile(faulty, 'presets').problems.length).toBeGreaterThan(30_000);
  expect(checkPresetsFile(faulty).length).toBeGreaterThan(30_000);
  const wide = `{"presets":[{"name":"a","FunctionName":"f","Payload":[${repeat('1,')}1]}]}`;
  expect(checkPresetsFile(wide)).toEqual([]);
});

test('JSON with many trailing commas is converted', { timeout: HANG_MS }, () => {
  expect(JSON.parse(strictJson(`[${repeat('[1,],')}]`))).toHaveLength(SIZE / 5);
});

test('a payload with many variables is resolved', { timeout: HANG_MS }, () => {
  const resolved = resolveVariables(`[${repeat('"${uuid}",')}"\${uuid}"]`, () => 'a"b', { isJson: true });
  expect(new Set(JSON.parse(resolved) as string[])).toEqual(new Set(['a"b']));
  const inside = resolveVariables(`{"body":"${repeat('${uuid} ')}"}`, () => 'a"b', { isJson: true });
  expect((JSON.parse(inside) as { body: string }).body.startsWith('a"b a"b ')).toBe(true);
});

test('a variable after an unclosed comment is resolved', { timeout: HANG_MS }, () => {
  expect(resolveVariables('/* ${uuid}', () => 'a', { isJson: true })).toBe('/* a');
});

test('a key of any length has no similar key', { timeout: HANG_MS }, () => {
  expect(nearestWord('x'.repeat(6_000_000), ['name', 'group'])).toBeUndefined();
  expect(nearestWord('nam', ['group', 'name'])).toBe('name');
});
