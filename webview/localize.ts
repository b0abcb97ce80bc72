import { fillIn, toSentence, type Message } from '../src/core/messages/messages.ts';

const bundle = JSON.parse(document.body.dataset['bundle'] ?? '{}') as Record<string, string | { message: string }>;

/** The text in the language VS Code shows, with its arguments filled in. */
export function t(template: string, ...args: (string | number)[]): string {
  const translated = bundle[template] ?? template;
  return fillIn(typeof translated === 'string' ? translated : translated.message, args);
}

export function sentence(message: Message): string {
  return toSentence(message, t);
}
