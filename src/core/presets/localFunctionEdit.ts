import { isRecord } from '../json/isRecord.ts';
import { parseJsonc } from '../json/parseJsonc.ts';
import { editContainer, insertItem, plainItem } from './jsonContainer.ts';

/** The source of a new local function. It logs its event and returns a greeting. */
export const NEW_HANDLER = `/** Runs when the function is invoked; what it returns is the response. */
export async function handler(event) {
  console.log('event', event);
  return { message: \`Hello, \${event.name ?? 'world'}!\` };
}
`;

/** The function names in a valid presets file. */
export function localFunctionNames(text: string): string[] {
  const file: unknown = parseJsonc(text);
  return isRecord(file) && isRecord(file['localFunctions']) ? Object.keys(file['localFunctions']) : [];
}

/**
 * Adds a function to a valid presets file. `handler` is `path/file.export`. Comments, order and layout are preserved.
 */
export function withLocalFunction(text: string, name: string, handler: string): string {
  const file: unknown = parseJsonc(text);
  const hasFunctions = isRecord(file) && isRecord(file['localFunctions']);
  const item = `${JSON.stringify(name)}: { "handler": ${JSON.stringify(handler)} }`;
  if (hasFunctions) {
    return editContainer(text, ['localFunctions'], (functions) =>
      insertItem(functions, functions.items.length, plainItem(item)),
    );
  }
  return editContainer(text, [], (root) =>
    insertItem(root, root.items.length, plainItem(`"localFunctions": { ${item} }`)),
  );
}
