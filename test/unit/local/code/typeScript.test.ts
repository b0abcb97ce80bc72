import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { COMPILER_NAMES, installCompiler } from '../../../support/typeScriptProject.ts';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  readonly expected: unknown;
  /** Links of packages to folders of the workspace, relative to the code. */
  readonly links?: Readonly<Record<string, string>>;
}

const returns = (expression: string, before = '') =>
  `${before}\nexport const handler = async (event: unknown): Promise<unknown> => ${expression};`;

const WORKS = returns('"works"');
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const fails = (errorType: string, errorMessage: unknown): unknown =>
  expect.objectContaining({ errorType, errorMessage });

const CASES: readonly Case[] = [
  { title: 'a .ts file', files: { 'index.ts': WORKS }, expected: 'works' },
  { title: 'an .mts file', files: { 'index.mts': WORKS }, expected: 'works' },
  { title: 'a .cts file', files: { 'index.cts': WORKS }, expected: 'works' },
  {
    title: 'several variables in an exported declaration',
    files: {
      'index.ts': returns(
        '[x, y, z, typeof f, u, v, a, b]',
        `
import { x, y, z, f, a, b } from "./values";
let u = 1, v = 2`,
      ),
      'values.ts': `export const x: Map<string, number> | number = 1, y = [2, "," as string], { z } = { z: \`\${[3, 3]},\` };
export const f = <T, >(value: T, other = 1) => { let p = 1, q = 2; return value; }, a = 5
export let b: number, c = 6;
b = c + 1, c++;`,
    },
    expected: [1, [2, ','], '3,3,', 'function', 1, 2, 5, 7],
  },
  {
    title: 'import.meta and require in strings, and a require of its own',
    files: {
      'package.json': '{ "type": "module" }',
      'data.json': '{ "a": 1 }',
      'index.ts': returns(
        '[require("./data.json").a, typeof import.meta.url, "import.meta", `require`, /import.meta/.source, { require: 1 }.require, note]',
        `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const note: string = "orders require an ID"; // import.meta`,
      ),
    },
    expected: [1, 'string', 'import.meta', 'require', 'import.meta', 1, 'orders require an ID'],
  },
  {
    title: 'a file that starts with #!',
    files: { 'index.ts': `#!/usr/bin/env node\n${WORKS}` },
    expected: 'works',
  },
  {
    title: 'imports of package.json that name the output',
    files: {
      'package.json': '{ "type": "module", "imports": { "#lib/*": "./lib/*.js", "#b": { "default": "./lib/b.js" } } }',
      'index.ts': returns('a + b', 'import { a } from "#lib/a";\nimport { b } from "#b";'),
      'lib/a.ts': 'export const a: string = "a";',
      'lib/b.ts': 'export const b: string = "b";',
    },
    expected: 'ab',
  },
  {
    title: 'a package of ES modules',
    files: {
      'package.json': '{ "type": "module" }',
      'index.ts': returns('a', 'import { a } from "./a.js";'),
      'a.ts': 'export const a: string = "a";',
    },
    expected: 'a',
  },
  {
    title: 'a package of CommonJS',
    files: {
      'package.json': '{ "type": "commonjs" }',
      'index.ts': returns('a', 'import { a } from "./a";'),
      'a.ts': 'export const a: string = "a";',
    },
    expected: 'a',
  },
  {
    title: 'imports of types from a package that isn’t installed',
    files: {
      'index.ts':
        'import { Handler } from "aws-lambda";\nimport type { Context } from "nowhere";\nexport const handler: Handler = async (event, context: Context) => "works";',
    },
    expected: 'works',
  },
  {
    title: 'a type that is exported again',
    files: {
      'index.ts': `export { Shape } from "./shape";\nimport { Shape } from "./shape";\nexport { Shape as Form };\n${WORKS}`,
      'shape.ts': 'export interface Shape { readonly a: string }',
    },
    expected: 'works',
  },
  {
    title: 'imports without an extension, of a folder, and of a JavaScript file that is TypeScript',
    files: {
      'src/index.ts': returns(
        '[a, b, c, d]',
        'import { a } from "./a";\nimport { b } from "./b";\nimport { c } from "./c.js";\nimport { d } from "..";',
      ),
      'src/a.ts': 'export const a: number = 1;',
      'src/b/index.ts': 'export const b: number = 2;',
      'src/c.ts': 'export const c: number = 3;',
      'index.ts': 'export const d: number = 4;',
    },
    handler: 'src/index.handler',
    expected: [1, 2, 3, 4],
  },
  {
    title: 'enums',
    files: {
      'index.ts': returns(
        '[A.Two, A[2], B.X, C.Y]',
        'import { C } from "./c";\nenum A { One = 1, Two }\nconst enum B { X = "x" }',
      ),
      'c.ts': 'export const enum C { Y = 7 }',
    },
    expected: [2, 'Two', 'x', 7],
  },
  {
    title: 'parameter properties that class fields use',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "target": "es2020" } }',
      'index.ts': returns(
        'new A(1).next',
        'class A { next = this.value + 1; constructor(private readonly value: number) {} }',
      ),
    },
    expected: 2,
  },
  {
    title: 'JSON',
    files: {
      'index.ts': returns('[data.n, all.n]', 'import data from "./data.json";\nimport * as all from "./data.json";'),
      'data.json': '{ "n": 1 }',
    },
    expected: [1, 1],
  },
  {
    title: 'paths and extends of tsconfig.json',
    files: {
      'tsconfig.json': '{ "extends": "./config/base", // comment\n }',
      'config/base.json':
        '{ "compilerOptions": { "baseUrl": "..", "paths": { "@lib/*": ["lib/*"], "@one": ["lib/one.ts"] } } }',
      'src/index.ts': returns(
        '[a, one, based]',
        'import { a } from "@lib/a";\nimport { one } from "@one";\nimport { based } from "lib/based";',
      ),
      'lib/a.ts': 'export const a: string = "a";',
      'lib/one.ts': 'export const one: string = "one";',
      'lib/based.ts': 'export const based: string = "based";',
    },
    handler: 'src/index.handler',
    expected: ['a', 'one', 'based'],
  },
  {
    title: 'paths of a layer’s files',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "/opt/nodejs/*": ["./layer/*"] } } }',
      'index.ts': returns('a', 'import { a } from "/opt/nodejs/a";'),
      'layer/a.ts': 'export const a: string = "layer";',
    },
    expected: 'layer',
  },
  {
    title: 'the location of the file',
    files: {
      'src/index.ts': returns(
        '[basename(__dirname), basename(__filename), readFileSync(join(__dirname, "a.txt"), "utf8")]',
        'import { readFileSync } from "node:fs";\nimport { basename, join } from "path";',
      ),
      'src/a.txt': 'text',
    },
    handler: 'src/index.handler',
    expected: ['src', 'index.ts', 'text'],
  },
  {
    title: 'import.meta, and names that only CommonJS reserves',
    files: {
      'package.json': '{ "type": "module" }',
      'src/index.ts': returns(
        '[basename(__dirname), require("./a.json").a, basename(new URL("b.txt", import.meta.url).pathname)]',
        'import { createRequire } from "node:module";\nimport { basename, dirname } from "node:path";\nimport { fileURLToPath } from "node:url";\nconst __filename = fileURLToPath(import.meta.url);\nconst __dirname: string = dirname(__filename);\nconst require = createRequire(import.meta.url);',
      ),
      'src/a.json': '{ "a": 1 }',
    },
    handler: 'src/index.handler',
    expected: ['src', 1, 'b.txt'],
  },
  {
    title: 'import() of TypeScript',
    files: {
      'index.ts': returns('(await import("./later")).later'),
      'later.ts': 'export const later: string = "later";',
    },
    expected: 'later',
  },
  {
    title: 'await at the top level, also in a file that it imports',
    files: {
      'index.ts': returns(
        '[own, other]',
        'import { other } from "./other";\nconst own: number = await Promise.resolve(1);',
      ),
      'other.ts': 'import { third } from "./third";\nexport const other: number = third + 1;',
      'third.ts': 'export const third: number = await new Promise<number>((resolve) => setTimeout(resolve, 5, 3));',
    },
    expected: [1, 4],
  },
  {
    title: 'await at the top level for an imported function',
    files: {
      'index.ts': returns(
        '[value, await inner()]',
        'import { later } from "./later";\nconst value: string = await later();\nconst inner = async (): Promise<string> => await later();',
      ),
      'later.ts': 'export const later = (): Promise<string> => Promise.resolve("later");',
    },
    expected: ['later', 'later'],
  },
  {
    title: 'files that import each other',
    files: {
      'index.ts': returns('a()', 'import { a } from "./a";\nexport const name: string = "index";'),
      'a.ts': 'import { name } from "./index";\nexport function a(): string { return name; }',
    },
    expected: 'index',
  },
  {
    title: 'packages of CommonJS and ES modules, also without exports for require',
    files: {
      'index.ts': returns(
        '[common.a, named, defaultValue, hidden]',
        'import common from "common";\nimport { a as named } from "common";\nimport defaultValue from "modern";\nimport { hidden } from "hidden/sub";',
      ),
      'node_modules/common/index.js': 'exports.a = "a";',
      'node_modules/modern/package.json': '{ "type": "module", "exports": "./index.js" }',
      'node_modules/modern/index.js': 'export default "modern";',
      'node_modules/hidden/package.json': '{ "type": "module", "exports": { "./sub": { "import": "./sub.js" } } }',
      'node_modules/hidden/sub.js': 'export const hidden = "hidden";',
    },
    expected: ['a', 'a', 'modern', 'hidden'],
  },
  {
    title: 'packages of the workspace that aren’t built',
    files: {
      'index.ts': returns(
        '[shared, exported]',
        'import { shared } from "@own/shared";\nimport { exported } from "exporting";',
      ),
      'packages/shared/package.json': '{ "main": "dist/index.js" }',
      'packages/shared/src/index.ts': 'export { value as shared } from "./value";',
      'packages/shared/src/value.ts': 'export const value: string = "shared";',
      'packages/exporting/package.json': '{ "exports": { ".": "./lib/main.ts" } }',
      'packages/exporting/lib/main.ts': 'export const exported: string = "exported";',
    },
    links: { '@own/shared': 'packages/shared', exporting: 'packages/exporting' },
    expected: ['shared', 'exported'],
  },
  {
    title: 'subpath imports of package.json',
    files: {
      'package.json':
        '{ "type": "module", "imports": { "#a": "./lib/a.js", "#lib/*": { "types": "./x.d.ts", "default": "./lib/*.js" } } }',
      'src/index.ts': returns('[a, b]', 'import { a } from "#a";\nimport { b } from "#lib/b";'),
      'lib/a.ts': 'export const a: string = "a";',
      'lib/b.ts': 'export const b: string = "b";',
    },
    handler: 'src/index.handler',
    expected: ['a', 'b'],
  },
  {
    title: 'JavaScript with ES module syntax that imports TypeScript',
    files: {
      'index.ts': returns('a', 'import { a } from "./a";'),
      'a.js': 'import { b } from "./b";\nexport const a = b;',
      'b.ts': 'export const b: string = "b";',
    },
    expected: 'b',
  },
  {
    title: 'a syntax error, with its position',
    files: { 'src/index.ts': `const a: string = "a";\nconst b: = 1;\n${WORKS}` },
    handler: 'src/index.handler',
    expected: fails('Runtime.UserCodeSyntaxError', like(/^SyntaxError: .*[\\/]src[\\/]index\.ts:2:10: /)),
  },
  {
    title: 'a missing file',
    files: { 'index.ts': returns('a', 'import { a } from "./nowhere";') },
    expected: fails(
      'Runtime.ImportModuleError',
      like(/^Error: Cannot find module '\.\/nowhere'\nRequire stack:\n- .*index\.ts/),
    ),
  },
  {
    title: 'an error, with the lines and columns of the source',
    files: {
      'src/index.ts':
        'interface A {\n  readonly a: string;\n}\n\nfunction fail(a: A): never {\n  const text: string = a.a;   throw new RangeError(text);\n}\n\nexport async function handler(): Promise<void> {\n  fail({ a: "bad" });\n}\n',
    },
    handler: 'src/index.handler',
    expected: expect.objectContaining({
      errorType: 'RangeError',
      errorMessage: 'bad',
      trace: [
        'RangeError: bad',
        like(/^ {4}at fail \(.*[\\/]src[\\/]index\.ts:6:\d+\)$/),
        like(/^ {4}at (?:Runtime\.)?handler \(.*[\\/]src[\\/]index\.ts:10:3\)$/),
      ] as unknown,
    }),
  },
];

