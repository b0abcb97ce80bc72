import { toBase64 } from '../invocation/base64.ts';

/** A request header for the local endpoint: base64 of a JSON object with environment variables. */
export const ENVIRONMENT_HEADER = 'x-lambda-invoke-environment';

export function environmentHeaders(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { [ENVIRONMENT_HEADER]: toBase64(JSON.stringify(variables)) };
}
