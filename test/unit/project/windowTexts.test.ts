import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { SENTENCES } from '../../../src/core/messages/messages.ts';
import { SAMPLES } from '../../../src/core/samples/samples.ts';
import { localizedTexts, PAGES } from '../../support/localizedTexts.ts';

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** The texts of some keys in a JSON document, at any depth. */
function* textsUnder(value: unknown, keys: readonly string[]): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const texts: unknown[] = Array.isArray(child) ? child : [child];
    if (keys.includes(key)) yield* texts.filter((text) => typeof text === 'string');
    yield* textsUnder(child, keys);
  }
}

const schema = await json('media/lambda-invoke.schema.json');
const page = (await Promise.all(PAGES.map((path) => readFile(path, 'utf8')))).join('');
const manifestTexts = Object.entries((await json('package.nls.json')) as Record<string, string>);
const ofManifest = (pattern: RegExp) => manifestTexts.flatMap(([key, text]) => (pattern.test(key) ? [text] : []));

const messages: readonly string[] = Object.values(SENTENCES);
const localized = Object.keys(await localizedTexts());
const settings = ofManifest(/^setting\./);
const descriptions = [...textsUnder(schema, ['description', 'markdownDescription', 'enumDescriptions'])];
const samples = SAMPLES.map(({ description }) => description);
const snippets = [...textsUnder(schema, ['label'])];
const commands = ofManifest(/^(?:command|view)\./);
/** Buttons and links of the form. */
const buttons = [
  ...page.matchAll(/<(?:vscode-)?button\b[^>]*>\s*%([^%]+)%/g),
  ...page.matchAll(/<button\b[^>]*\bclass="icon-button"[^>]*\btitle="%([^%]+)%"/g),
].map(([, text = '']) => text);
const labels = [...page.matchAll(/%([^%\n]+)%/g)].map(([, text = '']) => text);

const all = [...localized, ...manifestTexts.map(([, text]) => text), ...descriptions, ...samples, ...snippets];

/** The prose of a text, without placeholders, code, links and URLs. */
function prose(text: string): string {
  return text
    .replaceAll(/`[^`]*`|\]\([^)]*\)/g, '`')
    .replaceAll(/\$?\$\{[^}]*\}?|\{\d\}/g, '§')
    .replaceAll(/https?:\/\/\S+/g, '§');
}

const matching = (texts: readonly string[], pattern: RegExp) => texts.filter((text) => pattern.test(prose(text)));

