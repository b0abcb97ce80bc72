import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { sentence } from './localize.ts';

/** Why something failed, as a sentence that goes into another one. */
export function reasonOf(error: unknown): string {
  return sentence(isInvokeError(error) ? error.reason : message('unexpected', String(error)));
}
