import { history, undo } from '@codemirror/commands';
import { EditorState, Text } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { hexRows } from '../../../../webview/editor/hexDump.ts';
import { coloredTokens } from '../../../../webview/editor/jsonTokens.ts';
import { changeText } from '../../../../src/core/text/textChange.ts';
import {
  createDocOffset,
  lineEndField,
  lineEnds,
  replaceText,
  verbatimChange,
} from '../../../../webview/editor/lineEnds.ts';
import { random } from '../../../support/random.ts';
import { viewerText } from '../../../../webview/editor/viewerText.ts';
import type { ViewerContent } from '../../../../webview/editor/editors.ts';

function stateOf(text: string): EditorState {
  const empty = EditorState.create({ extensions: [history(), lineEnds] });
  return empty.update(replaceText(empty, text)).state;
}

const textOf = (state: EditorState) => state.doc.sliceString(0, state.doc.length, state.field(lineEndField));

describe('the text of the payload editor', () => {
  test.each(['', 'a', 'a\nb', 'a\r\nb\r\n', 'a\r\nb\nc\rd', '\r', '\n\r', '\u0000\ud800\u2028\u0085'])(
    '%j is verbatim',
    (text) => {
      expect(textOf(stateOf(text))).toBe(text);
    },
  );

  test('has its line ends after an edit, and the earlier ones after undo', () => {
    const state = stateOf('a\r\nb');
    const edited = state.update({ changes: { from: 1, insert: state.toText('x\ny') } }).state;
    expect(textOf(edited)).toBe('ax\r\ny\r\nb');
    let current = edited.update(replaceText(edited, 'c\nd')).state;
    expect(textOf(current)).toBe('c\nd');
    undo({ state: current, dispatch: (transaction) => (current = transaction.state) });
    expect(textOf(current)).toBe('ax\r\ny\r\nb');
  });

  test('each edit is reported as a change of the verbatim text, whatever its line ends are', () => {
    const below = random(11);
    const parts = ['a', '{', '\n', '\r\n', '\r', '😀', ''];
    const anyText = (max: number) => Array.from({ length: below(max) }, () => parts[below(parts.length)]).join('');
    const reported: string[] = [];
    const shown: string[] = [];
    for (let round = 0; round < 300; round++) {
      const text = anyText(20);
      let state = stateOf(round % 2 === 0 ? text.replaceAll('\r', '') : text.replaceAll(/\r?\n/g, '\r\n'));
      for (let step = 0; step < 10; step++) {
        const { length } = state.doc;
        const from = below(length + 1);
        const to = from + below(length - from + 1);
        const edits = [
          { from, to, insert: `x${anyText(4).replaceAll('\r', '')}` },
          { from: Math.min(length, to + 1), to: length },
        ].map(({ insert = '', ...range }) => ({ ...range, insert: state.toText(insert) }));
        const transaction = state.update(step === 5 ? replaceText(state, `${anyText(10)}y`) : { changes: edits });
        reported.push(changeText(textOf(state), verbatimChange(transaction)));
        state = transaction.state;
        shown.push(textOf(state));
      }
    }
    expect(reported).toEqual(shown);
  });

  test('offsets lead to the same characters', () => {
    const text = 'ab\r\ncd\r\nef';
    const { doc } = stateOf(text);
    const toDoc = createDocOffset(text, '\r\n');
    for (const character of 'abcdef') {
      const at = toDoc(text.indexOf(character));
      expect(doc.sliceString(at, at + 1)).toBe(character);
    }
  });
});

test('JSON tokens are found without a parser', () => {
  const text = '{"a\\"": -1.5e+3, "b" : [true, null, "c\\\\"], "open';
  const tokens = [...coloredTokens(text)].map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  expect(tokens).toEqual([
    'name "a\\""',
    'number -1.5e+3',
    'name "b"',
    'boolean true',
    'boolean null',
    'string "c\\\\"',
    'string "open',
  ]);
});

test('bytes are dumped in rows', () => {
  expect(hexRows(Uint8Array.from([...Buffer.from('Hello, wörld! 123'), 0]), 0, 9)).toEqual([
    '00000000  48 65 6c 6c 6f 2c 20 77 c3 b6 72 6c 64 21 20 31  Hello, w..rld! 1',
    '00000010  32 33 00                                         23.',
  ]);
});

describe('the text of a viewer', () => {
  function whole(content: ViewerContent): string {
    const text = viewerText(content);
    let doc = Text.empty;
    for (let part = text.next(); part !== undefined; part = text.next()) {
      if (part === 'unformatted') return part;
      doc = doc.append(part);
    }
    return doc.toString();
  }

  test.each<[string, ViewerContent, string]>([
    ['formatted', { language: 'json', text: '{"a":1}' }, '{\n  "a": 1\n}'],
    ['raw', { language: 'json', text: '{"a":\r\n1}', isRaw: true }, '{"a":\r\n1}'],
    ['no JSON', { language: 'json', text: '{"a":1}}' }, 'unformatted'],
    ['partial', { language: 'json', text: '{"a":[1', isPartial: true }, '{\n  "a": [\n    1'],
    ['incomplete', { language: 'json', text: '{"a":[1' }, 'unformatted'],
    ['text', { language: 'text', text: 'a\r\nb\n' }, 'a\r\nb\n'],
    ['empty', { language: 'text', text: '' }, ''],
  ])('%s', (_, content, expected) => {
    expect(whole(content)).toBe(expected);
  });

  test('is the same in parts', () => {
    const text = '🙂\n'.repeat(500_000);
    expect(whole({ language: 'text', text }) === text).toBe(true);
    const bytes = new Uint8Array(100_000);
    expect(whole({ language: 'binary', bytes }).split('\n')).toEqual(hexRows(bytes, 0, 10_000));
  });
});
