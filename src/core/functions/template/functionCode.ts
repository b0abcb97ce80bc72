import { cdkAssetPath, cdkAssetsFile, cdkParameterPath } from '../cdkAssets.ts';
import { isRecord } from '../../json/isRecord.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** The code folder of a function relative to the template's folder, or why the code isn't available locally. */
export interface FunctionCode {
  readonly folder?: string;
  readonly obstacle?: Message;
  /** A file that tells the folder. */
  readonly neededFile?: string;
}

/** A function as its template defines it. */
export interface DefinedFunction {
  /** With intrinsic functions resolved. */
  readonly properties: Values;
  readonly ownProperties: Values;
  readonly metadata: Values;
}

/** The first parameter that a value refers to and that names an asset of CDK 1. */
function assetParameter(value: unknown, budget: WorkBudget): string | undefined {
  budget.step();
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  const name = isRecord(value) ? textOf(value['Ref']) : undefined;
  const path = name === undefined ? undefined : cdkParameterPath(name);
  if (path !== undefined) return path;
  return budget.nest(() => {
    for (const part of Object.values(value)) {
      const found = assetParameter(part, budget);
      if (found !== undefined) return found;
    }
    return undefined;
  });
}

/** The code of a CDK function without asset metadata. */
function assetCode(
  { properties, ownProperties }: DefinedFunction,
  { file, files }: TemplateFiles,
  budget: WorkBudget,
): FunctionCode {
  const key = textOf(record(properties['Code'])['S3Key']);
  const manifest = cdkAssetsFile(file);
  if (key === undefined) {
    const folder = assetParameter(record(ownProperties['Code'])['S3Key'], budget);
    return folder === undefined ? { obstacle: message('codeNotHere') } : { folder };
  }
  const text = manifest === undefined ? undefined : files?.get(manifest);
  const folder = manifest === undefined ? undefined : cdkAssetPath(key, text ?? undefined);
  if (folder === undefined || manifest === undefined) return { obstacle: message('codeNotHere') };
  return { folder, ...(text === undefined && { neededFile: manifest }) };
}

/** The template's path, and other files of its folder by name. */
interface TemplateFiles {
  readonly file: string;
  readonly files?: ReadonlyMap<string, string | null>;
}

/**
 * Finds the code of a function: a local path, or a CDK asset by its metadata or hash. Throws WorkBudgetExceeded. Source:
 * SAM and CloudFormation template references, CodeUri and Code.
 */
export function functionCode(definition: DefinedFunction, source: TemplateFiles, budget: WorkBudget): FunctionCode {
  const { properties, metadata } = definition;
  if (properties['PackageType'] === 'Image' || properties['ImageUri'] !== undefined)
    return { obstacle: message('imageNotHere') };
  const asset = textOf(metadata['aws:asset:path']);
  if (asset !== undefined) return { folder: asset };
  const code = properties['CodeUri'] ?? properties['Code'];
  if (properties['InlineCode'] !== undefined || record(code)['ZipFile'] !== undefined)
    return { obstacle: message('inlineCodeNotHere') };
  if (record(code)['ImageUri'] !== undefined) return { obstacle: message('imageNotHere') };
  if (code === undefined || code === null) return { folder: '' };
  if (typeof code === 'string' && !/^(s3|https?):/i.test(code)) return { folder: localPath(code) };
  return record(code)['S3Key'] === undefined
    ? { obstacle: message('codeNotHere') }
    : assetCode(definition, source, budget);
}

/** The path of a `file:` URL, or else the text itself. */
export function localPath(text: string): string {
  if (!/^file:\/\//i.test(text)) return text;
  const path = text.slice('file://'.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
