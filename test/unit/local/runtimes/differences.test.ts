import { expect, test } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { differencesOf } from '../../../../src/local/runtimes/differences.ts';

const definition = (fn: object) => ({
  name: 'fn',
  plainName: 'fn',
  otherNames: [],
  fn: { ...LOCAL_DEFAULTS, ...fn },
  taskRoot: '/code',
  folder: '/code',
  file: '/code/template.yaml',
  notes: [],
});

const other = process.arch === 'arm64' ? 'x86_64' : 'arm64';
const same = process.arch === 'arm64' ? 'arm64' : 'x86_64';

test.each([
  ['nodejs22.x', 'Node.js v22.12.0', []],
  ['nodejs22.x', 'Node.js v20.20.2', ['runsOn']],
  ['nodejs20.x', 'Node.js v2.0.0', ['runsOn']],
  ['python3.12', 'Python 3.12.1', []],
  ['python3.12', 'Python 3.1.2', ['runsOn']],
  ['provided.al2023', undefined, []],
])('%s on %s has the differences %j', (runtime, version, codes) => {
  expect(differencesOf(definition({ runtime }), version).map(({ code }) => code)).toEqual(codes);
});

test('a different architecture is a difference', () => {
  expect(differencesOf(definition({ architecture: same }), undefined)).toEqual([]);
  const expected = message('runsOnArchitecture', other, process.arch);
  expect(differencesOf(definition({ architecture: other }), undefined)).toEqual([expected]);
});
