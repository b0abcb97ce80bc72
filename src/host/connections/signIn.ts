import * as vscode from 'vscode';
import type { Aws } from '../../core/connection/aws.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { createSharedTasks } from '../../core/async/sharedTask.ts';
import { signalOf } from '../ui/cancellation.ts';
import { askModal, notify } from '../notify.ts';
import { withCancellableProgress } from '../ui/progress.ts';

type LoadAws = () => Promise<Pick<Aws, 'logIn'>>;

/** Signs in with SSO: opens the browser, shows the code and waits. Cancelable. Rejects with InvokeError. */
async function logIn(loadAws: LoadAws, profile: string | undefined, outer?: AbortSignal): Promise<void> {
  const aws = await loadAws();
  const name = profile ?? vscode.l10n.t('the default chain');
  await withCancellableProgress(vscode.l10n.t('Signing in to {0}', name), async (report, token) => {
    const signal = signalOf(token, outer);
    await aws.logIn(profile, {
      signal,
      onPrompt: ({ userCode, address }) => {
        report({ message: vscode.l10n.t('Approve the request in your browser. The code must be {0}.', userCode) });
        void vscode.env.openExternal(vscode.Uri.parse(address, true));
      },
    });
  });
}

/** All sign-ins: with the command, or because an action needs one. */
export class SignIn {
  readonly #loadAws: LoadAws;
  /** Pending sign-ins by profile, which concurrent actions share. */
  readonly #offered = createSharedTasks<boolean>();

  constructor(loadAws: LoadAws) {
    this.#loadAws = loadAws;
  }

  /** Signs in for the command. Rejects with InvokeError. */
  async begin(profile: string | undefined): Promise<void> {
    await logIn(this.#loadAws, profile);
    const name = profile ?? vscode.l10n.t('the default chain');
    notify('information', vscode.l10n.t('Signed in to {0}.', name));
  }

  /** Signs in for an invocation that is repeated afterwards. Returns false if the user cancels. Rejects with InvokeError. */
  async again(profile: string): Promise<boolean> {
    try {
      await logIn(this.#loadAws, profile);
      return true;
    } catch (error) {
      if (isInvokeError(error) && error.declined === 'signIn') return false;
      throw error;
    }
  }

  /**
   * Offers to sign in. Returns false if the user declines. Aborting doesn't affect other callers. Rejects with
   * InvokeError.
   */
  async offer(profile: string, signal?: AbortSignal): Promise<boolean> {
    try {
      return await this.#offered.join(profile, (shared) => this.#ask(profile, shared), signal);
    } catch (error) {
      throw signal?.aborted === true ? new InvokeError(message('cancelledBeforeSending'), { cause: error }) : error;
    }
  }

  /** Runs an action, and repeats it after a sign-in if it needs one. Rejects with InvokeError. */
  async with<T>(doing: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await doing();
    } catch (error) {
      if (!isInvokeError(error) || error.loginProfile === undefined) throw error;
      if (!(await this.offer(error.loginProfile, signal))) throw error;
      return doing();
    }
  }

  async #ask(profile: string, signal: AbortSignal): Promise<boolean> {
    const question = vscode.l10n.t('Sign in to {0}?', profile);
    const detail = vscode.l10n.t('Your SSO session has expired. The invocation continues after you sign in.');
    const yes = vscode.l10n.t('Sign In');
    const answer = await askModal(question, { detail: [detail], answers: [yes] });
    if (answer !== yes) return false;
    if (signal.aborted) return false; // no caller is left
    await logIn(this.#loadAws, profile, signal);
    return true;
  }
}
