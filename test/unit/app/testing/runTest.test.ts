import { mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Invocations } from '../../../../src/app/invocations.ts';
import type { RunDependencies } from '../../../../src/app/runInvocation.ts';
import { listTests } from '../../../../src/app/testing/listTests.ts';
import { expectationOf, runTest, type TestResult } from '../../../../src/app/testing/runTest.ts';
import { writeSnapshot } from '../../../../src/app/testing/snapshots.ts';
import { message, toSentence } from '../../../../src/core/messages/messages.ts';
import { InvokeError } from '../../../../src/core/outcome/invokeError.ts';
import { presetInvocation } from '../../../../src/core/presets/preset.ts';
import { resolveExpect, resolvePreset } from '../../../../src/core/presets/resolvePreset.ts';
import type { Variable } from '../../../../src/core/presets/variables.ts';
import { caseValue, testName, type PresetTest, type TestedPreset } from '../../../../src/core/testing/presetTest.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { setUp } from '../../../support/invocationRun.ts';
import { createTestFolder } from '../../../support/testFolder.ts';

const preset = (expected: object, more: Partial<TestedPreset> = {}): TestedPreset => ({
  name: 'order',
  FunctionName: 'orders',
  endpoint: 'local',
  ...more,
  expect: JSON.stringify(expected),
});

/** Runs tests against a function that returns its payload. */
function createRunner(files: Awaited<ReturnType<typeof createTestFolder>>, changes: Partial<RunDependencies> = {}) {
  const { dependencies, sent } = setUp({
    readPayload: (source) =>
      Promise.resolve({ bytes: new TextEncoder().encode(source.kind === 'typed' ? source.text : ''), notes: [] }),
    invoke: (request) => {
      sent.push(request);
      return Promise.resolve({ StatusCode: 200, Payload: request.Payload, connection: { kind: 'local' } });
    },
    ...changes,
  });
  let ids = 0;
  const run = (one: PresetTest, signal = new AbortController().signal): Promise<TestResult> =>
    runTest(
      one,
      {
        invocations: new Invocations(dependencies),
        files,
        newId: () => `id${++ids}`,
        resolve: (resolved) => {
          const valueOf = (variable: Variable) =>
            variable.kind === 'case' ? caseValue(resolved.testCase, variable.name) : '';
          const invocation = presetInvocation(resolvePreset(resolved.preset, valueOf), String);
          const order = { invocation, connection: { kind: 'local' } } as const;
          return Promise.resolve({ order, expect: resolveExpect(resolved.preset.expect, valueOf) });
        },
      },
      signal,
    );
  return { run, sent };
}

const sentencesOf = (result: TestResult): string[] => {
  switch (result.kind) {
    case 'checked':
      return result.failures.map((failure) => toSentence(failure.message));
    case 'errored':
      return [`errored: ${toSentence(result.reason)}`];
    case 'skipped':
      return ['skipped'];
  }
};

