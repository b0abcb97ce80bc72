// The only user of the element library, in a bundle of its own: evaluating the library takes longer than showing the form.
// Components are imported by name, so that the bundle contains only these.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

function register(): void {
  // The library reads the theme's colors when the page is loaded, which it is already.
  window.dispatchEvent(new Event('load'));
  provideVSCodeDesignSystem().register(vsCodeButton());
}

if (document.readyState === 'complete') register();
else window.addEventListener('load', () => provideVSCodeDesignSystem().register(vsCodeButton()), { once: true });
