import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAllConfirmPatterns } from '../../src/host/connections/allConfirmPatterns.ts';
import { confirmPatterns } from '../../src/host/connections/confirmPatterns.ts';
import { networkSettings } from '../../src/host/connections/networkSettings.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import { setting } from '../../src/host/settings.ts';
import { inWorkspace, PRESETS, waitUntil, withPresets, withSetting, writeFile } from './workspace.ts';

const SETTINGS_FILE = '.vscode/settings.json';

/** Runs with workspace settings, after VS Code has loaded them. */
async function withWorkspaceSettings(settings: object, run: () => Promise<void>): Promise<void> {
  await writeFile(SETTINGS_FILE, JSON.stringify({ ...settings, 'lambdaInvoke.reveal': 'never' }));
  try {
    await waitUntil(() => setting('reveal') === 'never', 'the settings of the workspace');
    await run();
  } finally {
    await vscode.workspace.fs.delete(inWorkspace(SETTINGS_FILE));
    await waitUntil(() => setting('reveal') === 'always', 'the workspace settings to be removed');
  }
}

describe('Workspace settings', () => {
  it('can’t change what is stored or retried, even in a trusted workspace', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    await withSetting('output.logTail', false, async () => {
      const settings = { 'lambdaInvoke.output.logTail': true, 'lambdaInvoke.resend.attempts': 10 };
      await withWorkspaceSettings(settings, async () => {
        assert.equal(setting('output.logTail'), false);
        assert.equal(setting('resend.attempts'), 0);
      });
    });
  });

  it('can add confirmation patterns, but not remove them', async () => {
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

  it('are not the only source of confirmation patterns: a presets file adds its own', async () => {
    const all = createAllConfirmPatterns();
    const content = { presets: [{ name: 'hello', FunctionName: 'hello', endpoint: 'local' }], confirm: ['hel*', ''] };
    const hello = () => vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.invokePreset', 'hello');
    const localFunctions = { hello: { handler: 'functions/hello.handler' } };
    await withSetting('confirm', ['prod*'], async () => {
      assert.deepEqual(await all(), ['prod*']);
      await withPresets(JSON.stringify({ ...content, localFunctions }), async () => {
        assert.deepEqual(await all(), ['prod*', 'hel*']);
        // The question can't be answered in a test.
        assert.notEqual((await hello()).state, 'succeeded');
        await writeFile(PRESETS, JSON.stringify({ ...content, localFunctions, confirm: 'other' }));
        assert.deepEqual(await all(), ['prod*', 'other']);
        assert.equal((await hello()).state, 'succeeded');
        await writeFile(PRESETS, 'x'.repeat(10_000_001));
        assert.deepEqual(await all(), ['prod*', 'other']);
      });
      assert.deepEqual(await all(), ['prod*']);
    });
  });

  it('can’t set a proxy or turn off certificate validation', async () => {
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
