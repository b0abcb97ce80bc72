/**
 * Options that the SAM CLI sets or ignores, and options with which esbuild would keep running or hide its messages.
 */
const NOT_PASSED =
  /^(bundle|platform|outdir|outfile|entry-points|use-npm-ci|watch|serve|servedir|metafile|log-level|sourcemap)$/;

/** `MainFields` → `main-fields`. */
function toOptionName(property: string): string {
  return property
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&')
    .replaceAll('_', '-')
    .toLowerCase();
}

function argumentsOf(name: string, value: unknown): string[] {
  if (typeof value === 'boolean') return value ? [`--${name}`] : [];
  if (Array.isArray(value)) return value.map((item) => `--${name}:${String(item)}`);
  return [`--${name}=${String(value)}`];
}

/**
 * The arguments of esbuild for the `BuildProperties` of a SAM function, without the entry points and the output folder.
 * In addition to the SAM CLI's arguments, source maps are linked. Source: SAM developer guide, "Building Node.js Lambda
 * functions with esbuild"; aws-lambda-builders, nodejs_npm_esbuild/esbuild.py.
 */
export function esbuildArguments(properties: Readonly<Record<string, unknown>>): string[] {
  const options = Object.entries(properties).map(([name, value]) => [toOptionName(name), value] as const);
  const isSet = (name: string) => options.some(([each]) => each === name);
  return [
    '--bundle',
    '--platform=node',
    ...(isSet('target') ? [] : ['--target=es2020']),
    ...(isSet('format') ? [] : ['--format=cjs']),
    ...(isSet('minify') ? [] : ['--minify']),
    ...options.flatMap(([name, value]) =>
      NOT_PASSED.test(name) || value === undefined || value === null ? [] : argumentsOf(name, value),
    ),
    '--sourcemap=linked', // for stack traces and breakpoints
  ];
}
