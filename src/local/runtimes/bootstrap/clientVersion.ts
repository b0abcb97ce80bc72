const major = Number(/nodejs(\d+)/.exec(process.env['AWS_EXECUTION_ENV'] ?? '')?.[1] ?? 0);

/**
 * The version of AWS's runtime interface client (`aws-lambda-ric`) in the function's runtime: 4 since nodejs24.x, 3
 * before. They differ in handlers, errors, and logs.
 */
export const CLIENT_VERSION: 3 | 4 = major >= 24 ? 4 : 3;
