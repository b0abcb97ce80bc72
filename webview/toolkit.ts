// The only user of the element library. Components are imported by name, so that the bundle contains only these.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/** Registers the elements of the library. Until then, form.css shows them. Fields are native elements. */
export function registerElements(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}
