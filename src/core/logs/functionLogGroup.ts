/** The log group of a function, unless its LoggingConfig names another one. */
export function defaultLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
