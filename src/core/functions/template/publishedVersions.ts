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

/** The logical ID or the name that a FunctionName property contains. */
function functionOf(name: unknown): string | undefined {
  const { Ref: reference, 'Fn::GetAtt': attribute } = record(name);
  const [logicalId] = Array.isArray(attribute) ? (attribute as unknown[]) : [];
  return textOf(name) ?? textOf(reference) ?? textOf(logicalId);
}

/** Collects the aliases and versions of all functions in a template, by the function's logical ID or name. */
export function publishedVersions(
  resources: Values,
  resolve: (value: unknown) => unknown,
): (logicalId: string, name: string) => Published {
  const byFunction = new Map<string, PublishedResources>();
  const entryOf = (id: string) => {
    const entry = byFunction.get(id) ?? { aliases: {}, versionCount: 0 };
    byFunction.set(id, entry);
    return entry;
  };
  for (const resource of Object.values(resources)) {
    const { Type, Properties } = record(resource);
    if (Type !== 'AWS::Lambda::Version' && Type !== 'AWS::Lambda::Alias') continue;
    const { FunctionName, Name, FunctionVersion } = record(Properties);
    const id = functionOf(FunctionName) ?? textOf(resolve(FunctionName));
    if (id === undefined) continue;
    if (Type === 'AWS::Lambda::Version') entryOf(id).versionCount++;
    const name = Type === 'AWS::Lambda::Alias' ? textOf(resolve(Name)) : undefined;
    if (name !== undefined) entryOf(id).aliases[name] = textOf(FunctionVersion) ?? '1';
  }
  return (logicalId, name) => {
    const entry = byFunction.get(logicalId) ?? byFunction.get(name);
    if (entry === undefined) return NONE;
    const versions = Array.from({ length: entry.versionCount }, (_, index) => String(index + 1));
    return { aliases: entry.aliases, versions };
  };
}
