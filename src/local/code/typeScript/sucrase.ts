// A separate bundle, because it's only loaded for projects without esbuild and TypeScript, and for files whose names conflict
// with those of CommonJS.
export { transform } from 'sucrase';
export { parse } from 'sucrase/dist/esm/parser/index.js';
export { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types.js';
