/** A parameter of a nested stack whose value only a deployed stack has, with the value that replaces it. */
export class PlaceholderParameter {
  readonly placeholder: string;

  constructor(placeholder: string) {
    this.placeholder = placeholder;
  }
}
