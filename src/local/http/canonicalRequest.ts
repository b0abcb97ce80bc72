import type { IncomingHttpHeaders } from 'node:http';
import { memoize } from './memoize.ts';

/** Percent-encoding per RFC 3986, as SigV4 requires. encodeURIComponent leaves five reserved characters unencoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .toSorted()
    .join('&');
}

/** The lines of the path and the query. */
const canonicalUrl = memoize((url) => {
  const queryStart = url.indexOf('?');
  const [path, query] = queryStart === -1 ? [url, ''] : [url.slice(0, queryStart), url.slice(queryStart + 1)];
  // The path on the wire is encoded once; SigV4 encodes each segment again (%3A becomes %253A).
  return `${path.split('/').map(encode).join('/')}\n${canonicalQuery(query)}`;
});

function canonicalValue(value: string | string[] | undefined): string {
  const text = String(value ?? '').trim();
  return text.includes('  ') ? text.replaceAll(/ +/g, ' ') : text;
}

/**
 * The canonical request without its last line, which is the hash of the body.
 * Source: IAM user guide, "Create a signed AWS API request".
 */
export function canonicalHead(
  { method, url, headers }: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders },
  { signedHeaders, headerNames }: { readonly signedHeaders: readonly string[]; readonly headerNames: string },
): string {
  let lines = '';
  for (const name of signedHeaders) lines += `${name}:${canonicalValue(headers[name])}\n`;
  return `${method}\n${canonicalUrl(url)}\n${lines}\n${headerNames}\n`;
}
