/** The nonce of the page. VS Code adds its own script, without a nonce, before those of the page. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? '';
}
