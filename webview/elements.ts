// The only user of the element library, in a bundle of its own: evaluating the library takes longer than showing the form.
// Components are imported by name, so that the bundle contains only these.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton());
