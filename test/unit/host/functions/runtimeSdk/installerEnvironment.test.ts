import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { installerEnvironment } from '../../../../../src/host/functions/runtimeSdk/installerEnvironment.ts';

const path = (...folders: string[]) => folders.join(delimiter);

test('npm and pip do not see what belongs to the workspace', () => {
  const env = {
    PATH: path(
      '/project/node_modules/.bin',
      '/usr/bin',
      'relative',
      '',
      '/project',
      '/projects/bin',
      '/other/.venv/bin',
    ),
    HOME: '/home/ada',
    HTTPS_PROXY: 'http://proxy:8080',
    NPM_CONFIG_REGISTRY: 'https://registry.example',
    NPM_CONFIG_USERCONFIG: '/project/.npmrc',
    PIP_CONFIG_FILE: '/other/pip.conf',
    VSCODE_IPC_HOOK: 'x',
    ELECTRON_RUN_AS_NODE: '1',
    npm_config_registry: 'http://project.example',
    NODE_OPTIONS: '--require ./x.js',
    PYTHONPATH: '/lib',
    VIRTUAL_ENV: '/venv',
  };
  expect(installerEnvironment(env, ['/project', '/other'])).toEqual({
    PATH: path('/usr/bin', '/projects/bin'),
    HOME: '/home/ada',
    HTTPS_PROXY: 'http://proxy:8080',
    NPM_CONFIG_REGISTRY: 'https://registry.example',
  });
});

test('the PATH can have another spelling', () => {
  expect(installerEnvironment({ Path: path('/a', '/project/b') }, ['/project'])).toEqual({ Path: '/a' });
});
