import { shownAddress } from '../core/connection/endpointAddress.ts';
import { errorText } from '../core/messages/errorText.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { capText } from '../core/messages/capText.ts';
import { message } from '../core/messages/messages.ts';
import { createPromptTimer, type OnPrompt } from '../core/async/promptTimer.ts';
import { credentialsReason, isCredentialsError, withoutSecrets } from './classifyError.ts';
import type { Clients, UsableConnection } from './clients.ts';
import type { AwsConfig } from '../core/connection/profile.ts';

/** The connection, credentials and caller of a read operation. */
export interface ReadContext {
  readonly clients: Clients;
  readonly connection: UsableConnection;
  readonly config: AwsConfig;
  /** The credentials used, such as `profile dev` or `the default chain`. */
  readonly credentials: string;
  readonly signIn: 'sso' | 'login' | undefined;
  readonly signal: AbortSignal;
  /** Called when a prompt opens (an MFA code) and when it closes. */
  readonly onPrompt?: OnPrompt | undefined;
  /** The endpoint to name in messages, if it isn't Lambda's. */
  readonly where?: string;
}

/** The part of a command's middleware stack that is used here. The SDK's type differs for each command. */
interface TrackedCommand {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? capText(value) : '';
}

const NOT_AUTHORIZED = /is not authorized to perform: (\S+)(?: on resource: (\S+))?/;

function toReadError(error: Record<string, unknown>, what: string, credentials: string): InvokeError {
  const name = text(error['name']);
  const errorMessage = withoutSecrets(text(error['message']));
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const status = metadata['httpStatusCode'];
  const exception = { name, message: errorMessage, ...(typeof status === 'number' && { StatusCode: status }) };
  const details = { cause: error, exception };
  if (isCredentialsError(name)) {
    return new InvokeError(message('credentialsRefused', credentials, `${name}: ${errorMessage}`), details);
  }
  if (/AccessDenied/.test(name) || status === 403) {
    const [, action, resource] = NOT_AUTHORIZED.exec(errorMessage) ?? [];
    const reason =
      action === undefined
        ? message('readDeniedPlain', what)
        : message('readDenied', what, action, (resource ?? '*').replace(/[.,;]$/, ''));
    return new InvokeError(reason, details);
  }
  if (status === 429 || /Throttl/.test(name)) return new InvokeError(message('readThrottled', what), details);
  return new InvokeError(
    message('readRefused', what, errorMessage === '' ? name : `${name}: ${errorMessage}`),
    details,
  );
}

/** The timeout for resolving a read's credentials, in milliseconds. Time spent in open prompts is excluded. */
const CREDENTIALS_MS = 60_000;

/**
 * Runs a read operation; errors become InvokeErrors that name `what` was read. `send` must pass each command through
 * `track`, which distinguishes credential errors from errors of the request. Rejects immediately when the signal
 * aborts. Each request has its own timeout (see createReadHandler).
 */
export async function read<Result>(
  what: string,
  { clients, credentials, signIn, connection, signal, onPrompt, where }: ReadContext,
  send: (track: <C>(command: C) => C) => Promise<Result>,
): Promise<Result> {
  let isHandedOver = false;
  const track = <C>(command: C): C => {
    (command as TrackedCommand).middlewareStack.add(
      (next) => async (args) => {
        isHandedOver = true;
        return next(args);
      },
      { step: 'deserialize', priority: 'low', name: 'handedOver' },
    );
    return command;
  };
  const prompts = createPromptTimer();
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as InvokeError), { once: true });
  });
  const cancel = () => controller.abort(new InvokeError(message('cancelledBeforeSending')));
  const stopTimer = prompts.after(CREDENTIALS_MS, () => {
    if (!isHandedOver)
      controller.abort(new InvokeError(message('credentialsLate', credentials, CREDENTIALS_MS / 1000)));
  });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const caller = {
    signal: controller.signal,
    onPrompt(isOpen: boolean) {
      prompts.onPrompt(isOpen);
      onPrompt?.(isOpen);
    },
  };
  try {
    return await Promise.race([aborted, clients.runAs(caller, () => send(track))]);
  } catch (error) {
    if (isInvokeError(error)) throw error;
    if (signal.aborted) throw new InvokeError(message('cancelledBeforeSending'), { cause: error });
    if (!isRecord(error)) throw new InvokeError(message('unexpected', errorText(error)), { cause: error });
    if (!isHandedOver) throw credentialsReason(error, { credentials, signIn, profile: connection.profileName });
    if ('$fault' in error) throw toReadError(error, what, credentials);
    const detail = text(error['code']) || text(error['message']);
    const address = shownAddress(where ?? connection.endpoint?.url ?? `Lambda in ${connection.region}`);
    throw new InvokeError(message('readFailed', what, address, detail), { cause: error });
  } finally {
    stopTimer();
    signal.removeEventListener('abort', cancel);
  }
}
