import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { withoutBodies } from '../../src/app/results.ts';
import { DEFAULT_COMPARE_OPTIONS, type CompareOptions } from '../../src/core/compare/compareOptions.ts';
import { message } from '../../src/core/messages/messages.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import type { ComparedSide } from '../../src/host/compare/comparedSide.ts';
import { comparisonTexts, type Part } from '../../src/host/compare/comparisonTexts.ts';
import { succeeded } from '../support/historyEntry.ts';
import { endedInvocation } from '../support/openHistory.ts';

const report = { durationMs: 12.5, billedDurationMs: 13, memorySizeMB: 128, maxMemoryUsedMB: 43 };

/** One side of a comparison, whose response is `Payload`. */
function side(
  Payload: string | Uint8Array,
  { log, at, ...more }: { log?: string; at?: number; sent?: string; outcome?: Partial<Outcome> } = {},
): ComparedSide {
  const bytes = typeof Payload === 'string' ? new TextEncoder().encode(Payload) : Payload;
  const outcome = { ...succeeded, responseBytes: bytes.byteLength, report, ...more.outcome } as Outcome;
  const ended = endedInvocation('x', { ...(more.sent !== undefined && { sent: more.sent }), outcome });
  return {
    ended: { ...ended, result: { ...ended.result, Payload: bytes } },
    isDropped: false,
    ...(log !== undefined && { log }),
    ...(at !== undefined && { at }),
  };
}

const dropped = (one: ComparedSide): ComparedSide => ({
  ended: withoutBodies(one.ended, message('bodiesInMemory')),
  isDropped: true,
});

/** The texts of both sides, and which responses are JSON. */
function texts(one: ComparedSide, other: ComparedSide, options: Partial<CompareOptions> = {}) {
  const time = (at: number) => `time ${at}`;
  const compared = comparisonTexts([one, other], { ...DEFAULT_COMPARE_OPTIONS, ...options }, time);
  const both = (part: Part): readonly [string, string] => [compared[part][0].text, compared[part][1].text];
  return {
    figures: both('figures'),
    response: both('response'),
    log: both('log'),
    request: both('request'),
    isJson: compared.response.map(({ isJson }) => isJson),
  };
}

/** The values of a figure on both sides. */
function figure({ figures }: ReturnType<typeof texts>, label: string): (string | undefined)[] {
  return figures.map((text) => new RegExp(`^${label}: +(.*)$`, 'm').exec(text)?.[1]);
}

