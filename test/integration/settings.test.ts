import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmPatterns } from '../../src/host/connections/confirmPatterns.ts';
import { networkSettings } from '../../src/host/connections/networkSettings.ts';
import { setting } from '../../src/host/settings.ts';
import { inWorkspace, waitFor, withSetting, writeFile } from './workspace.ts';

const SETTINGS_FILE = '.vscode/settings.json';

/** Runs with settings of the workspace, once VS Code has read them. */
async function withWorkspaceSettings(settings: object, run: () => Promise<void>): Promise<void> {
  await writeFile(SETTINGS_FILE, JSON.stringify({ ...settings, 'lambdaInvoke.reveal': 'never' }));
  try {
    await waitFor(() => setting('reveal') === 'never', 'the settings of the workspace');
    await run();
  } finally {
    await vscode.workspace.fs.delete(inWorkspace(SETTINGS_FILE));
    await waitFor(() => setting('reveal') === 'always', 'the settings without those of the workspace');
  }
}

describe('settings of a workspace', () => {
  it('change neither what is stored nor what is sent again, also where the workspace is trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    await withSetting('output.logTail', false, async () => {
      const settings = { 'lambdaInvoke.output.logTail': true, 'lambdaInvoke.resend.attempts': 10 };
      await withWorkspaceSettings(settings, async () => {
        assert.equal(setting('output.logTail'), false);
        assert.equal(setting('resend.attempts'), 0);
      });
    });
  });

  it('add patterns that need confirmation and take none away', async () => {
    await withSetting('confirm', ['prod*'], async () => {
      for (const [value, expected] of [
        [[], ['prod*']],
        [['stage'], ['prod*', 'stage']],
        [null, ['prod*']],
        ['stage', ['prod*', 'stage']],
      ] as const) {
        await withWorkspaceSettings({ 'lambdaInvoke.confirm': value }, () => {
          assert.deepEqual(confirmPatterns().toSorted(), [...expected]);
          return Promise.resolve();
        });
      }
    });
  });

  it('lead requests through no proxy and turn off no check of certificates', async () => {
    const before = networkSettings();
    const settings = {
      'http.proxy': 'http://127.0.0.1:9',
      'http.proxyStrictSSL': false,
      'http.proxyAuthorization': 'Basic eDp5',
      'http.noProxy': ['*'],
      'http.proxySupport': 'off',
      'http.systemCertificates': false,
    };
    await withWorkspaceSettings(settings, () => {
      assert.deepEqual(networkSettings(), before);
      return Promise.resolve();
    });
  });
});
