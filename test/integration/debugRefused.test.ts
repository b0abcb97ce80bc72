import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ControlRequest } from '../../src/core/functions/localFunctionView.ts';
import { startDebugging } from '../../src/host/functions/debugFunction.ts';
import { DebugSessions } from '../../src/host/functions/debugSessions.ts';
import { localFunctionView } from '../support/localFunctionView.ts';
import { inWorkspace } from './workspace.ts';

describe('Debug Locally', () => {
  it('reports that VS Code didn’t start the session, and ends the process', async () => {
    const provider = vscode.debug.registerDebugConfigurationProvider('node', {
      resolveDebugConfiguration: () => undefined,
    });
    const started: string[] = [];
    const stopped = new Set<string>();
    const local = {
      ask: (request: ControlRequest) => {
        if (request.what === 'stopDebugging') {
          stopped.add(request.address);
          return Promise.reject(new Error('the endpoint has gone'));
        }
        assert.equal(request.what, 'debug');
        const address = `ws://127.0.0.1:1/${started.length}`;
        started.push(address);
        return Promise.resolve({ address, pid: 2 ** 30 });
      },
    };
    const fn = localFunctionView('refused', {
      folder: inWorkspace('').fsPath,
      file: inWorkspace('template.yaml').fsPath,
    });
    const sessions = new DebugSessions();
    try {
      const expected = /VS Code didn't start the debug session/;
      const debug = () => assert.rejects(startDebugging(fn, { local, sessions }), expected);
      await Promise.all([debug(), debug()]); // a double-click
      // Doesn't wait for sessions that never started.
      await debug();
    } finally {
      provider.dispose();
      sessions.dispose();
    }
    assert.equal(started.length, 3);
    assert.deepEqual([...stopped].sort(), started);
  });
});
