/** The concurrency limit or the function's reserved concurrency is reached. Reported as 429, as Lambda does. */
export class TooManyProcesses extends Error {
  readonly Reason: 'ConcurrentInvocationLimitExceeded' | 'ReservedFunctionConcurrentInvocationLimitExceeded';

  constructor(Reason: TooManyProcesses['Reason']) {
    super('Rate Exceeded.');
    this.Reason = Reason;
  }
}
