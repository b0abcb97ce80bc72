import { message, type Message } from '../messages/messages.ts';

/** What another command provides while it runs: the standard input, a descriptor, a process substitution. */
const STREAM = /^(?:-|con:?|[<>]\([^]*|\/dev\/(?:stdin|tty|fd\/\d+)|\/proc\/(?:self|\d+)\/fd\/\d+)$/i;

/** The folder where the command runs, as shells write it. */
const HERE = /^(?:\$\{?PWD\}?|\$\(pwd\)|`pwd`|%cd%)[\\/]/i;

/** The file of a `file://` or `fileb://` value, or why it is none. A path of a container lies outside of this machine. */
export function payloadPathOf(
  value: string,
  isContainer: boolean,
): { readonly path?: string; readonly notes: readonly Message[] } {
  const path = value.replace(/^fileb?:\/\//, '').replace(HERE, '');
  if (/^(?:\/dev\/null|nul)$/i.test(path)) return { notes: [] };
  if (path === '' || STREAM.test(path) || (isContainer && path.startsWith('/'))) {
    return { notes: [message('importPayload', path === '' ? value : path)] };
  }
  return { path, notes: [] };
}
