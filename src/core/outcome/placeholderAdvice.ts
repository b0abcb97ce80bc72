import type { FunctionErrorDetails } from './functionError.ts';
import { message as sentence, type Message } from '../messages/messages.ts';

/** Types of errors that AWS SDKs, URL parsers, and HTTP clients report for a wrong resource, parameter, or address. */
const TYPES =
  /(?<!Module|File|Handler)NotFound|NoSuch|NonExistent|DoesNotExist|Validation|Invalid|Malformed|UnknownEndpoint|EndpointConnection|AccessDenied|NotAuthorized|^(?:ClientError|JSONDecodeError|MissingSchema|ConnectionError|URLError|gaierror)$/;

/** Error messages of Node.js and Python for a wrong address, a wrong number, or wrong JSON. */
const MESSAGES =
  /Invalid URL|Failed to parse URL|ENOTFOUND|EAI_AGAIN|getaddrinfo|Name or service not known|Name resolution|Unexpected end of JSON input|is not valid JSON|invalid literal for int|could not convert string to float|Expecting value|No host supplied|[Ii]nvalid ARN|[Bb]ucket name/;

/**
 * Whether a placeholder might have caused an error: it's about a resource or an address, or it names one of the variables.
 * Placeholders don't cause errors about credentials.
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

/** Advice for an error of a function with placeholders. Undefined if they aren't a likely cause. */
export function placeholderAdvice(
  error: Pick<FunctionErrorDetails, 'type' | 'message'>,
  placeholders: readonly string[],
): Message | undefined {
  if (placeholders.length === 0 || !mayBeFromPlaceholder(error, placeholders)) return undefined;
  const listed = placeholders.slice(0, MAX_VARIABLES).join(', ');
  return sentence('advicePlaceholders', placeholders.length > MAX_VARIABLES ? `${listed}, …` : listed);
}
