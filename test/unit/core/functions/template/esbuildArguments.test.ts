import { describe, expect, test } from 'vitest';
import { esbuildArguments } from '../../../../../src/core/functions/template/esbuildArguments.ts';

const DEFAULTS = ['--bundle', '--platform=node', '--target=es2020', '--format=cjs', '--minify'];

describe('BuildProperties', () => {
  test('have the defaults of the SAM CLI', () => {
    expect(esbuildArguments({})).toEqual([...DEFAULTS, '--sourcemap=linked']);
  });

  test.each<[Record<string, unknown>, string[]]>([
    [
      { Minify: false, Target: 'es2022', Format: 'esm' },
      ['--bundle', '--platform=node', '--target=es2022', '--format=esm'],
    ],
    [{ External: ['aws-sdk', '@aws-sdk/*'] }, [...DEFAULTS, '--external:aws-sdk', '--external:@aws-sdk/*']],
    [{ MainFields: 'module,main' }, [...DEFAULTS, '--main-fields=module,main']],
    [{ OutExtension: ['.js=.mjs'] }, [...DEFAULTS, '--out-extension:.js=.mjs']],
    [{ Loader: ['.png=dataurl'], Define: ['A="1"'] }, [...DEFAULTS, '--loader:.png=dataurl', '--define:A="1"']],
    [{ Banner: ['js=//x'], Footer: ['js=//y'] }, [...DEFAULTS, '--banner:js=//x', '--footer:js=//y']],
    [{ KeepNames: true, TreeShaking: true }, [...DEFAULTS, '--keep-names', '--tree-shaking']],
    [{ Alias: ['a=b'] }, [...DEFAULTS, '--alias:a=b']],
    [{ Sourcemap: false, EntryPoints: ['app.ts'], UseNpmCi: true, Watch: true }, DEFAULTS],
    [{ Bundle: false, Platform: 'browser', Outdir: '/' }, DEFAULTS],
  ])('%j become arguments', (properties, args) => {
    expect(esbuildArguments(properties)).toEqual([...args, '--sourcemap=linked']);
  });
});
