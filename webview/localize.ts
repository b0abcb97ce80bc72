import { config, t } from '@vscode/l10n';
import { toSentence, type Message } from '../src/core/messages/messages.ts';

// The host adds the bundle for VS Code's display language to the page. The default is English.
config({ contents: document.body.dataset['bundle'] ?? '{}' });

export function sentence(message: Message): string {
  return toSentence(message, t);
}
