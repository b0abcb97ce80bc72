// The bundle of the editors, which the page loads after its first paint.
import { config } from '@vscode/l10n';

export { createPayloadEditor } from './payloadEditor.ts';
export { createViewer } from './viewer.ts';

// This bundle has its own copy of the library. The page's copy is configured in localize.ts.
config({ contents: document.body.dataset['bundle'] ?? '{}' });
