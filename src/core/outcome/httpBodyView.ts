import { headerValue, httpBodyBytes, type HttpResponse } from './httpResponse.ts';
import { toResponseText } from './response.ts';

/** The displayable form of the body of an HTTP response. */
export type HttpBodyView =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json' | 'text'; readonly text: string }
  /** An image, which the page shows without running its scripts. */
  | { readonly kind: 'image'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

const IMAGE_TYPES = new Set([
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/webp',
  'image/x-icon',
  'image/vnd.microsoft.icon',
]);

/** Larger images are shown as text or bytes. */
const MAX_IMAGE_BYTES = 4_194_304;

/** The media type of a Content-Type header: `text/html` for `Text/HTML; charset=utf-8`. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether a media type is JSON: `application/json`, `application/problem+json`. */
const isJson = (type: string) => /^(?:application|text)\/(?:json|[\w.-]+\+json)$/.test(type);

/** Whether a media type is text that isn't JSON, even if it looks like it. */
const isPlainText = (type: string) => type.startsWith('text/') && !isJson(type) && type !== 'text/plain';

/** Decides how the body is shown: by its content type, or by its content if the type is unknown. */
export function httpBodyView(http: HttpResponse): HttpBodyView {
  const { body } = http;
  const type = mediaType(headerValue(http, 'content-type'));
  if (body.kind === 'none') return { kind: 'empty' };
  if (body.kind === 'json') return body;
  const isImage = IMAGE_TYPES.has(type) && (body.kind === 'bytes' || type === 'image/svg+xml');
  if (isImage) {
    const bytes = httpBodyBytes(http);
    if (bytes.byteLength <= MAX_IMAGE_BYTES) return { kind: 'image', mediaType: type, bytes };
  }
  if (isPlainText(type) && body.kind === 'text') return body;
  const bytes = httpBodyBytes(http);
  const response = toResponseText(bytes);
  if (response.kind === 'binary') return { kind: 'binary', bytes };
  return response.kind === 'json' && isPlainText(type) ? { kind: 'text', text: response.text } : response;
}