/** What the compiler of the extension doesn't support. */
const NEED_COMPILER: readonly Case[] = [
  {
    title: 'decorators',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'index.ts': returns(
        'names',
        'const names: string[] = [];\nfunction log(target: object, name: string): void { names.push(name); }\nexport class A {\n  @log\n  run(): void {}\n}',
      ),
    },
    expected: ['run'],
  },
  {
    title: 'namespaces',
    files: { 'index.ts': returns('A.b', 'namespace A {\n  export const b: string = "b";\n}') },
    expected: 'b',
  },
  {
    title: 'JSX',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }',
      'index.tsx': returns('<p>text</p>', 'const h = (name: string, _: null, text: string): string => name + text;'),
    },
    expected: 'ptext',
  },
];

/** What needs TypeScript. */
const METADATA: Case = {
  title: 'metadata of decorators',
  files: {
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
    'index.ts': returns(
      'types',
      'const types: string[] = [];\n(Reflect as any).metadata = (key: string, value: any) => () => { if (key === "design:type") types.push(value.name); };\nfunction log(target: object, name: string): void {}\nexport class A {\n  @log\n  name: string = "";\n}',
    ),
  },
  expected: ['String'],
};

const COMPILED: readonly (readonly [number, Case])[] = COMPILER_NAMES.flatMap((_, compiler) =>
  [...CASES, ...(compiler === 0 ? [] : NEED_COMPILER), ...(compiler === 2 ? [METADATA] : [])].map(
    (each) => [compiler, each] as const,
  ),
);

