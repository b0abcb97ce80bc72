import * as vscode from 'vscode';
import type { HeldResult, Results } from '../../app/results.ts';
import { message } from '../../core/messages/messages.ts';
import { OUTCOME_PARTS, type OutcomePart, type ToHost } from '../../protocol/toHost.ts';
import { notify } from '../notify.ts';
import { sentence } from '../ui/localize.ts';
import { askStreamFile } from './askStreamFile.ts';
import type { FormDependencies } from './formDependencies.ts';
import { isGone, resultPiece, type ResultPiece } from './resultPiece.ts';

/** The scheme of parts of results in read-only editors. */
const RESULT_SCHEME = 'lambda-invoke-result';

type Export = Pick<Extract<ToHost, { type: 'exportResult' }>, 'part' | 'to'>;

async function save({ bytes, fileName }: ResultPiece): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) };
  const uri = await vscode.window.showSaveDialog(options);
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, bytes);
}

/** Opens a part of a result in a read-only editor. */
async function open({ ended: { invocationId } }: HeldResult, part: OutcomePart, fileName: string): Promise<void> {
  const query = new URLSearchParams({ invocationId, part }).toString();
  // A folder for each invocation, because their files have the same name.
  const path = `/${invocationId.slice(0, 8)}/${fileName}`;
  const uri = vscode.Uri.from({ scheme: RESULT_SCHEME, path, query });
  await vscode.window.showTextDocument(uri, { preview: false });
}

/** Exports parts of results. */
export class ResultExport implements vscode.Disposable {
  readonly askStreamFile = askStreamFile;
  readonly #registration: vscode.Disposable;
  readonly #localLog: FormDependencies['localLog'];

  /** Registers the read-only editors, whose texts come from the results in memory. */
  constructor(results: Pick<Results, 'find'>, localLog: FormDependencies['localLog']) {
    this.#localLog = localLog;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(RESULT_SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const query = new URLSearchParams(uri.query);
        const held = results.find(query.get('invocationId') ?? '');
        const part = OUTCOME_PARTS.find((one) => one === query.get('part'));
        if (held === undefined || part === undefined || isGone(held, part)) return sentence(message('bodiesDropped'));
        return resultPiece(held, part, await this.#wholeLog(held, part)).text ?? '';
      },
    });
  }

  /** Exports a part of a result to the clipboard, a file (bytes as received), or a read-only editor. */
  async run(held: HeldResult, { part, to }: Export): Promise<void> {
    if (isGone(held, part)) return notify('warning', message('bodiesDropped'));
    const { stream } = held.ended.result.outcome;
    if (part === 'response' && stream !== undefined && stream.bufferedBytes < stream.bytes) {
      notify('warning', message('streamPartHeld', stream.bufferedBytes, stream.bytes));
    }
    const piece = resultPiece(held, part, await this.#wholeLog(held, part));
    if (to === 'file') return save(piece);
    if (piece.text === undefined) {
      notify('warning', vscode.l10n.t('The response is binary. Save it to a file instead.'));
    } else if (to === 'clipboard') await vscode.env.clipboard.writeText(piece.text);
    else await open(held, part, piece.fileName);
  }

  async #wholeLog({ ended, wholeLog }: HeldResult, part: OutcomePart): Promise<string | undefined> {
    return part === 'log' ? (wholeLog?.text ?? this.#localLog(ended.result.outcome)) : undefined;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
