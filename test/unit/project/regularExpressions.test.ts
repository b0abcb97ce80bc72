import { readFile, writeFile } from 'node:fs/promises';
import { check } from 'recheck';
import { expect, test } from 'vitest';
import { runAttacks } from '../../support/regularExpressions/attacks.ts';
import { BOUNDED, BUILT } from '../../support/regularExpressions/bounded.ts';
import { listPatterns, patternsOf, type Pattern } from '../../support/regularExpressions/listPatterns.ts';

/** Patterns that were proved before, because a proof takes seconds. `UPDATE_PROOFS=1` updates the list. */
const PROOFS = 'test/support/regularExpressions/proofs.json';
const MAX_PROOF_MS = 120_000;

const { patterns, unknown } = await listPatterns();
const isUpdate = process.env['UPDATE_PROOFS'] === '1';
const proved = new Set(JSON.parse(await readFile(PROOFS, 'utf8')) as string[]);

// recheck doesn't support the flag `d`, which has no effect on matching.
const nameOf = ({ source, flags = '' }: { source: string; flags?: string }) => `/${source}/${flags.replace('d', '')}`;
const bounded = new Map(BOUNDED.map((entry) => [nameOf(entry), entry]));

/** Why a pattern isn't linear; undefined for a linear one. */
async function whyNotLinear({ source, flags }: Pick<Pattern, 'source' | 'flags'>): Promise<string | undefined> {
  process.env['RECHECK_BACKEND'] ??= 'worker';
  // The other checker, fuzzing, proves nothing.
  const found = await check(source, flags.replace('d', ''), { checker: 'automaton', timeout: MAX_PROOF_MS });
  if (found.status === 'safe') return undefined;
  return found.status === 'vulnerable' ? found.complexity.summary : found.error.kind;
}

test('only listed files build regular expressions at run time', () => {
  expect(patterns.length).toBeGreaterThan(150);
  expect(unknown.filter((place) => !BUILT.some((file) => place.startsWith(`${file}:`)))).toEqual([]);
});

test('every regular expression is proved linear, or has a cap on its input', { timeout: 1_800_000 }, async () => {
  const wrong: string[] = [];
  const names = new Set<string>();
  for (const pattern of patterns) {
    const name = nameOf(pattern);
    if (names.has(name) || bounded.has(name)) continue;
    names.add(name);
    const why = proved.has(name) ? undefined : await whyNotLinear(pattern);
    if (why === undefined) proved.add(name);
    else wrong.push(`${pattern.file}:${pattern.line} ${name}: ${why}`);
  }
  if (isUpdate) {
    const list = [...names].filter((name) => proved.has(name)).toSorted();
    await writeFile(PROOFS, `${JSON.stringify(list, undefined, 2)}\n`);
  }
  expect(wrong).toEqual([]);
});

test('every cap is used and enforced', async () => {
  const inUse = new Set(patterns.map(nameOf));
  expect([...bounded.keys()].filter((name) => !inUse.has(name))).toEqual([]);
  for (const {
    enforcedBy: [file, text],
  } of BOUNDED)
    expect(await readFile(file, 'utf8'), file).toContain(text);
});

test('attacks don’t slow down a regular expression that isn’t proved linear', { timeout: 600_000 }, () => {
  for (const { cap, source, flags = '', enforcedBy } of BOUNDED)
    expect(() => runAttacks({ source, flags }, cap, 60_000), enforcedBy[0]).not.toThrow();
});

test('quadratic, dynamic and unprovable regular expressions are detected', async () => {
  expect(await whyNotLinear({ source: String.raw`\s*end`, flags: '' })).toContain('2nd degree');
  expect(await whyNotLinear({ source: String.raw`(a*)\1b`, flags: '' })).toBe('unsupported');
  expect(await whyNotLinear({ source: String.raw`^\s*end`, flags: 'd' })).toBeUndefined();
  const code = 'const a = /a+/g; new RegExp(b); text.match(c); text.match(a); text.split(/,/);';
  const found = patternsOf('a.ts', code);
  expect(found.patterns.map(({ source }) => source)).toEqual(['a+', ',']);
  expect(found.unknown).toEqual(['a.ts:1 new RegExp(b)', 'a.ts:1 text.match(c)']);
  const slow = { source: String.raw`\s*end`, flags: '' };
  expect(() => runAttacks(slow, 400_000, 100)).toThrow('/\\s*end/ on "     ');
});
