/** The offset after the last `/` or `\\`. */
function folderEnd(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(folderEnd(path));
}

/** Resolves `.` and `..` in a relative path. Undefined for an absolute path and for one that starts with `~`. */
export function normalizedPath(path: string): string | undefined {
  if (/^([/\\~]|[A-Za-z]:)/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/**
 * The path of a file for messages, relative to the workspace folder like `templateFile`. `name` is absolute or relative to
 * the template's folder.
 */
export function pathBeside(templateFile: string, name: string): string {
  if (normalizedPath(name) === undefined) return name;
  const path = templateFile.slice(0, folderEnd(templateFile)) + name;
  return normalizedPath(path) ?? path;
}
