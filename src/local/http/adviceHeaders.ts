import { ADVICE_HEADER } from '../../core/outcome/adviceHeader.ts';
import type { FunctionResponse } from '../process/runFunction.ts';

/** The header with the advice for an error, which the extension shows in its own language. */
export function adviceHeaders({ advice }: Pick<FunctionResponse, 'advice'>): Readonly<Record<string, string>> {
  return advice === undefined ? {} : { [ADVICE_HEADER]: Buffer.from(JSON.stringify(advice)).toString('base64') };
}
