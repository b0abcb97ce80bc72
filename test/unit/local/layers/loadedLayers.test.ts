import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

interface LayeredFunction {
  readonly name: string;
  readonly runtime: 'nodejs22.x' | 'python3.12' | 'provided.al2023';
  readonly layers: string;
  readonly environment?: string;
}

const FUNCTIONS: readonly LayeredFunction[] = [
  { name: 'NodePackages', runtime: 'nodejs22.x', layers: '[!Ref First, !Ref Second]' },
  { name: 'NodeImports', runtime: 'nodejs22.x', layers: '[!Ref First, !Ref Second]' },
  { name: 'NodeFiles', runtime: 'nodejs22.x', layers: '[!Ref First, !Ref Second]' },
  { name: 'NodeBuilt', runtime: 'nodejs22.x', layers: '[!Ref NodeSource]' },
  { name: 'NodePath', runtime: 'nodejs22.x', layers: '[!Ref First]', environment: "NODE_PATH: './:/opt/other'" },
  { name: 'python_packages', runtime: 'python3.12', layers: '[!Ref First, !Ref Second]' },
  { name: 'python_source', runtime: 'python3.12', layers: '[!Ref PythonSource]' },
  { name: 'python_opt', runtime: 'python3.12', layers: '[!Ref First, !Ref Second, !Ref PythonSource]' },
  { name: 'python_path', runtime: 'python3.12', layers: '[!Ref First]', environment: 'PYTHONPATH: /opt/other' },
  { name: 'Program', runtime: 'nodejs22.x', layers: '[!Ref First]' },
  { name: 'Custom', runtime: 'provided.al2023', layers: '[!Ref Runtime]' },
];

function resource({ name, runtime, layers, environment }: LayeredFunction): string {
  const variables = environment === undefined ? '' : `, Environment: { Variables: { ${environment} } }`;
  return `  ${name.replaceAll('_', '')}:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: ${name}, CodeUri: src, Handler: ${name}.handler, Runtime: ${runtime}, Timeout: 60,
      Layers: ${layers}${variables} }`;
}

function layer(name: string, method?: string): string {
  const metadata = method === undefined ? '' : `\n    Metadata: { BuildMethod: ${method} }`;
  return `  ${name}:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/${name} }${metadata}`;
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
${FUNCTIONS.map(resource).join('\n')}
${layer('First')}
${layer('Second')}
${layer('NodeSource', 'nodejs22.x')}
${layer('PythonSource', 'python3.12')}
${layer('Runtime')}
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'src/NodePackages.js': `exports.handler = async () => [require('shared'), require('only-first'), require('for-22')];`,
  'src/NodeImports.mjs': `import shared from 'shared'; import first from '/opt/nodejs/first.mjs';
    export const handler = async () => [shared, first];`,
  'src/NodeFiles.js': `exports.handler = async () => [require('/opt/nodejs/file'), require('/opt/nodejs/data.json').from];`,
  'src/NodeBuilt.js': `exports.handler = async () => [require('/opt/nodejs/util').name, require('installed')];`,
  'src/NodePath.js': `exports.handler = async () => require('elsewhere');`,
  'layers/First/nodejs/node_modules/shared/index.js': `module.exports = 'first';`,
  'layers/First/nodejs/node_modules/only-first/index.js': `module.exports = 'first uses ' + require('only-second');`,
  'layers/First/nodejs/node_modules/for-22/index.js': `module.exports = 'any version';`,
  'layers/First/nodejs/first.mjs': `export default 'first';`,
  'layers/First/nodejs/file.js': `module.exports = 'first';`,
  'layers/First/nodejs/data.json': `{ "from": "first" }`,
  'layers/First/other/elsewhere.js': `module.exports = 'other';`,
  'layers/Second/nodejs/node_modules/shared/index.js': `module.exports = 'second';`,
  'layers/Second/nodejs/node_modules/only-second/index.js': `module.exports = 'second';`,
  'layers/Second/nodejs/node22/node_modules/for-22/index.js': `module.exports = 'version 22';`,
  'layers/Second/nodejs/file.js': `module.exports = 'second';`,
  'layers/NodeSource/package.json': `{ "dependencies": { "installed": "1" } }`,
  'layers/NodeSource/util.js': `exports.name = 'source';`,
  '.aws-sam/build/NodeSource/nodejs/util.js': `exports.name = 'outdated build';`,
  '.aws-sam/build/NodeSource/nodejs/node_modules/installed/index.js': `module.exports = 'installed by the build';`,
  'src/python_packages.py': `import shared, only_first, for_312
def handler(event, context): return [shared.NAME, only_first.NAME, for_312.NAME]`,
  'layers/First/python/shared.py': `NAME = 'first'`,
  'layers/First/python/only_first.py': `NAME = 'first'`,
  'layers/First/python/for_312.py': `NAME = 'any version'`,
  'layers/Second/python/shared/__init__.py': `NAME = 'second'`,
  'layers/Second/python/lib/python3.12/site-packages/for_312.py': `NAME = 'version 3.12'`,
  'src/python_source.py': `import own, installed
def handler(event, context): return [own.NAME, installed.NAME]`,
  'layers/PythonSource/own.py': `NAME = 'source'`,
  'layers/PythonSource/requirements.txt': 'installed\n',
  '.aws-sam/build/PythonSource/python/own.py': `NAME = 'outdated build'`,
  '.aws-sam/build/PythonSource/python/installed.py': `NAME = 'installed by the build'`,
  'src/python_opt.py': `import sys
sys.path.insert(0, '/opt/python')
sys.path.append('/opt/other')
sys.path.append('/opt/nowhere')
import own, shared, parts.one, parts.two
def handler(event, context): return [own.__file__, shared.NAME, parts.one.NAME, parts.two.NAME]`,
  'layers/First/other/parts/one.py': `NAME = 'first'`,
  'layers/Second/other/parts/two.py': `NAME = 'second'`,
  'src/python_path.py': `import elsewhere
def handler(event, context):
    try:
        import only_first
    except ImportError as error:
        return [elsewhere.NAME, str(error)]`,
  'layers/First/other/elsewhere.py': `NAME = 'other'`,
  'src/Program.js': `exports.handler = async () => [require('node:child_process').execFileSync('li-tool').toString(), process.env.PATH];`,
  'layers/First/bin/li-tool': '#!/bin/sh\necho "runs with $LD_LIBRARY_PATH"\n',
  'layers/First/lib/libexample.so.txt': '',
  'src/readme.txt': '',
  'layers/Runtime/bootstrap': `#!/bin/sh
url="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  id=$(curl -sS -D - -o /dev/null "$url/invocation/next" | grep -i '^lambda-runtime-aws-request-id' | tr -d '\\r' | cut -d ' ' -f 2)
  curl -sS -o /dev/null "$url/invocation/$id/response" -d '"custom"'
done
`,
};

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(FILES, {});
}, 60_000);

