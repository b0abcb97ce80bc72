// The one place that knows the element library: each component by name, so that only these are in the bundle.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
  vsCodeTextField,
  type Button,
  type Dropdown,
  type RadioGroup,
  type TextArea,
  type TextField,
} from '@vscode/webview-ui-toolkit';

export type { Button, Dropdown, RadioGroup, TextArea, TextField };

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeTextField(),
    vsCodeOption(),
    vsCodeDropdown(),
    vsCodeButton(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
    vsCodeTextArea(),
  );
}
