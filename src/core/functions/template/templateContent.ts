import { isRecord } from '../../json/isRecord.ts';
import { baseName } from './templatePath.ts';
import { FUNCTION_TYPES, STACK_TEMPLATES } from './resourceTypes.ts';

const TYPES = [...FUNCTION_TYPES, ...Object.keys(STACK_TEMPLATES)];

const SERVERLESS_KEYS = ['service', 'provider', 'functions'] as const;

/**
 * Whether a file is named like a template: SAM, CloudFormation, cdk.out, .NET, or Serverless Framework. Such a file is
 * always read, and its errors are reported.
 */
export function isTemplateName(name: string): boolean {
  return /^(.+\.)?template\.(ya?ml|json)$|^(sam|serverless)\.(ya?ml|json)$|^serverless\.template$/.test(name);
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';
const isQuote = (character: string | undefined) => character === '"' || character === "'";

/** Whether the word at an offset is a key, quoted or not: at the start of a line, or after a brace or comma. */
function isKeyAt(text: string, start: number, end: number): boolean {
  let before = start - 1;
  if (isQuote(text[before])) before--;
  while (isBlank(text[before])) before--;
  let after = end;
  if (isQuote(text[after])) after++;
  while (isBlank(text[after])) after++;
  return text[after] === ':' && (before < 0 || ['\n', '\r', '{', ',', '\ufeff'].includes(text[before] ?? ''));
}

/** Whether a text has a key with this name at any depth. Doesn't find explicit keys, such as `? key`. */
export function hasKey(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length)) {
    if (isKeyAt(text, at, at + key.length)) return true;
  }
  return false;
}

/**
 * Whether a file may be a template with functions or nested stacks, judging by its name, or else by keywords in a .yaml,
 * .yml, .json, or .template file. Much cheaper than parsing: one pass per keyword.
 */
export function mayBeTemplate(name: string, text: string): boolean {
  const base = baseName(name);
  if (isTemplateName(base)) return true;
  if (!/\.(ya?ml|json|template)$/i.test(base)) return false;
  if (TYPES.some((type) => text.includes(type))) return hasKey(text, 'Resources');
  return SERVERLESS_KEYS.every((key) => hasKey(text, key));
}

/** Whether a key is at the root: at the start of a line, or in JSON anywhere. */
function hasRootKey(text: string, key: string): boolean {
  if (text.trimStart().startsWith('{')) return hasKey(text, key);
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length)) {
    const start = isQuote(text[at - 1]) ? at - 1 : at;
    if ((start === 0 || text[start - 1] === '\n') && isKeyAt(text, at, at + key.length)) return true;
  }
  return false;
}

/**
 * Whether the errors of a file that can't be parsed are reported: it's named like a template, or its root has the keys of
 * one.
 */
export function looksLikeTemplate(name: string, text: string): boolean {
  if (isTemplateName(baseName(name))) return true;
  const keys = TYPES.some((type) => text.includes(type)) ? ['Resources'] : SERVERLESS_KEYS;
  return keys.every((key) => hasRootKey(text, key));
}

/** Whether a parsed file is for the Serverless Framework rather than for SAM or CloudFormation. */
export function isServerlessFramework(file: string, root: unknown): boolean {
  if (!isRecord(root) || isRecord(root['Resources'])) return false;
  if (/^serverless\.(ya?ml|json)$/.test(baseName(file))) return true;
  return SERVERLESS_KEYS.every((key) => root[key] !== undefined);
}
