import { capText } from '../messages/capText.ts';
import { message, type Message } from '../messages/messages.ts';

/** What separates a user name and password, a query, or a fragment from the rest of an address. */
const BESIDE_THE_SERVER = /[@?#]/;

/** Stands for what can't be taken apart for certain. */
const HIDDEN = '…';

function isHttp(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

/**
 * An address as it is shown, logged and stored: without user name, password, query and fragment. Where these can't be
 * told from the rest for certain, such as a password that holds a “/”, nothing of it shows.
 */
export function shownAddress(text: string): string {
  if (!BESIDE_THE_SERVER.test(text)) return text;
  const path = /^(\/(?:[^@?#/][^@?#]*)?)[?#][^@]*$/.exec(text)?.[1];
  if (path !== undefined) return path; // such as where a redirect leads
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(text) || !URL.canParse(text)) return HIDDEN;
  const { protocol, host, pathname, search, hash } = new URL(text);
  if (host === '' || `${pathname}${search}${hash}`.includes('@')) return `${protocol}//${HIDDEN}`;
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** A text of another program, its addresses as they are shown. */
export function withShownAddresses(text: string): string {
  return capText(text).replaceAll(/\b[a-z][a-z\d+.-]{0,31}:\/\/[^\s"'<>]+/gi, shownAddress);
}

/**
 * Why an address can't be an endpoint, or undefined: it must be http or https and name a server, without user name,
 * password, query and fragment, which Lambda's API has no use for. `from` is what named it. Repeats no secret.
 */
export function endpointProblem(text: string, from: string): Message | undefined {
  if (BESIDE_THE_SERVER.test(text)) return message('endpointTooMuch', shownAddress(text), from);
  return isHttp(text) ? undefined : message('endpointInvalid', text, from);
}

/** The same for an address with variables in it: only what is written out is looked at. */
export function hasTooMuch(text: string): boolean {
  return BESIDE_THE_SERVER.test(text.replaceAll(/\$\{[^{}]*\}/g, ''));
}
