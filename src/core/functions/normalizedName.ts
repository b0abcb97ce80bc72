/** The letters and digits of a text, in lower case. */
export function alphanumeric(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Normalizes a function name, so that `HelloWorldFunction` and `hello-world` are equal. */
export function normalizedName(name: string): string {
  return alphanumeric(name).replace(/(lambda)?(function|handler|lambda)$/, '');
}
