// The one place that knows the element library: each component by name, so that only these are in the bundle.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextArea,
  vsCodeTextField,
  type Dropdown,
  type TextArea,
  type TextField,
} from '@vscode/webview-ui-toolkit';

export type { Dropdown, TextArea, TextField };

/** What can be used at once; until the rest is there, it keeps its place (form.css). */
export function registerFirst(): void {
  provideVSCodeDesignSystem().register(vsCodeTextField(), vsCodeButton());
}

/** Values that were given to elements before they were registered stay theirs. */
export function registerRest(): void {
  provideVSCodeDesignSystem().register(vsCodeOption(), vsCodeDropdown(), vsCodeTextArea());
}
