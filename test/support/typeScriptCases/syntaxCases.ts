import { returns, WORKS, type Case } from './projectCase.ts';

/** File types, imports, syntax of TypeScript, and tsconfig.json. */
export const SYNTAX_CASES: readonly Case[] = [
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
    title: 'import.meta and require in strings, and a variable named require',
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
];
