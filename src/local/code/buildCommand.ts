import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isRecord } from '../../core/json/isRecord.ts';
import { parseJsonc } from '../../core/json/parseJsonc.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { isFile } from './pathKind.ts';
import { findHandler, modulePathOf } from './handlerFiles.ts';

/** A command, and the folder to run it in. */
interface BuildCommand {
  readonly command: string;
  readonly folder: string;
}

const LOCKFILES: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** Go's names for Lambda's architectures. */
const GO_ARCHITECTURES: Readonly<Record<string, string>> = { arm64: 'arm64', x86_64: 'amd64' };

/** A folder and its parents up to `root`, or only the folder if it's outside. */
function upwards(from: string, root: string): string[] {
  const folders = [from];
  for (let folder = from; folder !== root && folder.startsWith(root + sep);) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The package manager of a project by its lockfile, as a prefix of commands. */
function scriptRunner(folder: string, root: string): string {
  const lockfile = upwards(folder, root)
    .flatMap((each) => Object.keys(LOCKFILES).filter((name) => existsSync(join(each, name))))
    .at(0);
  return `${LOCKFILES[lockfile ?? ''] ?? 'npm'} run`;
}

const SCRIPTS = ['build', 'compile', 'bundle', 'package'];

/** The build script of the nearest package.json that has one. */
function packageScript(from: string, root: string): BuildCommand | undefined {
  for (const folder of upwards(from, root)) {
    const content: unknown = parseJsonc(textOf(join(folder, 'package.json')) ?? '');
    const scripts = isRecord(content) && isRecord(content['scripts']) ? content['scripts'] : {};
    const script = [...SCRIPTS, ...Object.keys(scripts)].find(
      (name) => typeof scripts[name] === 'string' && SCRIPTS.includes(name.split(':')[0] ?? ''),
    );
    if (script !== undefined) return { command: `${scriptRunner(folder, root)} ${script}`, folder };
  }
  return undefined;
}

const hasBuildTarget = (folder: string) => /^build\s*:/m.test(textOf(join(folder, 'Makefile')) ?? '');

/** The target `build` of the nearest Makefile that has one. */
function makeCommand(from: string, root: string): BuildCommand | undefined {
  const folder = upwards(from, root).find(hasBuildTarget);
  return folder === undefined ? undefined : { command: 'make build', folder };
}

/** The command of the nearest Gradle or Maven project, with its own wrapper if it has one. */
function jvmCommand(from: string, root: string): BuildCommand | undefined {
  const has = (folder: string, names: readonly string[]) => names.some((name) => existsSync(join(folder, name)));
  const run = process.platform === 'win32' ? '.\\' : './';
  for (const folder of upwards(from, root)) {
    if (has(folder, ['build.gradle', 'build.gradle.kts']))
      return { command: `${has(folder, ['gradlew']) ? `${run}gradlew` : 'gradle'} build`, folder };
    if (has(folder, ['pom.xml'])) return { command: `${has(folder, ['mvnw']) ? `${run}mvnw` : 'mvn'} package`, folder };
  }
  return undefined;
}

/** The command that creates a `bootstrap`. */
function nativeCommand(from: string, { folder: root, fn }: WorkspaceFunction): BuildCommand | undefined {
  const goArchitecture = GO_ARCHITECTURES[fn.architecture ?? 'x86_64'] ?? 'amd64';
  const goTarget = process.platform === 'linux' ? `GOOS=linux GOARCH=${goArchitecture} ` : '';
  for (const folder of upwards(from, root)) {
    if (existsSync(join(folder, 'Cargo.toml'))) return { command: 'cargo lambda build --release', folder };
    if (hasBuildTarget(folder)) return { command: 'make build', folder };
    if (existsSync(join(folder, 'go.mod'))) return { command: `${goTarget}go build -o bootstrap`, folder };
  }
  return undefined;
}

/** The command of the tool that the template belongs to. */
function toolCommand({ build, folder, file, taskRoot }: WorkspaceFunction): BuildCommand | undefined {
  const output = [file, taskRoot].find((path) => path.split(sep).includes('cdk.out'));
  if (output !== undefined) return { command: 'cdk synth', folder: output.slice(0, output.lastIndexOf('cdk.out') - 1) };
  if (build?.tool === 'sam') return { command: 'sam build', folder: build.folder };
  if (build?.tool === 'serverless') return { command: 'serverless package', folder: build.folder };
  return folder === '' ? undefined : packageScript(taskRoot, folder);
}

/** The command that updates a build. `isCompiled`: it's the output of a compiler, not of the template's tool. */
export function rebuildCommand(definition: WorkspaceFunction, isCompiled: boolean): string {
  const { taskRoot, folder } = definition;
  const command = isCompiled ? packageScript(taskRoot, folder) : toolCommand(definition);
  return command?.command ?? 'npx tsc';
}

/** The command of the project that creates a missing code folder or program. Undefined if none is known. */
function commandFor(missing: string, definition: WorkspaceFunction): BuildCommand | undefined {
  const { fn, folder: root, build } = definition;
  if (missing.split(sep).includes('cdk.out')) return toolCommand(definition);
  const from = dirname(missing);
  const isNative = fn.runtime.startsWith('provided');
  if (isNative && build?.tool === 'sam' && build.method !== undefined) return toolCommand(definition);
  if (isNative) return nativeCommand(from, definition) ?? packageScript(from, root) ?? toolCommand(definition);
  const script = packageScript(from, root) ?? makeCommand(from, root) ?? jvmCommand(from, root);
  return script ?? (build?.tool === 'serverless' ? toolCommand(definition) : undefined);
}

/** The message for a code folder or a program that isn't built yet, with the project's command. */
export function notBuilt(missing: string, definition: WorkspaceFunction): Message {
  const command = commandFor(missing, definition);
  const shown = relative(definition.folder, missing) || missing;
  const path = shown.split(sep)[0] === '..' ? missing : shown;
  if (command === undefined) return message('codeNotBuilt', path);
  const folder = relative(definition.folder, command.folder);
  return folder === ''
    ? message('codeNotBuiltYet', path, command.command)
    : message('codeNotBuiltYetIn', path, command.command, folder);
}

/** Output folders of compilers and packagers. If a folder with another name is missing, the handler is wrong. */
const OUTPUTS = new Set(['dist', 'build', 'lib', 'out', 'output', 'bin', 'target', '.build', '.webpack', '.esbuild']);

/** The code folder, or the output folder that the handler is in, if it doesn't exist. */
export function missingFolder(taskRoot: string, { handler, runtime }: WorkspaceFunction['fn']): string | undefined {
  if (!existsSync(taskRoot)) return taskRoot;
  if (!runtime.startsWith('nodejs')) return undefined;
  let folder = taskRoot;
  for (const part of dirname(modulePathOf({ handler, runtime })).split('/')) {
    folder = join(folder, part);
    if (!existsSync(folder)) return OUTPUTS.has(part) ? folder : undefined;
  }
  return undefined;
}

/** A note for the list of functions if the code isn't built yet. To be fast, it doesn't look for all builds. */
export function notBuiltNotes(definition: WorkspaceFunction): readonly Message[] {
  const { taskRoot, builtRoot, build, fn } = definition;
  const { folders = [], archives = [] } = build?.tool === 'serverless' ? build : {};
  const outputs = folders.map((name) => join(build?.folder ?? '', name));
  const roots = [taskRoot, ...(builtRoot === undefined ? [] : [builtRoot]), ...outputs];
  const files = [taskRoot, ...archives.map((name) => join(build?.folder ?? '', name))];
  if (roots.some((root) => findHandler(root, fn) !== undefined) || files.some(isFile)) return [];
  const isNative = fn.runtime.startsWith('provided');
  const missing = missingFolder(taskRoot, fn) ?? (isNative ? join(taskRoot, 'bootstrap') : undefined);
  return missing === undefined ? [] : [notBuilt(missing, definition)];
}
