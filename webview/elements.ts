// The only user of the element library, in a separate bundle: evaluating the library takes longer than showing the form.
// Components are imported by name, so that the bundle contains only these.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

function register(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
  // These make it a button until the library adds a button inside it.
  const invoke = document.getElementById('invoke');
  for (const name of ['role', 'tabindex']) invoke?.removeAttribute(name);
}

if (document.readyState === 'complete') {
  // The library reads the theme's colors on `load`, which has already fired.
  window.dispatchEvent(new Event('load'));
  register();
} else window.addEventListener('load', register, { once: true });
