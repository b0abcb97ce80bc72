import { parse } from 'smol-toml';
import { isRecord } from '../json/isRecord.ts';
import { listsModule } from './pythonRequirements.ts';

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** The entries of lists of requirements, such as `requests>=2`. */
function linesOf(lists: readonly unknown[]): string[] {
  return lists.flat().filter((value) => typeof value === 'string');
}

/** The packages in pyproject.toml. Source: Python Packaging User Guide, "pyproject.toml specification"; Poetry's documentation. */
function projectPackages(content: Readonly<Record<string, unknown>>): string[] {
  const project = record(content['project']);
  const poetry = record(record(content['tool'])['poetry']);
  const groups = Object.values(record(poetry['group'])).map((group) => record(record(group)['dependencies']));
  const tables = [record(poetry['dependencies']), record(poetry['dev-dependencies']), ...groups];
  return [
    ...linesOf([project['dependencies']]),
    ...linesOf(Object.values(record(project['optional-dependencies']))),
    ...linesOf(Object.values(record(content['dependency-groups']))),
    ...tables.flatMap(Object.keys),
  ];
}

/** Whether pyproject.toml or Pipfile lists the package of a module. False if the file isn't valid. */
export function projectListsModule(text: string, module: string): boolean {
  try {
    const content = record(parse(text));
    const pipenv = [content['packages'], content['dev-packages']].flatMap((table) => Object.keys(record(table)));
    return listsModule([...projectPackages(content), ...pipenv].join('\n'), module);
  } catch {
    return false;
  }
}

/** Whether pyproject.toml is that of a project of Poetry. */
export function isPoetryProject(text: string): boolean {
  return text.includes('[tool.poetry');
}
