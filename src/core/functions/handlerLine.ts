// Identifier characters: anything but white space and ASCII punctuation other than `$` and `_`.
const NAME = /[^\s!-#%-/:-@[-^`{-~]+/g;

/** Patterns for the line of a handler, most specific first. Each captures a name. */
const PATTERNS: readonly RegExp[] = [
  /^\s*export\s+(?:async\s+)?function(?:\s*\*)?\s*([^\s!-#%-/:-@[-^`{-~]+)/,
  /^\s*export\s+(?:const|let|var)\s+([^\s!-#%-/:-@[-^`{-~]+)/,
  /^\s*(?:module\.)?exports\.([^\s!-#%-/:-@[-^`{-~]+)\s*=/,
  /^\s*(?:async\s+)?def\s+([^\s!-#%-/:-@[-^`{-~]+)\s*\(/,
  /^\s*(?:async\s+)?function(?:\s*\*)?\s*([^\s!-#%-/:-@[-^`{-~]+)/,
  /^\s*(?:const|let|var)\s+([^\s!-#%-/:-@[-^`{-~]+)\s*=/,
];
const LIST = /^\s*(?:export\s*\{|module\.exports\s*=\s*\{)/;
const ASSIGNMENT = /^\s*([^\s!-#%-/:-@[-^`{-~]+)\s*=/;

/**
 * The 0-based line of a handler (`path/file.export`) in JavaScript, TypeScript or Python source. Returns 0 if it isn't
 * found.
 */
export function handlerLine(source: string, handler: string): number {
  const name = handler.slice(handler.lastIndexOf('.') + 1);
  const lines = source.split(/\r?\n/);
  const matchers = [
    ...PATTERNS.map((pattern) => (line: string) => pattern.exec(line)?.[1] === name),
    (line: string) => LIST.test(line) && line.match(NAME)?.includes(name) === true,
    (line: string) => ASSIGNMENT.exec(line)?.[1] === name,
  ];
  for (const isHandler of matchers) {
    const at = lines.findIndex(isHandler);
    if (at !== -1) return at;
  }
  return 0;
}
