import type { Sample } from './sample.ts';

/** The state machine defines the keys. These are typical for the Payload of a waitForTaskToken task. */
interface TaskTokenEvent {
  /** From `$$.Task.Token`. Whoever finishes the task passes it to SendTaskSuccess. */
  taskToken: string;
  /** From `$$.Execution.Id`. */
  executionArn: string;
  /** From `$$.State.EnteredTime`. */
  enteredTime: string;
  input: object;
}

/** A task that waits until its token is returned. */
export const stepFunctionsTaskToken: Sample = {
  name: 'Step Functions Task (Task Token)',
  group: 'Operations',
  description: 'A state machine sends a task token and waits for a callback.',
  event: {
    taskToken: 'EXAMPLE-task-token',
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:order-approval:order-A-1001',
    enteredTime: '2026-03-17T09:24:05.123Z',
    input: { orderId: 'A-1001', total: 42.5, approver: 'finance@example.com' },
  } satisfies TaskTokenEvent,
};
