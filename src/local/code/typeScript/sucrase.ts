// A bundle of its own, because it's only loaded when needed: without esbuild and TypeScript in the project, and for files
// with names that CommonJS has, too.
export { transform } from 'sucrase';
export { parse } from 'sucrase/dist/esm/parser/index.js';
export { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types.js';
