/** Where a draft or an invocation came from: the preset's name, and the URI of its file. */
export interface PresetOrigin {
  readonly name: string;
  readonly store: string;
}
