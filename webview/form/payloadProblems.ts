import type { Draft } from '../../src/core/invocation/draft.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import { payloadWarnings } from '../../src/core/invocation/payloadWarnings.ts';
import { payloadSizeProblems, payloadTextProblems, type Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView } from '../../src/protocol/messages.ts';

function warning(message: Message): Problem {
  return { field: 'Payload', message, isWarning: true };
}

interface CheckedText {
  readonly text: string;
  readonly byteLength: number;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

let checked: CheckedText = { text: '', byteLength: 0, errors: [], warnings: [] };

/** Checks a text once, because each key in another field checks the payload again. */
function check(text: string): CheckedText {
  if (checked.text === text) return checked;
  const { byteLength } = new TextEncoder().encode(text);
  const errors = payloadTextProblems(text);
  checked = { text, byteLength, errors, warnings: errors.length > 0 ? [] : payloadWarnings(text).map(warning) };
  return checked;
}

/** The size of the inline payload in bytes. */
export function inlineSize({ Payload }: Draft): number {
  return check(Payload).byteLength;
}

/** The payload's problems that the form can detect. The host validates the file again when it sends it. */
export function payloadProblems(draft: Draft, file: PayloadFileView | undefined): Problem[] {
  if (draft.payloadKind === 'typed') {
    const { byteLength, errors, warnings } = check(draft.Payload);
    const all = [...payloadSizeProblems(byteLength, draft.InvocationType), ...errors];
    return all.length > 0 ? all : [...warnings];
  }
  if (file === undefined || file.uri !== draft.payloadFile) return [];
  const problems = payloadSizeProblems(file.byteLength ?? 0, draft.InvocationType);
  if (file.problem !== undefined) return [...problems, { field: 'Payload', message: file.problem }];
  return [...problems, ...(file.warnings ?? []).map(warning)];
}
