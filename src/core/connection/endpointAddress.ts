import { capText } from '../messages/capText.ts';
import { message, type Message } from '../messages/messages.ts';

/** Characters that introduce a user name and password, a query, or a fragment. */
const EXTRA_PART_DELIMITER = /[@?#]/;

/** Replaces text that can't be split reliably. */
const HIDDEN = '…';

function isHttp(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

/**
 * An address for display, logs and storage: without user name, password, query and fragment. If they can't be separated
 * reliably, such as a password with a “/”, the whole address is hidden.
 */
export function shownAddress(text: string): string {
  if (!EXTRA_PART_DELIMITER.test(text)) return text;
  const path = /^(\/(?:[^@?#/][^@?#]*)?)[?#][^@]*$/.exec(text)?.[1];
  if (path !== undefined) return path; // a path, such as the target of a redirect
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(text) || !URL.canParse(text)) return HIDDEN;
  const { protocol, host, pathname, search, hash } = new URL(text);
  if (host === '' || `${pathname}${search}${hash}`.includes('@')) return `${protocol}//${HIDDEN}`;
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Sanitizes all addresses in another program's output. */
export function withShownAddresses(text: string): string {
  return capText(text).replaceAll(/\b[a-z][a-z\d+.-]{0,31}:\/\/[^\s"'<>]+/gi, shownAddress);
}

/**
 * Why an address isn't a valid endpoint, or undefined. It must be http or https with a host, and without user name,
 * password, query and fragment, which Lambda's API doesn't use. `from` is the source of the address. The message
 * contains no secret.
 */
export function endpointProblem(text: string, from: string): Message | undefined {
  if (EXTRA_PART_DELIMITER.test(text)) return message('endpointTooMuch', shownAddress(text), from);
  return isHttp(text) ? undefined : message('endpointInvalid', text, from);
}

/** Whether an address contains more than scheme, host and path. Ignores variables in it. */
export function hasExtraParts(text: string): boolean {
  return EXTRA_PART_DELIMITER.test(text.replaceAll(/\$\{[^{}]*\}/g, ''));
}
