import * as l10n from '@vscode/l10n';
import { httpBodyView, mediaType, type HttpBodyView } from '../../src/core/outcome/httpBodyView.ts';
import { headerValue, httpBodyBytes, type HttpHeader, type HttpResponse } from '../../src/core/outcome/httpResponse.ts';
import { reasonPhrase } from '../../src/core/outcome/reasonPhrase.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import { httpLevel } from '../../src/core/outcome/verdict.ts';
import { byId, create, setTitle } from '../dom.ts';
import { icon } from '../icons.ts';
import { imageView } from './imageView.ts';
import { TextPanel } from './textPanel.ts';

/** A folded table of names and values. Nothing without rows. */
function foldedTable(summary: string, rows: readonly HttpHeader[]): HTMLElement[] {
  if (rows.length === 0) return [];
  const folded = document.createElement('details');
  const list = create('dl', 'pairs');
  for (const { name, value } of rows) list.append(create('div', '', create('dt', '', name), create('dd', '', value)));
  folded.append(create('summary', '', summary), list);
  return [folded];
}

/** A cookie of payload format 2.0: `name=value; attributes`. */
function cookieRow(cookie: string): HttpHeader {
  const at = cookie.indexOf('=');
  return at === -1 ? { name: cookie, value: '' } : { name: cookie.slice(0, at), value: cookie.slice(at + 1) };
}

const isCookie = ({ name }: HttpHeader) => name.toLowerCase() === 'set-cookie';

function problemText(problem: NonNullable<HttpResponse['problem']>): string {
  switch (problem) {
    case 'bodyNotString':
      return l10n.t("The body isn't a string. API Gateway rejects this response.");
    case 'invalidBase64':
      return l10n.t("isBase64Encoded is true, but the body isn't base64.");
  }
}

function headOf(http: HttpResponse): HTMLElement[] {
  const { statusCode, headers, multiValueHeaders, cookies, problem } = http;
  const badge = create('strong', `badge ${httpLevel(statusCode)}`, String(statusCode));
  const type = mediaType(headerValue(http, 'content-type'));
  const location = headerValue(http, 'location');
  const size = httpBodyBytes(http).byteLength;
  const facts = [reasonPhrase(statusCode), type, size === 0 ? '' : formatBytes(size)].filter((fact) => fact !== '');
  const line = create('div', 'http-line', badge, create('span', 'http-facts', facts.join(' · ')));
  if (location !== undefined && statusCode >= 300 && statusCode < 400) {
    const target = create('span', 'http-target', `→ ${location}`);
    setTitle(target, 'Location');
    line.append(target);
  }
  const all = [...multiValueHeaders, ...headers];
  const plain = headers.filter((header) => !isCookie(header));
  const multi = multiValueHeaders.filter((header) => !isCookie(header));
  const allCookies = [...cookies, ...all.filter(isCookie).map(({ value }) => value)].map(cookieRow);
  const folded = create(
    'div',
    'http-folded',
    ...foldedTable(plain.length === 1 ? l10n.t('1 header') : l10n.t('{0} headers', plain.length), plain),
    ...foldedTable(
      multi.length === 1 ? l10n.t('1 multi-value header') : l10n.t('{0} multi-value headers', multi.length),
      multi,
    ),
    ...foldedTable(allCookies.length === 1 ? l10n.t('1 cookie') : l10n.t('{0} cookies', allCookies.length), allCookies),
  );
  const warning = problem === undefined ? [] : [create('p', 'advice', icon('warning'), problemText(problem))];
  line.append(folded);
  return [line, ...warning];
}

/** Shows an HTTP response: status, headers, cookies, and the body by its content type. */
export class HttpView {
  readonly panel: TextPanel;
  #isRaw = false;
  #body: HttpBodyView = { kind: 'empty' };

  constructor(onSelect: () => void) {
    this.panel = new TextPanel({ root: byId('http-body'), label: l10n.t('Body'), onSelect });
  }

  get isRaw(): boolean {
    return this.#isRaw;
  }

  get hasRaw(): boolean {
    return this.#body.kind === 'json';
  }

  get hasBody(): boolean {
    return this.#body.kind !== 'empty';
  }

  get isText(): boolean {
    return this.#body.kind !== 'empty' && this.#body.kind !== 'image';
  }

  clear(): void {
    this.#body = { kind: 'empty' };
    this.#isRaw = false;
    this.panel.clear();
    byId('http-head').replaceChildren();
    byId('http').querySelector('.message, .image')?.remove();
  }

  show(http: HttpResponse): void {
    this.clear();
    byId('http-head').replaceChildren(...headOf(http));
    this.#body = httpBodyView(http);
    this.#showBody();
  }

  /** Switches between the formatted and the raw body. */
  toggleRaw(): void {
    this.#isRaw = !this.#isRaw;
    this.#showBody();
  }

  #showBody(): void {
    const body = this.#body;
    byId('http-body').hidden = !this.isText;
    switch (body.kind) {
      case 'empty':
        return byId('http').append(create('p', 'message', l10n.t('The body is empty.')));
      case 'json':
        return this.panel.show({ text: body.text, language: 'json', isRaw: this.#isRaw });
      case 'text':
        return this.panel.show({ text: body.text, language: 'text' });
      case 'binary':
        return this.panel.show({ bytes: body.bytes, language: 'binary' });
      case 'image':
        return byId('http').append(imageView(body));
    }
  }
}
