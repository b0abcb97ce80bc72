import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
  };
}

/**
 * Who can set a setting. `user`: only user settings, because a workspace could store data, send data or cause costs.
 * `trusted`: also trusted workspaces. `anyone`: also untrusted workspaces, because it only affects what is shown.
 */
type Authority = 'user' | 'trusted' | 'anyone';

/** Who can set each setting, and why. Add new settings here. */
const AUTHORITIES: Readonly<Record<string, readonly [Authority, string]>> = {
  'lambdaInvoke.reveal': ['anyone', 'selects where a result is shown'],
  'lambdaInvoke.codeLens.payloadFolders': ['anyone', 'selects where a code lens is shown; clicking it prompts first'],
  'lambdaInvoke.saveBeforeInvoke': ['trusted', 'writes files, and determines which bytes are sent'],
  'lambdaInvoke.confirm': ['trusted', 'protects; user and workspace patterns are combined'],
  'lambdaInvoke.output.logTail': ['user', 'stores logs in a log file of VS Code'],
  'lambdaInvoke.history.keepBodies': ['user', 'stores payloads and responses in files'],
  'lambdaInvoke.log.fetch': ['user', 'sends requests to CloudWatch Logs'],
  'lambdaInvoke.endpoint': ['trusted', 'sends signed requests to another server'],
  'lambdaInvoke.resend.attempts': ['user', 'retries requests, which can cause costs'],
  'lambdaInvoke.templates.include': ['trusted', 'selects the files that are read to list functions'],
  'lambdaInvoke.templates.exclude': ['trusted', 'selects the files that are read to list functions'],
  'lambdaInvoke.local.nodePath': ['trusted', 'runs a program'],
  'lambdaInvoke.local.pythonPath': ['trusted', 'runs a program'],
  'lambdaInvoke.local.layers': ['trusted', 'loads code'],
  'lambdaInvoke.local.nodeSdkPath': ['user', 'selects a folder with code that all workspaces run'],
  'lambdaInvoke.local.pythonSdkPath': ['user', 'selects a folder with code that all workspaces run'],
  'lambdaInvoke.local.credentials': ['trusted', 'passes credentials to code'],
  'lambdaInvoke.local.concurrency': ['trusted', 'limits the number of processes'],
};

const { capabilities, contributes } = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
const { properties } = contributes.configuration;

describe('settings', () => {
  test('are all classified by who can set them', () => {
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(AUTHORITIES).toSorted());
  });

  test('that affect more than the display are restricted in untrusted workspaces', () => {
    const expected = Object.entries(AUTHORITIES).flatMap(([key, [authority]]) => (authority === 'anyone' ? [] : [key]));
    expect(restrictedConfigurations.toSorted()).toEqual(expected.toSorted());
  });

  test.each(Object.entries(AUTHORITIES))('%s has the scope for who can set it', (key, [authority]) => {
    const isUserOnly = properties[key]?.scope === 'application';
    expect(isUserOnly).toBe(authority === 'user');
  });
});
