import * as vscode from 'vscode';
import type { HeldResult, Results } from '../../app/results.ts';
import { message } from '../../core/messages/messages.ts';
import { OUTCOME_PARTS, type OutcomePart } from '../../protocol/toHost.ts';
import { sentence } from '../ui/localize.ts';
import { isGone, resultPiece } from './resultPiece.ts';

/** The scheme of parts of results in read-only editors. */
const RESULT_SCHEME = 'lambda-invoke-result';

/** Read-only editors of responses, logs and sent payloads. Their texts come from the results in memory. */
export class ResultDocuments implements vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor(results: Pick<Results, 'find'>) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(RESULT_SCHEME, {
      provideTextDocumentContent(uri) {
        const { invocationId = '', part } = Object.fromEntries(new URLSearchParams(uri.query));
        const held = results.find(invocationId);
        const known = OUTCOME_PARTS.find((one) => one === part);
        if (held === undefined || known === undefined || isGone(held, known)) return sentence(message('bodiesDropped'));
        return resultPiece(held, known).text ?? '';
      },
    });
  }

  /** Opens a part of a result in an editor. */
  async open({ ended: { invocationId } }: HeldResult, part: OutcomePart, fileName: string): Promise<void> {
    const query = new URLSearchParams({ invocationId, part }).toString();
    // A folder for each invocation, because their files have the same name.
    const path = `/${invocationId.slice(0, 8)}/${fileName}`;
    const uri = vscode.Uri.from({ scheme: RESULT_SCHEME, path, query });
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
