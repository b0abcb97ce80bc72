import { cspNonce } from './cspNonce.ts';

/** Loads a bundle whose URL is in the page, by its name there. Rejects if it can't be loaded. */
export function loadScript(name: 'editors' | 'elements' | 'result'): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = cspNonce();
    script.src = document.body.dataset[name] ?? '';
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`The bundle "${name}" can't be loaded.`)));
    document.head.append(script);
  });
}