describe('a test', () => {
  test('invokes once and passes if the response is as expected', async () => {
    const { run, sent } = createRunner(await createTestFolder());
    const result = await run({ preset: preset({ Payload: { id: 1 } }, { Payload: '{"id": 1, "more": 2}' }) });
    expect(sentencesOf(result)).toEqual([]);
    expect(result).toMatchObject({ kind: 'checked', ended: { invocationId: 'id1' } });
    expect(sent).toHaveLength(1);
  });

  test('fails with the parts that differ, their path, and the place in expect', async () => {
    const { run } = createRunner(await createTestFolder());
    const expected = { Payload: { items: [{ id: 9_007_199_254_740_991 }] } };
    const Payload = '{"items": [{"id": 9007199254740993, "x": 1}]}';
    const result = await run({ preset: preset(expected, { Payload }) });
    if (result.kind !== 'checked') throw new Error(result.kind);
    expect(sentencesOf(result)).toEqual(['The response differs from "Payload" at $.items[0].id.']);
    expect(result.failures).toMatchObject([
      {
        key: 'Payload',
        steps: ['Payload', 'items', 0, 'id'],
        diff: { path: '$.items[0].id', expected: '9007199254740991', actual: '9007199254740993' },
      },
    ]);
  });

  test('that is invalid or whose snapshot cannot be read invokes nothing', async () => {
    const { run, sent } = createRunner(await createTestFolder());
    expect(sentencesOf(await run({ preset: preset({ StatusCode: 'ok' }) }))).toEqual([
      'errored: "StatusCode" must be an integer from 100 to 599.',
    ]);
    expect(sentencesOf(await run({ preset: preset({ snapshot: '../s.json' }) }))).toEqual([
      'errored: ../s.json is outside of the workspace folder. Use a path in it, without links that lead out of it.',
    ]);
    expect(sentencesOf(await run({ preset: preset({}, { Payload: '"${case:id}"' }) }))).toEqual([
      'errored: ${case:id} needs a file in "cases".',
    ]);
    expect(sent).toEqual([]);
  });

  test('that is stopped while the function runs is skipped, and stops waiting', async () => {
    const abort = new AbortController();
    const { run } = createRunner(await createTestFolder(), {
      invoke: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new InvokeError(message('cancelledBeforeSending'))));
          abort.abort();
        }),
    });
    const result = await run({ preset: preset({}) }, abort.signal);
    expect(result).toMatchObject({ kind: 'skipped', ended: { result: { outcome: { state: 'cancelled' } } } });
  });

  test('that is stopped before it starts invokes nothing', async () => {
    const { run, sent } = createRunner(await createTestFolder());
    expect(sentencesOf(await run({ preset: preset({}) }, AbortSignal.abort()))).toEqual(['skipped']);
    expect(sent).toEqual([]);
  });
});

describe('the cases of a preset', () => {
  const CASES = '{"name": "one", "id": 9007199254740993, "total": 1.50}\n\n{"id": 2, "total": [], "x": "${case:id}"}\n';
  const withCases = preset(
    { Payload: { id: '${case:id}', total: '${case:total}' }, conditions: ['id == `${case:id}`'] },
    { cases: 'cases/orders.jsonl', Payload: '{"id": "${case:id}", "total": "${case:total}", "name": "${case:name}"}' },
  );

  test('each run as a test, with exact numbers', async () => {
    const files = await createTestFolder({ 'cases/orders.jsonl': CASES });
    const { run, sent } = createRunner(files);
    const tests = await listTests(withCases, files);
    expect(tests.map(testName)).toEqual(['order › one', 'order › 2']);
    for (const each of tests) expect(sentencesOf(await run(each))).toEqual([]);
    expect(sent.map(({ Payload }) => new TextDecoder().decode(Payload))).toEqual([
      '{"id": 9007199254740993, "total": 1.50, "name": "one"}',
      '{"id": 2, "total": [], "name": "2"}',
    ]);
  });

  test('that have no such key are errors, and invoke nothing', async () => {
    const files = await createTestFolder({ 'cases/orders.jsonl': '{"id": 1}' });
    const { run, sent } = createRunner(files);
    const [one] = await listTests(withCases, files);
    if (one === undefined) throw new Error('no test');
    expect(sentencesOf(await run(one))).toEqual(['errored: The case "1" has no key "total".']);
    expect(sent).toEqual([]);
  });

  test.each([
    [{}, "The cases file cases/orders.jsonl doesn't exist."],
    [{ 'cases/orders.jsonl': '\n' }, 'cases/orders.jsonl has no rows.'],
    [{ 'cases/orders.jsonl': '{"a": 1}\n{"a"' }, "cases/orders.jsonl isn't valid JSON (line 2, column 5)."],
    [{ 'cases/orders.jsonl': '\u0000a' }, "cases/orders.jsonl isn't UTF-8. Save it as UTF-8."],
  ])('must be readable: %j', async (contents, sentence) => {
    const files = await createTestFolder(contents);
    expect(toSentence((await catchInvokeError(listTests(withCases, files))).reason)).toBe(sentence);
  });
});

