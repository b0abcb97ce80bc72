// A separate bundle, because it's only loaded for projects without esbuild and TypeScript.
export { transform } from 'sucrase';
