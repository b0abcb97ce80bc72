/** The nonce of the page. VS Code adds a script of its own, without it, before those of the page. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? '';
}
