// The only user of the element library. Components are imported by name, so that the bundle contains only these.
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

/** Restores the names from the page: the toolkit names every text field "Text field" when it connects. */
function keepNames(register: () => void): void {
  const named = [...document.querySelectorAll('vscode-text-field, vscode-text-area')].map(
    (element) => [element, element.getAttribute('aria-label')] as const,
  );
  register();
  for (const [element, name] of named) if (name !== null) setName(element, name);
}

/** Registers what is needed for the first paint. form.css reserves space for the rest. */
export function registerInitial(): void {
  keepNames(() => provideVSCodeDesignSystem().register(vsCodeTextField(), vsCodeButton()));
}

/** Registers the rest. Elements keep values that were set before. */
export function registerRemaining(): void {
  keepNames(() => provideVSCodeDesignSystem().register(vsCodeOption(), vsCodeDropdown(), vsCodeTextArea()));
}
