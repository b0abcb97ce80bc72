import type { HeldResult } from '../../app/results.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { prettyJson } from '../../core/json/jsonText.ts';
import { headerValue, httpBodyBytes, parseHttpResponse } from '../../core/outcome/httpResponse.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { toResponseText } from '../../core/outcome/response.ts';
import type { OutcomePart } from '../../protocol/toHost.ts';

/** A part of a result for export. */
export interface ResultPiece {
  /** The bytes as received or sent. */
  readonly bytes: Uint8Array;
  /** Formatted JSON or text; undefined for binary data. */
  readonly text: string | undefined;
  readonly fileName: string;
}

/** The extensions of HTTP bodies that aren't JSON, by media type. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
};

/** A body as JSON, text or binary data. With an extension, JSON isn't formatted. */
function bodyPiece(bytes: Uint8Array, name: string, extension?: string): ResultPiece {
  const body = toResponseText(bytes);
  if (extension !== undefined) {
    const text = body.kind === 'binary' ? undefined : body.kind === 'empty' ? '' : body.text;
    return { bytes, text, fileName: `${name}.${extension}` };
  }
  switch (body.kind) {
    case 'json':
      return { bytes, text: prettyJson(body.text), fileName: `${name}.json` };
    case 'text':
      return { bytes, text: body.text, fileName: `${name}.txt` };
    case 'empty':
      return { bytes, text: '', fileName: `${name}.json` };
    case 'binary':
      return { bytes, text: undefined, fileName: `${name}.bin` };
  }
}

/** Whether a part is no longer in memory. The log tail belongs to the outcome. */
export function isGone({ isDropped }: HeldResult, part: OutcomePart): boolean {
  return isDropped && part !== 'log';
}

/** A part of a result, named after its function: `hello-response.json`. `wholeLog` replaces the log tail. */
export function resultPiece({ ended }: HeldResult, part: OutcomePart, wholeLog?: string): ResultPiece {
  const { order, result } = ended;
  const name = describeFunction(order.invocation).replaceAll(/[^\w.-]+/g, '-');
  const { outcome, Payload = new Uint8Array(), sent = new Uint8Array() } = result;
  switch (part) {
    case 'response':
      return bodyPiece(Payload, `${name}-response`);
    case 'httpBody': {
      const http = parseHttpResponse(Payload);
      if (http === undefined) return bodyPiece(Payload, `${name}-response`);
      const type = (headerValue(http, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      return bodyPiece(httpBodyBytes(http), `${name}-body`, EXTENSIONS[type]);
    }
    case 'sent':
      return bodyPiece(sent, `${name}-payload`);
    case 'log': {
      const text = wholeLog ?? (hasResponse(outcome) ? (outcome.logTail?.text ?? '') : '');
      return { bytes: new TextEncoder().encode(text), text, fileName: `${name}.log` };
    }
  }
}
