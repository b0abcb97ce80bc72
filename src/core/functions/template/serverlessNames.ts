/** The form of a key of `functions` or `layers` in the logical ID of its resource. */
export function normalizedName(key: string): string {
  const name = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
