/** The field of the attach request that proves that VS Code sent it. Other users of this machine don't know its value. */
export const DEBUGPY_TOKEN = 'lambdaInvokeToken';

/** Where to attach to debugpy in a local Python function. Paths are file system paths. */
export interface DebugpyAddress {
  /** The port on 127.0.0.1. */
  readonly port: number;
  /** The value of `DEBUGPY_TOKEN`. */
  readonly token: string;
  /** The folder that runs, if it is a copy of the one in which the user sets breakpoints. */
  readonly copy?: { readonly of: string; readonly path: string };
}

const PROTOCOL = 'debugpy:';

/** An address as text, as the local endpoint returns it. */
export function formatDebugpyAddress({ port, token, copy }: DebugpyAddress): string {
  const query = copy === undefined ? '' : `?${new URLSearchParams({ of: copy.of, path: copy.path }).toString()}`;
  return `${PROTOCOL}//127.0.0.1:${port}/${token}${query}`;
}

/** Undefined for an address of another debugger, such as `ws:` of Node.js. */
export function parseDebugpyAddress(text: string): DebugpyAddress | undefined {
  if (!text.startsWith(PROTOCOL)) return undefined;
  const { port, pathname, searchParams } = new URL(text);
  const [of, path] = [searchParams.get('of'), searchParams.get('path')];
  const copy = of === null || path === null ? {} : { copy: { of, path } };
  return { port: Number(port), token: pathname.slice(1), ...copy };
}