describe.each(NODE_PROGRAMS)('%s', (node) => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    const files = COMPILED.flatMap(([, each], index) =>
      Object.entries(each.files).map(([path, text]) => [`f${index}/${path}`, text] as const),
    );
    const functions = COMPILED.map(([compiler, { handler = 'index.handler' }], index) => {
      const runtime = compiler % 2 === 0 ? 'nodejs20.x' : 'nodejs24.x';
      return [`f${index}`, { handler, runtime, codeUri: `f${index}`, timeout: 30 }] as const;
    });
    const options = { runtimes: { ...LOCAL_RUNTIMES.runtimes, node } };
    workspace = await startTemporaryWorkspace(Object.fromEntries(files), Object.fromEntries(functions), options);
    for (const [index, [compiler, { links = {} }]] of COMPILED.entries()) {
      const folder = join(workspace.folder, `f${index}`);
      await installCompiler(folder, COMPILER_NAMES[compiler] ?? '');
      for (const [name, target] of Object.entries(links)) {
        const path = join(folder, 'node_modules', name);
        await mkdir(dirname(path), { recursive: true });
        await symlink(join(folder, target), path, process.platform === 'win32' ? 'junction' : 'dir');
      }
    }
  });

  afterAll(() => workspace.close());

  test.each(
    COMPILED.map(
      ([compiler, { title, expected }], index) => [COMPILER_NAMES[compiler], title, index, expected] as const,
    ),
  )('with %s, runs %s', async (_, _title, index, expected) => {
    const { result, log } = await workspace.invoke(`f${index}`);
    expect(result).toEqual(expected);
    expect(log).not.toContain('Warning');
    expect(log).not.toContain('[Lambda Invoke] /');
  });
});
