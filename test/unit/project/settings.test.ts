import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
  };
}

/**
 * Who decides about a setting. `user`: only the user's own settings, because a workspace could store, send or cost more.
 * `trusted`: also a workspace, once it is trusted. `anyone`: also a workspace that isn't, because it changes only what shows.
 */
type Authority = 'user' | 'trusted' | 'anyone';

/** Every contributed setting with who decides about it, and why. A new setting is added here by hand. */
const AUTHORITIES: Readonly<Record<string, readonly [Authority, string]>> = {
  'lambdaInvoke.reveal': ['anyone', 'chooses where a result shows'],
  'lambdaInvoke.codeLens.payloadFolders': ['anyone', 'chooses where a code lens shows; a click on it asks first'],
  'lambdaInvoke.saveBeforeInvoke': ['trusted', 'writes files, and decides which bytes are sent'],
  'lambdaInvoke.confirm': ['trusted', 'protects; patterns of the user and of the workspace add up'],
  'lambdaInvoke.output.logTail': ['user', 'stores logs in a file of VS Code'],
  'lambdaInvoke.endpoint': ['trusted', 'sends signed requests to another server'],
  'lambdaInvoke.resend.attempts': ['user', 'sends a request again, which can cost'],
  'lambdaInvoke.local.nodePath': ['trusted', 'runs a program'],
  'lambdaInvoke.local.pythonPath': ['trusted', 'runs a program'],
  'lambdaInvoke.local.credentials': ['trusted', 'hands credentials to code'],
  'lambdaInvoke.local.concurrency': ['trusted', 'runs that many processes'],
};

const { capabilities, contributes } = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
const { properties } = contributes.configuration;

describe('settings', () => {
  test('are all classified by who decides about them', () => {
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(AUTHORITIES).toSorted());
  });

  test('that do more than show are restricted in a workspace that is not trusted', () => {
    const expected = Object.entries(AUTHORITIES).flatMap(([key, [authority]]) => (authority === 'anyone' ? [] : [key]));
    expect(restrictedConfigurations.toSorted()).toEqual(expected.toSorted());
  });

  test.each(Object.entries(AUTHORITIES))('%s has the scope of who decides about it', (key, [authority]) => {
    const isUserOnly = properties[key]?.scope === 'application';
    expect(isUserOnly).toBe(authority === 'user');
  });
});
