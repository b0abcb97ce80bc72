/** A function that can't be started, with Lambda's error type. */
export class LaunchError extends Error {
  readonly errorType = 'Runtime.InvalidEntrypoint';
}
