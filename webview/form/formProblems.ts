import type { ConnectionView } from '../../src/core/connection/connection.ts';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import { factWarnings } from '../../src/core/functions/functionState.ts';
import { toInvocation, type Draft } from '../../src/core/invocation/draft.ts';
import { fieldWarnings } from '../../src/core/invocation/fieldWarnings.ts';
import { problemsWithVariables, maskDraftVariables } from '../../src/core/presets/draftVariables.ts';
import { validateFields, type Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView } from '../../src/protocol/messages.ts';
import { payloadProblems } from './payloadProblems.ts';

interface ProblemContext {
  /** What is known about the payload's file. */
  readonly file: PayloadFileView | undefined;
  readonly connection: ConnectionView | undefined;
  readonly facts: FunctionFacts | undefined;
  /** Whether a missing function name is an error. */
  readonly requiresName: boolean;
}

/** The problems of a draft. */
export function formProblems(draft: Draft, { file, connection, facts, requiresName }: ProblemContext): Problem[] {
  const checked = maskDraftVariables(draft);
  const fields = toInvocation(checked);
  const region = connection?.kind === 'aws' ? connection.region : undefined;
  const found = [
    ...validateFields(fields),
    ...fieldWarnings(fields, region),
    ...(facts === undefined ? [] : factWarnings(facts, fields)),
    ...payloadProblems(checked, file),
  ];
  const problems = problemsWithVariables(found, draft);
  return requiresName || draft.FunctionName !== ''
    ? problems
    : problems.filter(({ message }) => message.code !== 'functionNameMissing');
}
