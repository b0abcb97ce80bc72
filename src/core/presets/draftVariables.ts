import type { Draft } from '../invocation/draft.ts';
import type { Field, Problem } from '../invocation/validate.ts';
import { maskVariables, variableProblems, variablesOf } from './variables.ts';

/** The fields of a form whose texts may contain variables. */
export const TEXT_FIELDS = [
  'FunctionName',
  'Qualifier',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'Payload',
] as const satisfies readonly (Field & keyof Draft)[];

const JSON_FIELDS: ReadonlySet<Field> = new Set(['ClientContext', 'Payload']);

function textsOf(draft: Draft): { readonly field: (typeof TEXT_FIELDS)[number]; readonly text: string }[] {
  return TEXT_FIELDS.filter((field) => field !== 'Payload' || draft.payloadKind === 'typed').map((field) => ({
    field,
    text: draft[field],
  }));
}

/** Whether the form offers to resolve variables: its texts contain one, or they are already resolved. */
export function offersVariables(draft: Draft): boolean {
  if (draft.payloadFileVariables && draft.payloadKind === 'file') return true;
  return textsOf(draft).some(({ text }) => text.includes('${') && (draft.hasVariables || variablesOf(text).length > 0));
}

/** The draft to validate as JSON: variables are replaced by values of the same length. Verbatim texts don't change. */
export function maskDraftVariables(draft: Draft): Draft {
  if (!draft.hasVariables) return draft;
  const texts = textsOf(draft).map(
    ({ field, text }) => [field, JSON_FIELDS.has(field) ? maskVariables(text) : text] as const,
  );
  return { ...draft, ...Object.fromEntries(texts) };
}

/**
 * The problems of a draft with its variables: unknown ones are errors, and other errors of a name that has variables
 * aren't known before they're resolved.
 */
export function problemsWithVariables(problems: readonly Problem[], draft: Draft): Problem[] {
  if (!draft.hasVariables) return [...problems];
  const texts = textsOf(draft);
  const unresolved = new Set<Field>(
    texts.filter(({ field, text }) => !JSON_FIELDS.has(field) && text.includes('${')).map(({ field }) => field),
  );
  const unknown = texts.flatMap(({ field, text }) =>
    variableProblems(text)
      .slice(0, 1)
      .map(({ message }): Problem => ({ field, message })),
  );
  return [...unknown, ...problems.filter(({ field }) => !unresolved.has(field))];
}
