import { readTemplate } from '../../src/core/functions/template/readTemplate.ts';
import type { TemplateFunctions } from '../../src/core/functions/template/templateFunction.ts';

/** Reads a template that doesn't refer to other files. */
export function readTemplateText(file: string, text: string): TemplateFunctions {
  return readTemplate({ file, text });
}
