/** Messages about durable executions, by code. */
export const DURABLE_SENTENCES = {
  durableStoreInUse:
    'Another process uses the stored durable executions of this workspace. New executions are kept in memory only.',
  durableStoreFailed: "Can't use the stored durable executions in {0}: {1}. New executions are kept in memory only.",
  durableFileDamaged: "Can't read the durable execution in {0}: {1}. The other executions aren't affected.",
  durableNotWritten: "Can't write the durable execution to {0}: {1}. It continues in memory only.",
  durableMismatch:
    "Operation {0} doesn't match the checkpoint of the execution: its {1} was {2} and is {3}. A replay must run the same operations in the same order.",
  durableNonDeterministic:
    "The replay doesn't match the checkpoints of the execution. A replay must run the same operations in the same order.",
  durableLeftOpen: 'The function ended without waiting for {0}, which an earlier replay started.',
  durableCodeChanged: 'The code has changed since this execution started. Start a new execution to run the new code.',
  durableFunctionGone:
    "The function {0} can't be found, so this execution is suspended. Correct its template, then resume.",
  durableVariablesGone:
    "The invocation's environment variables aren't stored, so this execution continues without them.",
  durableNodeVersion:
    'The durable execution SDK requires Node.js 22 or later, but the function runs on {0}. Install a later version, or set its path in lambdaInvoke.local.nodePath.',
  durableExecutionUnknown: 'This durable execution no longer exists. Refresh the list.',
  durableNone: 'There are no durable executions on Local. Invoke a durable function to start one.',
  durableActionFailed: "Can't change the durable execution: {0}",
} as const;
