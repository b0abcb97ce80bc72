import { EditorState, type Extension } from '@codemirror/state';
import * as l10n from '@vscode/l10n';

/** CodeMirror's own texts in VS Code's language. */
export function phrases(): Extension {
  return EditorState.phrases.of({
    'Fold line': l10n.t('Fold line'),
    'Unfold line': l10n.t('Unfold line'),
    'folded code': l10n.t('folded code'),
    unfold: l10n.t('unfold'),
    to: l10n.t('to'),
    'Control character': l10n.t('Control character'),
    'Selection deleted': l10n.t('Selection deleted'),
    Diagnostics: l10n.t('Problems'),
    'No diagnostics': l10n.t('No problems'),
    close: l10n.t('Close'),
    'Folded lines': l10n.t('Folded lines'),
    'Unfolded lines': l10n.t('Unfolded lines'),
  });
}
