import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { sentence } from './localize.ts';

/** The reason of an error, as a part of another sentence. */
export function reasonOf(error: unknown): string {
  return sentence(isInvokeError(error) ? error.reason : message('unexpected', String(error)));
}
