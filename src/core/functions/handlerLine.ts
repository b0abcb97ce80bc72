// Letters of a name: no white space, and no sign of ASCII but `$` and `_`.
const NAME = /[^\s!-#%-/:-@[-^`{-~]+/g;

/** Where a handler begins, the likeliest form first: each takes the name out of one line of source. */
const FORMS: readonly RegExp[] = [
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
 * The 0-based line of a source file on which the handler of a function begins (`path/file.export`): JavaScript,
 * TypeScript or Python. The first line where it is exported in a way that is not recognized.
 */
export function handlerLine(source: string, handler: string): number {
  const name = handler.slice(handler.lastIndexOf('.') + 1);
  const lines = source.split(/\r?\n/);
  const tests = [
    ...FORMS.map((form) => (line: string) => form.exec(line)?.[1] === name),
    (line: string) => LIST.test(line) && line.match(NAME)?.includes(name) === true,
    (line: string) => ASSIGNMENT.exec(line)?.[1] === name,
  ];
  for (const isHandler of tests) {
    const at = lines.findIndex(isHandler);
    if (at !== -1) return at;
  }
  return 0;
}
