import { expect, test } from 'vitest';
import { toShown } from '../../../../src/host/ui/choice.ts';

test('icons of a row are rendered, icon syntax in its texts is not', () => {
  const choice = { icon: 'play', isCurrent: true, label: '$(gear) a', description: '$(gear)', detail: '$(x)' } as const;
  expect(toShown(choice)).toEqual({
    choice,
    label: String.raw`$(play) \$(gear) a $(check)`,
    description: String.raw`\$(gear)`,
    detail: String.raw`\$(x)`,
  });
});

test('descriptions and details contain no links or images, because their hovers are Markdown', () => {
  const text = '![x](https://example.com/x.png)[y](command:z)';
  const plain = '![x] (https://example.com/x.png)[y] (command:z)';
  expect(toShown({ label: 'a', description: text, detail: text })).toMatchObject({ description: plain, detail: plain });
});

test('a row stays on one line, and invisible characters are made visible', () => {
  const { label, description, detail } = toShown({ label: 'a\nb\u202e', description: '\u200b', detail: 'c\td' });
  expect([label, description, detail]).toEqual(['a␊b[U+202E]', '[U+200B]', 'c␉d']);
});

test('a heading is plain text in both ways that VS Code renders it', () => {
  expect(toShown({ label: '$(gear)\u202e', kind: -1 }).label).toBe('$\u2060(gear)[U+202E]');
});

test('a row keeps its choice, buttons and state', () => {
  const buttons = [{ iconPath: { id: 'star' } as never }];
  const choice = { label: 'a', buttons, picked: true, alwaysShow: true, FunctionName: 'raw\u202e' };
  const { choice: same, ...shown } = toShown(choice);
  expect(same).toBe(choice);
  expect(shown).toEqual({ label: 'a', buttons, picked: true, alwaysShow: true });
});
