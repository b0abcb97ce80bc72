import { isRecord } from '../../../core/json/isRecord.ts';
import { message, toSentence } from '../../../core/messages/messages.ts';
import type { Compiled, Compiler } from './compiler.ts';
import { TYPESCRIPT_FILE } from './program.ts';
import { splitExports } from './splitExports.ts';

/** Whether a class may have a constructor that assigns its parameters, which sucrase does too late for native fields. */
function hasParameterProperties(text: string): boolean {
  return text.includes('constructor') && /\b(?:public|private|protected|readonly)\b/.test(text);
}

function faultOf(error: unknown): Compiled {
  const { line, column } = isRecord(error) && isRecord(error['loc']) ? error['loc'] : {};
  const text = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
  if (typeof line !== 'number' || typeof column !== 'number') return { fault: { text } };
  return { fault: { text, line, column } };
}

/** Included in this extension. Keeps the lines of the source, and doesn't support decorators, namespaces, and JSX. */
export const sucraseCompiler: Compiler = {
  id: 'sucrase',
  async compile({ file, text }) {
    if (file.endsWith('x')) return { fault: { text: toSentence(message('jsxNeedsCompiler')) } };
    const { transform } = await import('./sucrase.ts');
    try {
      const { code } = transform(await splitExports(file, text), {
        transforms: TYPESCRIPT_FILE.test(file) ? ['typescript', 'imports'] : ['imports'],
        disableESTransforms: !hasParameterProperties(text),
      });
      return { code };
    } catch (error) {
      return faultOf(error);
    }
  },
};
