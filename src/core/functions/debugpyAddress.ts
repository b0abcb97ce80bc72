/** The field of the attach request with a secret, so that other users of this machine can't attach. */
export const DEBUGPY_TOKEN = 'lambdaInvokeToken';

/** Where to attach to debugpy in a local Python function. */
export interface DebugpyAddress {
  /** The port on 127.0.0.1. */
  readonly port: number;
  /** The value of `DEBUGPY_TOKEN`. */
  readonly token: string;
  /**
   * The folder whose code runs (`path`), if it's a copy of the folder with the sources (`of`). File system paths.
   */
  readonly copy?: { readonly of: string; readonly path: string };
}

const PROTOCOL = 'debugpy:';

/** Formats an address as a URL, which the local endpoint returns. */
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