function sentences(text: string): string[] {
  return prose(text)
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.?!])\s+(?=["§`$A-Z])/))
    .filter((sentence) => sentence.trim() !== '');
}

test('every kind of text is found', () => {
  const counts = [messages, localized, settings, descriptions, snippets, commands, buttons, labels].map((texts) =>
    texts.length > 5 ? 'found' : texts.length,
  );
  expect(new Set(counts)).toEqual(new Set(['found']));
});

describe('words', () => {
  test.each<[string, RegExp]>([
    ['words of a dialect', /\b(?:stands?|tells?|told|made|at hand|is there|counts|said|meant|goes on|of its own)\b/i],
    ['who is asked', /\b(?:is|was|are|were) asked\b/i],
    ['"keeps", except that a function keeps running', /\bkeeps\b(?! running)/i],
    ['verbs without the contraction that VS Code uses', /\b(?:is|are|was|were|do|does|did|has|have|can|could) ?not\b/i],
    ['British spelling', /colour|favourite|cancell|honour|behaviour|licence\b/i],
    [
      'words for Lambda that AWS does not use',
      /\b(?:refuses?|refused|whole(?! (?:word|log)\b)|queued to run|log tail of \d)\b/i,
    ],
  ])('no text has %s', (_, pattern) => {
    expect(matching(all, pattern)).toEqual([]);
  });

  test('no text contains keys, which depend on the platform', () => {
    expect(matching(all, /Ctrl\+|⌘/)).toEqual([]);
  });
});

describe('length', () => {
  const MAX_MESSAGE = 175;
  const MAX_LABEL = 60;

  test('a message has at most two sentences', () => {
    expect(messages.filter((text) => sentences(text).length > 2)).toEqual([]);
    expect(localized.filter((text) => sentences(text).length > 2)).toEqual([]);
  });

  test('a setting has at most three sentences, a sample and a description of the schema two', () => {
    expect(settings.filter((text) => sentences(text).length > 3)).toEqual([]);
    expect(samples.filter((text) => sentences(text).length > 2)).toEqual([]);
    expect(descriptions.filter((text) => sentences(text.replace(/ Variables: .*/, '')).length > 2)).toEqual([]);
  });

  test('a message fits in a notification, a label in a line', () => {
    expect(localized.filter((text) => text.length > MAX_MESSAGE)).toEqual([]);
    expect([...commands, ...labels, ...snippets].filter((text) => text.length > MAX_LABEL)).toEqual([]);
  });
});

describe('punctuation', () => {
  test('a message ends with a full stop, or with what it quotes', () => {
    const summaries = /^(?:succeeded|queued|permission granted|function error) \(/;
    expect(messages.filter((text) => !/(?:[.?]|\{\d\})$/.test(text) && !summaries.test(text))).toEqual([]);
  });

  test('several sentences end with a full stop or a question mark', () => {
    const multiSentence = localized.filter((text) => sentences(text).length > 1);
    expect(multiSentence.filter((text) => !/(?:[.?]|\{\d\})$/.test(text))).toEqual([]);
  });

  test('settings and descriptions end with a full stop; titles, buttons and labels do not', () => {
    const unfinished = [...settings, ...samples, ...descriptions.filter((text) => text.includes(' '))];
    expect(unfinished.filter((text) => !text.endsWith('.') && !SNIPPET_DESCRIPTIONS.has(text))).toEqual([]);
    expect([...commands, ...labels, ...snippets].filter((text) => text.endsWith('.'))).toEqual([]);
  });

  test('quotes and apostrophes are straight, an ellipsis is one character, and spaces are single', () => {
    expect(matching(all, /[“”‘’„]|\.\.\./)).toEqual([]);
    const spaced = all.filter((text) => /^\s|\s$| {2}/.test(text));
    expect(spaced).toEqual([]);
  });

  test('only actions that need more input end with an ellipsis', () => {
    const asks =
      /^(?:Add Function|Browse|Choose|Clear History|Compare|Copy As|Debug|Endpoint|Enter a Function Name|Filter|Follow|Ignore Paths|Import|Install|Invoke|Move|New|Open in Form|Profile|Region|Rename|Sample|Save|Search|Select|Set|Sign In|Version or Alias)\b/;
    const ended = [...localized, ...commands].filter((text) => text.endsWith('…') && text !== 'Loading…');
    expect(ended.length).toBeGreaterThan(20);
    expect(ended.filter((text) => !asks.test(text))).toEqual([]);
  });

  test('placeholders are numbered from 0', () => {
    const numbers = (text: string) =>
      [...new Set([...text.matchAll(/\{(\d)\}/g)].map(([, n]) => Number(n)))].toSorted();
    expect(localized.filter((text) => numbers(text).some((number, index) => number !== index))).toEqual([]);
  });
});

/** Descriptions of snippets, which VS Code shows as labels. */
const SNIPPET_DESCRIPTIONS = new Set([
  'Runs on the local endpoint',
  'Invocation type Event',
  'List with one preset',
  'Preset with expected response',
  'Equal keys',
  'Complete response in a file',
  'JMESPath',
]);

describe('case', () => {
  const MINOR = /^(?:a|an|and|as|by|for|from|in|of|on|or|the|to|with|is|launch\.json)$/;
  const isTitle = (text: string) =>
    text.split(' ').every((word, index) => /^[^a-z]/.test(word) || (index > 0 && MINOR.test(word.replace(/…$/, ''))));

  test('commands, views and buttons are in title case', () => {
    expect([...commands, ...buttons].filter((text) => !isTitle(text))).toEqual([]);
  });

  test('messages begin with a capital letter, a quote or a placeholder', () => {
    const summaries = /^(?:succeeded|queued|permission granted|function error) \(/;
    expect(messages.filter((text) => !/^["{$A-Z]/.test(text) && !summaries.test(text))).toEqual([]);
  });
});

test('each message is in the table once', () => {
  expect(messages.filter((text, index) => messages.indexOf(text) !== index)).toEqual([]);
});
