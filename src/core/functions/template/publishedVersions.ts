import { textOf, record, type Values } from './templateFunction.ts';

/** Aliases and versions of a function that are declared as separate resources. */
export interface Published {
  readonly aliases: Readonly<Record<string, string>>;
  readonly versions: readonly string[];
}

const NONE: Published = { aliases: {}, versions: [] };

interface Found {
  readonly aliases: Record<string, string>;
  versionCount: number;
}

/** The logical ID that a FunctionName property references. An alias may also contain the name itself. */
function functionOf(name: unknown): string | undefined {
  return textOf(record(name)['Ref']);
}

/** Collects the aliases and versions of all functions in a template, by the function's logical ID. */
export function publishedVersions(resources: Values): (logicalId: string) => Published {
  const found = new Map<string, Found>();
  const of = (id: string) => {
    const known = found.get(id) ?? { aliases: {}, versionCount: 0 };
    found.set(id, known);
    return known;
  };
  for (const resource of Object.values(resources)) {
    const { Type, Properties } = record(resource);
    const { FunctionName, Name, FunctionVersion } = record(Properties);
    const referred = functionOf(FunctionName);
    if (Type === 'AWS::Lambda::Version' && referred !== undefined) of(referred).versionCount++;
    if (Type !== 'AWS::Lambda::Alias') continue;
    const id = textOf(FunctionName) ?? referred;
    const name = textOf(Name);
    if (id !== undefined && name !== undefined) of(id).aliases[name] = textOf(FunctionVersion) ?? '1';
  }
  return (logicalId) => {
    const one = found.get(logicalId);
    if (one === undefined) return NONE;
    const versions = Array.from({ length: one.versionCount }, (_, index) => String(index + 1));
    return { aliases: one.aliases, versions };
  };
}
