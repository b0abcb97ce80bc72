import { message, type Message } from '../messages/messages.ts';

/** Input that exists only while the command runs: standard input, a file descriptor, a process substitution. */
const STREAM = /^(?:-|con:?|[<>]\([^]*|\/dev\/(?:stdin|tty|fd\/\d+)|\/proc\/(?:self|\d+)\/fd\/\d+)$/i;

/** The current folder in shell syntax. */
const CURRENT_FOLDER = /^(?:\$\{?PWD\}?|\$\(pwd\)|`pwd`|%cd%)[\\/]/i;

/**
 * The path in a `file://` or `fileb://` value, or why there is none. An absolute path inside a container doesn't exist
 * on this machine.
 */
export function payloadPathOf(
  value: string,
  isContainer: boolean,
): { readonly path?: string; readonly notes: readonly Message[] } {
  const path = value.replace(/^fileb?:\/\//, '').replace(CURRENT_FOLDER, '');
  if (/^(?:\/dev\/null|nul)$/i.test(path)) return { notes: [] };
  if (path === '' || STREAM.test(path) || (isContainer && path.startsWith('/'))) {
    return { notes: [message('importPayload', path === '' ? value : path)] };
  }
  return { path, notes: [] };
}
