import type { FunctionErrorDetails } from './functionError.ts';
import { message as sentence, type Message } from '../messages/messages.ts';

/** Error types of AWS SDKs, of URL parsers, and of HTTP clients for a resource, a parameter, or an address that is wrong. */
const TYPES =
  /(?<!Module|File|Handler)NotFound|NoSuch|NonExistent|DoesNotExist|Validation|Invalid|Malformed|UnknownEndpoint|EndpointConnection|AccessDenied|NotAuthorized|^(?:ClientError|JSONDecodeError|MissingSchema|ConnectionError|URLError|gaierror)$/;

/** Error messages of Node.js and Python for an address, a number, or JSON that is wrong. */
const MESSAGES =
  /Invalid URL|Failed to parse URL|ENOTFOUND|EAI_AGAIN|getaddrinfo|Name or service not known|Name resolution|Unexpected end of JSON input|is not valid JSON|invalid literal for int|could not convert string to float|Expecting value|No host supplied|[Ii]nvalid ARN|[Bb]ucket name/;

/**
 * Whether an error may be caused by a placeholder in an environment variable: it's an error of an AWS SDK or of an
 * address, or it names one of the variables. Errors that only concern credentials don't depend on them.
 */
function mayBeFromPlaceholder(
  { type = '', message = '' }: Pick<FunctionErrorDetails, 'type' | 'message'>,
  placeholders: readonly string[],
): boolean {
  if (/Credentials|ClientTokenId|Signature|Token/.test(type)) return false;
  const isOfRuntime = type.startsWith('Runtime.');
  return (
    (!isOfRuntime && TYPES.test(type)) || MESSAGES.test(message) || placeholders.some((name) => message.includes(name))
  );
}

/** The maximum number of variables in advice. */
const MAX_VARIABLES = 5;

/** Advice for an error of a function that has placeholders in environment variables. Undefined if they aren't the cause. */
export function placeholderAdvice(
  error: Pick<FunctionErrorDetails, 'type' | 'message'>,
  placeholders: readonly string[],
): Message | undefined {
  if (placeholders.length === 0 || !mayBeFromPlaceholder(error, placeholders)) return undefined;
  const listed = placeholders.slice(0, MAX_VARIABLES).join(', ');
  return sentence('advicePlaceholders', placeholders.length > MAX_VARIABLES ? `${listed}, …` : listed);
}
