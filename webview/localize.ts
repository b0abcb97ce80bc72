import { config, t } from '@vscode/l10n';
import { toSentence, type Message } from '../src/core/messages/messages.ts';

// The host puts the bundle of VS Code's display language into the page. Without one, English is shown.
config({ contents: document.body.dataset['bundle'] ?? '{}' });

export function sentence(message: Message): string {
  return toSentence(message, t);
}
