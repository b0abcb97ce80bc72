// The only user of the element library, in a bundle of its own: evaluating the library takes longer than showing the form.
// Components are imported by name, so that the bundle contains only these.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

function register(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
  // They make it a button without the library, which has a button inside of it.
  const invoke = document.getElementById('invoke');
  for (const name of ['role', 'tabindex']) invoke?.removeAttribute(name);
}

if (document.readyState === 'complete') {
  // The library reads the theme's colors when the page is loaded, which it is already.
  window.dispatchEvent(new Event('load'));
  register();
} else window.addEventListener('load', register, { once: true });
