import { SourceMap } from 'node:module';
import type { CompiledFile } from '../../code/typeScript/program.ts';

type MapPayload = ConstructorParameters<typeof SourceMap>[0];

/** As V8 shows it, such as `handler (/app.ts:1:2)`. */
interface Frame extends NodeJS.CallSite {
  toString: () => string;
}

/** The line and column of the source, starting at 1. */
type Position = readonly [line: number, column: number];

function createPositions(files: Readonly<Record<string, CompiledFile>>) {
  const maps = new Map<string, SourceMap>();
  return (file: string, line: number, column: number): Position | undefined => {
    const text = files[file]?.map;
    if (text === undefined) return undefined;
    const map = maps.get(file) ?? new SourceMap(JSON.parse(text) as MapPayload);
    maps.set(file, map);
    const entry = map.findEntry(line - 1, column - 1);
    return 'originalLine' in entry ? [entry.originalLine + 1, entry.originalColumn + 1] : undefined;
  };
}

function headerOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>'; // as V8
  }
}

/** Shows the lines and columns of the sources in stack traces, in V8's format. The function can replace this. */
export function installSourceMaps(files: Readonly<Record<string, CompiledFile>>): void {
  const positionOf = createPositions(files);
  const frameOf = (site: NodeJS.CallSite) => {
    const text = (site as Frame).toString();
    const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
    if (typeof file !== 'string' || line === null || column === null) return text;
    const position = positionOf(file, line, column);
    return position === undefined ? text : text.replace(`:${line}:${column}`, `:${position.join(':')}`);
  };
  Error.prepareStackTrace = (error, sites) =>
    [headerOf(error), ...sites.map((site) => `    at ${frameOf(site)}`)].join('\n');
}
