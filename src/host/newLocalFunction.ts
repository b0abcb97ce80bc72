import * as vscode from 'vscode';
import type { Connection } from '../core/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../core/draft.ts';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';
import { localFunctionNames, NEW_HANDLER, withLocalFunction } from '../core/presets/localFunctionEdit.ts';
import { askText } from './ask.ts';
import type { PresetFiles } from './presets/presetFiles.ts';

const FOLDER = 'functions';
const FIRST_NAME = 'hello';

interface NewLocalFunctionDependencies {
  readonly files: Pick<PresetFiles, 'stores' | 'text' | 'edit'>;
  readonly openDraft: (draft: Draft, connection: Connection) => void;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/**
 * New Local Function…: a handler, its line in the presets file, and a form that invokes it. A handler or a line that is
 * there already stays as it is.
 */
export function createNewLocalFunction({ files, openDraft }: NewLocalFunctionDependencies) {
  return async (): Promise<void> => {
    const store = files.stores().find(({ folder }) => folder !== undefined);
    if (store?.folder === undefined) throw new InvokeError(message('localNeedsFolder'));
    const known = localFunctionNames((await files.text(store)) ?? '');
    const name = await askText({
      title: vscode.l10n.t('New Local Function'),
      prompt: vscode.l10n.t('Name of the function'),
      value: FIRST_NAME,
      validateInput: (value) => {
        if (!/^[\w-]{1,64}$/.test(value)) return vscode.l10n.t('Use up to 64 letters, digits, - and _.');
        const text = vscode.l10n.t('There is a function of this name. Enter opens it in the form.');
        return known.includes(value) ? { message: text, severity: vscode.InputBoxValidationSeverity.Info } : undefined;
      },
    });
    if (name === undefined) return;
    if (!known.includes(name)) {
      const file = vscode.Uri.joinPath(store.folder.uri, FOLDER, `${name}.mjs`);
      if (!(await exists(file))) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(NEW_HANDLER));
      await files.edit(store, (text) => withLocalFunction(text, name, `${FOLDER}/${name}.handler`));
      await vscode.window.showTextDocument(file, { preview: false });
    }
    openDraft(
      { ...EMPTY_DRAFT, FunctionName: name, payloadKind: 'typed', Payload: '{ "name": "Ada" }' },
      { kind: 'local' },
    );
  };
}
