import { expect, test } from 'vitest';
import {
  withoutIcons,
  withoutLinks,
  withoutMarkup,
  withoutMarkupAnywhere,
} from '../../../../src/core/messages/plainText.ts';
import { random } from '../../../support/random.ts';

/** As in VS Code's linkedText.ts and iconLabels.ts. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;

/** What VS Code shows of a text in a label: an icon as `<gear>`. */
function shownLabel(text: string): string {
  return text.replaceAll(new RegExp(ICON, 'g'), (_, escaped: string | undefined, name: string) =>
    escaped === undefined ? `<${name}>` : `$(${name})`,
  );
}

const LINKS = [
  '[x](command:workbench.action.toggleZenMode)',
  '[x](COMMAND:workbench.action.toggleZenMode "title")',
  "[x](https://example.com 'title')",
  '[x](file:///etc/passwd)',
  '[[x](http://example.com)',
  '[a\nb](command:x)',
  '[x](command:a)[y](command:b)',
  '](]([x](command:x)',
];

test.each(LINKS)('%j is no link in a notification or a prompt', (text) => {
  expect(text.match(LINK)).not.toBeNull();
  for (const plain of [withoutLinks, withoutMarkup, withoutMarkupAnywhere]) expect(plain(text).match(LINK)).toBeNull();
});

test.each([
  '$(gear)',
  '$(sync~spin)',
  String.raw`\$(gear)`,
  String.raw`\\$(gear)`,
  '$(gear)$(gear)',
  '$$(gear)',
  '$(a b)',
])('%j is shown as it is written in a label', (text) => {
  expect(shownLabel(withoutIcons(text))).toBe(text);
  expect(shownLabel(withoutMarkup(text))).toBe(text);
  expect(withoutMarkupAnywhere(text).match(ICON)).toBeNull();
});

test('no mixture of brackets, addresses and invisible characters becomes a link or an icon', () => {
  const next = random(7);
  const pieces = [
    '[',
    ']',
    '(',
    ')',
    'x',
    ' ',
    '"',
    '\n',
    '\r',
    '\u200b',
    '\u0000',
    '$',
    '\\',
    'gear',
    'command:a',
    'https://a',
  ];
  const texts = Array.from({ length: 4000 }, () =>
    Array.from({ length: 12 }, () => pieces[next(pieces.length)]).join(''),
  );
  // VS Code joins lines before it looks for links.
  const isLink = (text: string) => LINK.test(text.replaceAll(/\r\n|\n|\r/g, ' '));
  const makesOne = (text: string) =>
    [withoutLinks, withoutMarkup, withoutMarkupAnywhere].some((plain) => isLink(plain(text))) ||
    shownLabel(withoutMarkup(text)).includes('<') ||
    ICON.test(withoutMarkupAnywhere(text));
  expect(texts.filter((text) => isLink(text)).length).toBeGreaterThan(0);
  expect(texts.filter(makesOne)).toEqual([]);
});
