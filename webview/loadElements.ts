import { cspNonce } from './cspNonce.ts';

/** Loads the element library. Until then, or without it, controls.css shows its elements. */
export function loadElements(): void {
  const script = document.createElement('script');
  script.nonce = cspNonce();
  script.src = document.body.dataset['elements'] ?? '';
  document.head.append(script);
}
