import type { PayloadProblem } from '../../src/core/invocation/payloadCheck.ts';
import type { TextChange } from '../../src/core/text/textChange.ts';

/** A problem at a range of an editor's text. Offsets in UTF-16 units. */
export interface EditorProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface PayloadEditorOptions {
  /** Its text, caret, scroll position and focus are taken over, and its ID: `byId` and `focus()` work as before. */
  readonly textArea: HTMLTextAreaElement;
  /** The accessible name. */
  readonly label: string;
  /** IDs of the elements with the problems, separated by spaces. */
  readonly describedBy?: string;
  /** Whether `${…}` is marked as a variable. `$${` isn't one. Default: false. */
  readonly variables?: boolean;
  readonly isReadOnly?: boolean;
  /** Called for every edit by the user, including undo and Format, and not for `setText`. */
  readonly onChange: (change: TextChange) => void;
  /**
   * Called when the text has been checked, shortly after each change, including `setText`: JSON errors, duplicate keys
   * and numbers that lose precision. The editor marks them itself.
   */
  readonly onProblems?: (problems: readonly PayloadProblem[]) => void;
}

/** The editor of the inline payload, which `createPayloadField` (payloadField.ts) creates for the form. */
export interface PayloadEditor {
  /** The text, verbatim, including its line ends. */
  readonly text: string;
  /** The offset of the caret in UTF-16 units, as in a text area, where each line end is one character. */
  readonly caret: number;
  /** Replaces the text; can be undone. Does nothing for the same text. */
  setText(text: string): void;
  focus(): void;
  /** Focuses the editor and moves the caret. The offset is in UTF-16 units. */
  goTo(offset: number): void;
  /** Shows problems in place of the earlier ones, beside those that the editor finds itself. */
  showProblems(problems: readonly EditorProblem[]): void;
  /** Formats JSON without changing its values; can be undone. Returns false, and changes nothing, for invalid JSON. */
  format(): boolean;
  setVariables(areMarked: boolean): void;
  setReadOnly(isReadOnly: boolean): void;
  /** Opens the search panel. Does nothing until the editor is loaded. */
  find(): void;
  dispose(): void;
}

/**
 * What a viewer shows. `json` is formatted unless `isRaw`; what isn't valid JSON to its end, or is nested deeper than 200
 * levels, appears as it is. With `isPartial`, more follows: the next `show` has the same text and more.
 */
export type ViewerContent =
  | {
      readonly language: 'json';
      readonly text: string;
      readonly isRaw?: boolean;
      readonly isPartial?: boolean;
    }
  | { readonly language: 'text'; readonly text: string; readonly isPartial?: boolean }
  /** Shown as a hex dump. */
  | { readonly language: 'binary'; readonly bytes: Uint8Array };

export interface ViewerOptions {
  readonly parent: HTMLElement;
  /** The accessible name. */
  readonly label: string;
  /** Whether long lines wrap. Default: true. */
  readonly isWrapped?: boolean;
  /** Called when the selection or the text changes, for the state of Copy Value and Copy Path. */
  readonly onSelect?: () => void;
}

/** A read-only editor with find, folding and colors. */
export interface Viewer {
  /** The `.cm-editor` element. */
  readonly element: HTMLElement;
  /**
   * Shows the first screen at once and the rest in slices, while the element has `aria-busy`. Resolves when everything is
   * shown, or something else is.
   */
  show(content: ViewerContent): Promise<void>;
  /** Adds to the end of the text, for streams. Follows the end if the text is scrolled to it. */
  append(text: string): void;
  clear(): void;
  /** Opens the search panel. */
  find(): void;
  /** Returns whether lines wrap afterwards. */
  toggleWrap(): boolean;
  foldAll(): void;
  unfoldAll(): void;
  /** The selected text, as shown. Empty if nothing is selected. */
  readonly selectedText: string;
  /** The JSON value at the caret, as it was received, or undefined outside of JSON. */
  copyValue(): string | undefined;
  /** The path of the JSON value at the caret, such as `$.a[0].b`, or undefined outside of JSON. */
  copyPath(): string | undefined;
  focus(): void;
  dispose(): void;
}
