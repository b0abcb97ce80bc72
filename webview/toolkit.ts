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
import { setName } from './dom.ts';

export type { Dropdown, TextArea, TextField };

/** The toolkit calls every text field "Text field" when it connects: elements keep the names they have in the page. */
function keepNames(register: () => void): void {
  const named = [...document.querySelectorAll('vscode-text-field, vscode-text-area')].map(
    (element) => [element, element.getAttribute('aria-label')] as const,
  );
  register();
  for (const [element, name] of named) if (name !== null) setName(element, name);
}

/** What can be used at once; until the rest is there, it keeps its place (form.css). */
export function registerFirst(): void {
  keepNames(() => provideVSCodeDesignSystem().register(vsCodeTextField(), vsCodeButton()));
}

/** Values that were given to elements before they were registered stay theirs. */
export function registerRest(): void {
  keepNames(() => provideVSCodeDesignSystem().register(vsCodeOption(), vsCodeDropdown(), vsCodeTextArea()));
}
