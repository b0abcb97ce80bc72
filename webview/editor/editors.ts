/** A problem at a range of an editor's text. Offsets in UTF-16 units. */
export interface EditorProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** The editor of the inline payload. It starts as a text area that takes typing at once. */
export interface PayloadEditor {
  /** The text, verbatim. */
  readonly text: string;
  /** Replaces the text; can be undone. Doesn't call `onChange`. */
  setText(text: string): void;
  focus(): void;
  /** Shows problems in place of the earlier ones. */
  showProblems(problems: readonly EditorProblem[]): void;
  /** Formats JSON without changing its values; can be undone. */
  format(): void;
}

/** What a viewer shows. `json` is formatted unless `isRaw`. */
export interface ViewerContent {
  readonly text: string;
  readonly language: 'json' | 'text';
}

/** A read-only editor with find, folding and colors. */
export interface Viewer {
  show(content: ViewerContent): void;
  /** Adds to the end of the text, for streams. */
  append(text: string): void;
  clear(): void;
  find(): void;
  toggleWrap(): boolean;
  focus(): void;
}