describe('A comparison', () => {
  it('shows the figures of both sides, with the same rows', () => {
    const cold = side('1', { outcome: { report: { ...report, initDurationMs: 130 } } as Partial<Outcome>, at: 1 });
    const compared = texts(cold, side('12', { at: 2 }));
    assert.deepEqual(figure(compared, 'Init \\(cold start\\)'), ['130 ms', '–']);
    assert.deepEqual(figure(compared, 'Memory'), ['43 of 128 MB', '43 of 128 MB']);
    assert.deepEqual(figure(compared, 'Response size'), ['1 byte', '2 bytes']);
    assert.deepEqual(figure(compared, 'Ended'), ['time 1', 'time 2']);
    assert.deepEqual(figure(compared, 'Restore \\(SnapStart\\)'), [undefined, undefined]);
    const [left, right] = compared.figures.map((text) => text.split('\n').map((line) => line.split(':')[0]));
    assert.deepEqual(left?.slice(1), right?.slice(1));
  });

  it('shows GB-seconds with their formula, but not on Local, where nothing is billed', () => {
    const onAws = side('1', { outcome: { connection: { kind: 'aws' } } as Partial<Outcome> });
    const compared = texts(onAws, side('1'));
    assert.deepEqual(figure(compared, 'GB-seconds'), ['0.001625 GB-s = 13 ms × 128 MB', '–']);
    assert.deepEqual(figure(texts(side('1'), side('1')), 'GB-seconds'), [undefined, undefined]);
  });

  it('starts with a line that always differs, the results, and whether the parts are identical', () => {
    const compared = texts(side('{"a":1}'), side('{"a":1}'));
    assert.deepEqual(
      compared.figures.map((text) =>
        text
          .split('\n')
          .slice(0, 5)
          .map((line) => line.replaceAll(/ +/g, ' ')),
      ),
      ['Left', 'Right'].map((name) => [
        `${name}: hello · Local`,
        'Result: Succeeded',
        'Response: Identical',
        'Log: None',
        'Request: Identical',
      ]),
    );
  });

  it('formats responses without changing large numbers, escapes, or duplicate keys', () => {
    const { response, isJson } = texts(side('{"id":9007199254740993,"a":"\\u0041","a":2}'), side('[]'));
    assert.equal(response[0], '{\n  "id": 9007199254740993,\n  "a": "\\u0041",\n  "a": 2\n}');
    assert.deepEqual(isJson, [true, true]);
  });

  it('of responses that differ only in the order of keys is identical as shown with sorted keys', () => {
    const [one, other] = [side('{"b":1,"a":2}'), side('{"a":2,"b":1}')];
    assert.deepEqual(figure(texts(one, other), 'Response'), ['Different', 'Different']);
    const sorted = texts(one, other, { sortsKeys: true });
    assert.deepEqual(figure(sorted, 'Response'), ['Identical as shown', 'Identical as shown']);
    assert.equal(sorted.response[0], sorted.response[1]);
  });

  it('of the same connection does not report it as different if only one invocation was sent', () => {
    const outcome = { state: 'failed', reason: message('regionMissing'), clientMs: 1, notes: [] } as const;
    const sent = side('1', { outcome: { connection: { kind: 'aws', profile: 'dev', region: 'eu-west-1' } } });
    const order = { ...sent.ended.order, connection: { kind: 'aws', profile: 'dev' } as const };
    const compared = texts(
      { ...sent, ended: { ...sent.ended, order } },
      { ended: { ...sent.ended, order, result: { outcome } }, isDropped: false },
    );
    assert.deepEqual(figure(compared, 'Connection'), ['dev', 'dev']);
  });

  it('leaves out ignored paths of the response, and lists them', () => {
    const compared = texts(side('{"id":1,"a":2}'), side('{"id":3,"a":2}'), { ignoredPaths: ['id', 'items[].at'] });
    assert.deepEqual(compared.response, ['{\n  "a": 2\n}', '{\n  "a": 2\n}']);
    assert.deepEqual(figure(compared, 'Ignored paths')[0], 'id, items[].at');
  });

  it('leaves out the times and IDs of the log and of the figures', () => {
    const log = (id: string) => `START RequestId: ${id}-1111-4111-8111-111111111111\nstored in 12 ms`;
    const sides = ['aaaaaaaa', 'bbbbbbbb'].map((id, at) => side('1', { log: log(id), at, outcome: { requestId: id } }));
    const [one, other] = sides as [ComparedSide, ComparedSide];
    assert.deepEqual(figure(texts(one, other), 'Log'), ['Different', 'Different']);
    const compared = texts(one, other, { hidesTimes: true });
    assert.deepEqual(compared.log, ['START RequestId: …\nstored in … ms', 'START RequestId: …\nstored in … ms']);
    assert.deepEqual(figure(compared, 'Log'), ['Identical as shown', 'Identical as shown']);
    assert.deepEqual([...figure(compared, 'Ended'), ...figure(compared, 'Request ID')], Array(4).fill(undefined));
  });

  it('of binary responses has their size and hash', () => {
    const bytes = new Uint8Array([0, 255, 1]);
    const compared = texts(side(bytes), side(new Uint8Array(bytes)));
    const hash = createHash('sha256').update(bytes).digest('hex');
    assert.equal(compared.response[0], `Binary, 3 bytes. SHA-256: ${hash}`);
    assert.deepEqual(compared.isJson, [false, false]);
    assert.deepEqual(figure(compared, 'Response'), ['Identical', 'Identical']);
    assert.deepEqual(figure(texts(side(bytes), side(new Uint8Array([0, 255, 2]))), 'Response')[0], 'Different');
  });

  it('of responses that are too large has their size and hash', () => {
    const large = `"${'x'.repeat(8_000_000)}"`;
    const compared = texts(side(large), side(large.replace('x', 'y')));
    assert.match(compared.response[0], /^Too large to compare as text, 8\.0 MB\. SHA-256: [\da-f]{64}$/);
    assert.deepEqual(figure(compared, 'Response')[0], 'Different');
  });

  it('of streamed responses whose ends are not in memory does not report them as identical', () => {
    const stream = (bytes: number) => ({ outcome: { stream: { chunks: 1, bytes, bufferedBytes: 1 } } });
    for (const other of [stream(9), stream(1)]) {
      assert.equal(figure(texts(side('1', stream(9)), side('1', other)), 'Response')[0], "Can't be compared");
      assert.equal(figure(texts(side('1', other), side('1', stream(9))), 'Response')[0], "Can't be compared");
    }
    assert.equal(figure(texts(side('1', stream(9)), side('2', stream(9))), 'Response')[0], 'Different');
    assert.equal(figure(texts(side('1', stream(1)), side('1', stream(1))), 'Response')[0], 'Identical');
  });

  it('of logs that Lambda did not return does not report that there are none', () => {
    const logTail = { text: '', isTruncated: false, location: { logGroup: '/aws/lambda/hello', logStream: 's' } };
    const unreturned = side('1', { outcome: { logTail } as unknown as Partial<Outcome> });
    const compared = texts(unreturned, unreturned);
    assert.match(compared.log[0], /Not returned/);
    assert.equal(figure(compared, 'Log')[0], "Can't be compared");
    assert.equal(figure(texts(unreturned, side('1', { log: 'x' })), 'Log')[0], "Can't be compared");
  });

  it('shows why a response is no longer available, and does not report it as different', () => {
    const compared = texts(dropped(side('{"a":1}', { log: 'x' })), side('{"a":1}', { log: 'x' }));
    assert.match(compared.response[0], /^Payloads, responses, and logs were only in memory\./);
    assert.match(compared.log[0], /were only in memory/);
    assert.match(compared.request[0], /^ {2}\/\/ .*were only in memory/m);
    assert.deepEqual(compared.isJson, [false, true]);
    for (const label of ['Response', 'Log', 'Request']) {
      assert.deepEqual(figure(compared, label), ["Can't be compared", "Can't be compared"]);
    }
  });

  it('shows that an invocation has no response', () => {
    const outcome = { state: 'failed', reason: message('regionMissing'), clientMs: 1, notes: [] } as const;
    const ended = endedInvocation('x', { outcome });
    const failed = { ended: { ...ended, result: { outcome } }, isDropped: false };
    const compared = texts(failed, side('1'));
    assert.deepEqual(compared.response, ['No response', '1']);
    assert.equal(figure(compared, 'Result')[1], 'Succeeded');
    assert.match(figure(compared, 'Error')[0] ?? '', /region/i);
    assert.equal(figure(compared, 'Error')[1], '–');
  });

  it('shows the request with its payload as it was sent', () => {
    const [left] = texts(side('1', { sent: '{"id":9007199254740993}' }), side('1')).request;
    assert.equal(
      left,
      '{\n  "FunctionName": "hello",\n  "InvocationType": "RequestResponse",\n  "Payload": {\n    "id": 9007199254740993\n  }\n}',
    );
  });
});
