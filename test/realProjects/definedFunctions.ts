// Counts the functions that a folder defines, without the product's own readers: by the text of templates, and by the keys
// of the functions in serverless.yml.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord } from '../../src/core/json/isRecord.ts';

const SKIPPED = new Set(['.git', 'node_modules', '.aws-sam', '.serverless', '.venv', 'venv', '__pycache__']);
const FUNCTION_TYPE = /^\s*["']?Type["']?\s*:\s*["']?AWS::(?:Serverless|Lambda)::Function["']?\s*,?\s*(?:#.*)?$/gm;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() && /\.(ya?ml|json|template)$/.test(entry.name) ? [path] : [];
  });
}

function serverlessCount(text: string): number {
  const root: unknown = parse(text, { logLevel: 'silent', uniqueKeys: false });
  const { functions, provider } = isRecord(root) ? root : {};
  const name = isRecord(provider) ? provider['name'] : provider;
  if (name !== 'aws') return 0;
  const parts: unknown[] = Array.isArray(functions) ? functions : [functions];
  return parts.reduce<number>((sum, part) => sum + (isRecord(part) ? Object.keys(part).length : 0), 0);
}

function countIn(path: string): number {
  const text = readFileSync(path, 'utf8');
  const declared = text.match(FUNCTION_TYPE)?.length ?? 0;
  if (!/serverless[^/]*\.ya?ml$/.test(path) || declared > 0) return declared;
  try {
    return serverlessCount(text);
  } catch {
    return 0;
  }
}

/** The number of functions that each file below a folder defines. Files without functions are absent. */
export function definedFunctions(folder: string): Map<string, number> {
  const counts = filesBelow(folder).map((path): [string, number] => [path, countIn(path)]);
  return new Map(counts.filter(([, count]) => count > 0));
}
