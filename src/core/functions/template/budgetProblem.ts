import { errorText } from '../../messages/errorText.ts';
import { message, type Message } from '../../messages/messages.ts';
import { WorkBudgetExceeded, type WorkLimits } from '../../async/workBudget.ts';
import { ReferenceCycle } from './referenceCycle.ts';

/**
 * Limits for one template. Enough for 3,000 functions of twenty lines each. CloudFormation allows 500 resources and 1
 * MB. Source: CloudFormation quotas.
 */
export const TEMPLATE_LIMITS: WorkLimits = { steps: 800_000, depth: 200, output: 4_000_000 };

/** The problem to show if a template's functions can't be listed. `file` is for the message. */
export function budgetProblem(file: string, error: unknown): Message {
  if (error instanceof ReferenceCycle) return message('templateCircle', file, error.names.join(' → '));
  if (!(error instanceof WorkBudgetExceeded)) return message('templateUnexpected', file, errorText(error));
  switch (error.limit) {
    case 'depth':
      return message('templateTooDeep', file, TEMPLATE_LIMITS.depth);
    case 'steps':
    case 'time':
      return message('templateTooMuchWork', file);
    case 'output':
      return message('templateTooMuchText', file);
  }
}
