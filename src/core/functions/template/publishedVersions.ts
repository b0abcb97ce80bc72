import { textOf, record, type Values } from './templateFunction.ts';

/** Aliases and versions of a function that are declared as separate resources. */
export interface Published {
  readonly aliases: Readonly<Record<string, string>>;
  readonly versions: readonly string[];
}

const NONE: Published = { aliases: {}, versions: [] };

interface PublishedResources {
  readonly aliases: Record<string, string>;
  versionCount: number;
}

/** The logical ID that a FunctionName property references. An alias may also contain the name itself. */
function functionOf(name: unknown): string | undefined {
  return textOf(record(name)['Ref']);
}

/** Collects the aliases and versions of all functions in a template, by the function's logical ID. */
export function publishedVersions(resources: Values): (logicalId: string) => Published {
  const byFunction = new Map<string, PublishedResources>();
  const entryOf = (id: string) => {
    const entry = byFunction.get(id) ?? { aliases: {}, versionCount: 0 };
    byFunction.set(id, entry);
    return entry;
  };
  for (const resource of Object.values(resources)) {
    const { Type, Properties } = record(resource);
    const { FunctionName, Name, FunctionVersion } = record(Properties);
    const referencedId = functionOf(FunctionName);
    if (Type === 'AWS::Lambda::Version' && referencedId !== undefined) entryOf(referencedId).versionCount++;
    if (Type !== 'AWS::Lambda::Alias') continue;
    const id = textOf(FunctionName) ?? referencedId;
    const name = textOf(Name);
    if (id !== undefined && name !== undefined) entryOf(id).aliases[name] = textOf(FunctionVersion) ?? '1';
  }
  return (logicalId) => {
    const entry = byFunction.get(logicalId);
    if (entry === undefined) return NONE;
    const versions = Array.from({ length: entry.versionCount }, (_, index) => String(index + 1));
    return { aliases: entry.aliases, versions };
  };
}