afterAll(() => workspace.close());

/** The result of a function, or else its error. */
async function resultOf(name: string): Promise<unknown> {
  return (await workspace.invoke(name)).result;
}

describe('a Node.js function', () => {
  test('loads packages of its layers, and later layers override earlier ones', async () => {
    expect(await resultOf('NodePackages')).toEqual(['second', 'first uses second', 'version 22']);
  });

  test('imports packages and files of its layers as ES modules', async () => {
    expect(await resultOf('NodeImports')).toEqual(['second', 'first']);
  });

  test('requires files of its layers by their path in /opt', async () => {
    expect(await resultOf('NodeFiles')).toEqual(['second', 'first']);
  });

  test('loads the source of a layer, and the packages of its build', async () => {
    expect(await resultOf('NodeBuilt')).toEqual(['source', 'installed by the build']);
  });

  test('can name folders of its layers in NODE_PATH', async () => {
    expect(await resultOf('NodePath')).toBe('other');
  });
});

describe('a Python function', () => {
  test('loads modules of its layers, and later layers override earlier ones', async () => {
    expect(await resultOf('python_packages')).toEqual(['second', 'first', 'version 3.12']);
  });

  test('loads the source of a layer, and the packages of its build', async () => {
    expect(await resultOf('python_source')).toEqual(['source', 'installed by the build']);
  });

  test('can add folders below /opt to sys.path', async () => {
    expect(await resultOf('python_opt')).toEqual([
      expect.stringContaining('layers/PythonSource/own.py'),
      'second',
      'first',
      'second',
    ]);
  });

  test('with PYTHONPATH only loads modules from the layers that it names', async () => {
    expect(await resultOf('python_path')).toEqual(['other', "No module named 'only_first'"]);
  });
});

test('programs of layers are on the PATH, and shared libraries can be loaded', async () => {
  expect(await resultOf('Program')).toEqual([
    expect.stringContaining(`runs with /lib64:`),
    expect.stringContaining(`${workspace.folder}/layers/First/bin`),
  ]);
  expect(String(await resultOf('Program'))).toContain(`${workspace.folder}/layers/First/lib`);
});

test('a custom runtime can be in a layer', async () => {
  expect(await resultOf('Custom')).toBe('custom');
});
