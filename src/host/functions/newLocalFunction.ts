import * as vscode from 'vscode';
import type { Lazy } from '../../core/async/lazy.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../../core/invocation/draft.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { localFunctionNames, NEW_HANDLER, withLocalFunction } from '../../core/presets/localFunctionEdit.ts';
import { askText } from '../ui/ask.ts';
import type { Presets } from '../presets/commands.ts';

const FOLDER = 'functions';
const FIRST_NAME = 'hello';
const HANDLER_EXTENSIONS = ['.js', '.mjs', '.cjs'] as const;

interface NewLocalFunctionDependencies {
  readonly presets: Lazy<Pick<Presets, 'files'>>;
  readonly openDraft: (draft: Draft, connection: Connection) => void;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** The handler file: an existing one, with the extension precedence of the local endpoint, or a new one. */
async function handlerFile(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  const at = (extension: string) => vscode.Uri.joinPath(folder, FOLDER, `${name}${extension}`);
  for (const extension of HANDLER_EXTENSIONS) if (await exists(at(extension))) return at(extension);
  await vscode.workspace.fs.writeFile(at('.mjs'), new TextEncoder().encode(NEW_HANDLER));
  return at('.mjs');
}

/**
 * New Local Function…: creates a handler and its entry in the presets file, and opens a form. Existing handlers and
 * entries aren't changed.
 */
export function createNewLocalFunction({ presets, openDraft }: NewLocalFunctionDependencies) {
  return async (): Promise<void> => {
    const { files } = await presets();
    const store = files.stores().find(({ folder }) => folder !== undefined);
    if (store?.folder === undefined) throw new InvokeError(message('localNeedsFolder'));
    const known = localFunctionNames((await files.text(store)) ?? '');
    const name = await askText({
      title: vscode.l10n.t('New Local Function'),
      prompt: vscode.l10n.t('Function name'),
      value: FIRST_NAME,
      validateInput: (value) => {
        if (!/^[\w-]{1,64}$/.test(value))
          return vscode.l10n.t('Use up to 64 letters, digits, hyphens (-), and underscores (_).');
        const text = vscode.l10n.t('A function with this name exists. Press Enter to open it in the form.');
        return known.includes(value) ? { message: text, severity: vscode.InputBoxValidationSeverity.Info } : undefined;
      },
    });
    if (name === undefined) return;
    if (!known.includes(name)) {
      // First, because a read-only presets file must not leave a handler.
      await files.edit(store, (text) => withLocalFunction(text, name, `${FOLDER}/${name}.handler`));
      await vscode.window.showTextDocument(await handlerFile(store.folder.uri, name), { preview: false });
    }
    openDraft(
      { ...EMPTY_DRAFT, FunctionName: name, payloadKind: 'typed', Payload: '{ "name": "Ada" }' },
      { kind: 'local' },
    );
  };
}