describe('a snapshot', () => {
  const withSnapshot = preset(
    { snapshot: 'snapshots/order.json', ignore: ['at'] },
    { Payload: '{"b": 2, "at": 1, "a": 1.50}' },
  );

  test('is missing until it is written, without the ignored paths', async () => {
    const files = await createTestFolder();
    const { run } = createRunner(files);
    const result = await run({ preset: withSnapshot });
    expect(sentencesOf(result)).toEqual([
      "The snapshot snapshots/order.json doesn't exist. Use Accept as Expected to create it.",
    ]);
    if (result.kind !== 'checked') throw new Error(result.kind);
    expect(await writeSnapshot(result.ended.result, result.expectation, files)).toBe('snapshots/order.json');
    expect(await files.text('snapshots/order.json')).toBe('{\n  "a": 1.50,\n  "b": 2\n}\n');
    expect(sentencesOf(await run({ preset: withSnapshot }))).toEqual([]);
    const changed = { ...withSnapshot, Payload: '{"b": 3, "at": 1, "a": 1.5}' };
    expect(sentencesOf(await run({ preset: changed }))).toEqual([
      'The response differs from the snapshot snapshots/order.json at $.b.',
    ]);
  });

  test.each([
    '../order.json',
    '/etc/order.json',
    'a/../../order.json',
    'C:\\order.json',
    'file:///order.json',
    '',
    '.',
  ])('at %j is refused', async (snapshot) => {
    const files = await createTestFolder();
    const outside = writeSnapshot(ENDED, expectationOf(JSON.stringify({ snapshot })), files);
    expect((await catchInvokeError(outside)).reason.code).toBe('testFileOutside');
  });

  test('is never written or read through a link that leads out of the folder', async () => {
    const files = await createTestFolder({ 'inside/kept.json': '{}' });
    const elsewhere = await createTestFolder({ 'order.json': '{}' });
    await symlink(elsewhere.root, join(files.root, 'out'));
    await symlink(join(elsewhere.root, 'new.json'), join(files.root, 'dangling.json'));
    await symlink(join(elsewhere.root, 'order.json'), join(files.root, 'inside', 'order.json'));
    await symlink(join(files.root, 'inside'), join(files.root, 'in'));
    await symlink(`missing/../../${basename(elsewhere.root)}/new.json`, join(files.root, 'back.json'));
    const write = (snapshot: string) => writeSnapshot(ENDED, expectationOf(JSON.stringify({ snapshot })), files);
    const inside = ['inside/order.json', 'in/order.json'];
    for (const path of ['out/order.json', 'out/deep/er.json', 'dangling.json', 'back.json', ...inside]) {
      expect((await catchInvokeError(write(path))).reason.code, path).toBe('testFileOutside');
      const read = createRunner(files).run({ preset: preset({ snapshot: path }) });
      expect(await read).toMatchObject({ kind: 'errored', reason: { code: 'testFileOutside' } });
    }
    expect(await elsewhere.text('order.json')).toBe('{}');
    await mkdir(join(files.root, 'inside', 'more'));
    expect(await write('in/more/new.json')).toBe('in/more/new.json');
    expect(await files.text('inside/more/new.json')).toBe('1\n');
  });

  test('needs a response that is text, and a path', async () => {
    const files = await createTestFolder();
    const expectation = expectationOf('{"snapshot": "s.json"}');
    const binary = { ...ENDED, Payload: new Uint8Array([0xff, 0xfe, 0xfd]) };
    expect((await catchInvokeError(writeSnapshot(binary, expectation, files))).reason.code).toBe('snapshotBinary');
    expect((await catchInvokeError(writeSnapshot(ENDED, expectationOf('{}'), files))).reason.code).toBe(
      'snapshotNotNamed',
    );
    const failed = {
      outcome: { state: 'failed', reason: { code: 'notConfirmed', args: [] }, clientMs: 1, notes: [] },
    } as const;
    expect((await catchInvokeError(writeSnapshot(failed, expectation, files))).reason.code).toBe('snapshotNoResponse');
    expect((await catchInvokeError(writeSnapshot(ENDED, expectation, undefined))).reason.code).toBe('testNeedsFolder');
  });
});

const ENDED = {
  outcome: {
    state: 'succeeded',
    StatusCode: 200,
    connection: { kind: 'local' },
    responseBytes: 1,
    clientMs: 1,
    notes: [],
  },
  Payload: new Uint8Array([0x31]),
} as const;
