import { expect } from 'vitest';
import { fails, like, returns, WORKS, type Case } from './projectCase.ts';

/** ES modules, packages, and errors. */
export const MODULE_CASES: readonly Case[] = [
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
