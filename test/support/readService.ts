import { readTemplate, type TemplateSource } from '../../src/core/functions/template/readTemplate.ts';
import type { TemplateFunctions } from '../../src/core/functions/template/templateFunction.ts';

/** More rounds than this mean that a file is requested again. */
const MAX_ROUNDS = 10;

interface ServiceOptions extends Pick<TemplateSource, 'shell'> {
  /** The files next to the service, by path relative to its folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly file?: string;
}

/** Reads a Serverless Framework file, and in further rounds the files that it includes. */
export function readService(
  text: string,
  { files = {}, file = 'serverless.yml', shell }: ServiceOptions = {},
): TemplateFunctions & { readonly rounds: number } {
  const given = new Map<string, string | null>();
  for (let rounds = 1; ; rounds++) {
    const result = readTemplate({ file, text, files: given, ...(shell !== undefined && { shell }) });
    const needed = result.neededFiles.filter((path) => !given.has(path));
    if (needed.length === 0) return { ...result, rounds };
    if (rounds === MAX_ROUNDS) throw new Error(`Still needed: ${needed.join(', ')}`);
    for (const path of needed) given.set(path, files[path] ?? null);
  }
}
