import { readTemplate, type TemplateSource } from '../../src/core/functions/template/readTemplate.ts';
import { toSentence } from '../../src/core/messages/messages.ts';
import type { TemplateFunction, TemplateFunctions } from '../../src/core/functions/template/templateFunction.ts';

/** Reads a template and the other files that it needs, in rounds. */
export function readTemplateFiles(
  text: string,
  contents: Readonly<Record<string, string>> = {},
  rest: Partial<TemplateSource> = {},
): TemplateFunctions {
  const files = new Map<string, string | null>();
  for (;;) {
    const result = readTemplate({ file: 'template.yaml', text, files, ...rest });
    const needed = result.neededFiles.filter((name) => !files.has(name));
    if (needed.length === 0) return result;
    for (const name of needed) files.set(name, contents[name] ?? null);
  }
}

/** The value of a variable, unless it's a placeholder. */
export function knownValue(fn: TemplateFunction | undefined, name: string): string | undefined {
  return fn?.placeholders.includes(name) === true ? undefined : fn?.fn.environment[name];
}

export function problemsOf({ problems }: TemplateFunctions): string[] {
  return problems.map((problem) => toSentence(problem));
}

export function notesOf({ notes, obstacle }: TemplateFunction): string[] {
  return [...(obstacle === undefined ? [] : [obstacle]), ...notes].map((note) => toSentence(note));
}
