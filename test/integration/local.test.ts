import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import {
  closeEditors,
  formTabs,
  settledFormTabs,
  waitUntil,
  withPresets,
  withSetting,
  writeFile,
} from './workspace.ts';

function invokePreset(name: string): Thenable<OutcomeSnapshot> {
  return vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.invokePreset', name);
}

describe('Local functions, without an AWS account', () => {
  afterEach(closeEditors);

  it('runs a preset and returns its outcome', async () => {
    const outcome = await invokePreset('hello');
    assert.equal(outcome.state, 'succeeded');
    assert.equal(outcome.StatusCode, 200);
    assert.equal(outcome.ExecutedVersion, '$LATEST');
    assert.equal(outcome.payloadText, '{"message":"Hello, Ada!","received":{"name":"Ada"}}');
    assert.match(
      outcome.logTail ?? '',
      /^START RequestId: .*\n(?:\[Lambda Invoke\] .*\n)?.*greeting Ada\nEND RequestId: .*\nREPORT RequestId: /,
    );
  });

  it('opens the form with the invocation, without taking the focus', async () => {
    const uri = await writeFile('events/focus.json', '{}');
    await vscode.window.showTextDocument(uri);
    await invokePreset('hello');
    await waitUntil(() => formTabs().includes('Invoke hello'), 'a form named for its function');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
  });

  it('opens no form with reveal set to never, and only for failures with onFailure', async () => {
    await withSetting('reveal', 'never', async () => {
      await invokePreset('throws');
      assert.deepEqual(await settledFormTabs(), []);
    });
    await withSetting('reveal', 'onFailure', async () => {
      await invokePreset('hello');
      assert.deepEqual(await settledFormTabs(), []);
      await invokePreset('throws');
      await waitUntil(() => formTabs().length === 1, 'a form for the failure');
    });
  });

  it('returns a function error with its payload', async () => {
    const outcome = await invokePreset('throws');
    assert.equal(outcome.state, 'functionError');
    assert.equal(outcome.FunctionError, 'Unhandled');
    const { errorType, errorMessage } = JSON.parse(outcome.payloadText ?? '') as Record<string, string>;
    assert.equal(errorType, 'OrderRejected');
    assert.equal(errorMessage, 'The order was rejected: the sample asks for it');
  });

  it('the concurrency setting limits what runs at the same time', async () => {
    const presets = ['first', 'second'].map((name) => ({
      name,
      FunctionName: 'counts',
      Payload: { to: 2, everyMs: 500 },
      endpoint: 'local',
    }));
    const localFunctions = { counts: { handler: 'functions/counts.handler' } };
    await withPresets(JSON.stringify({ presets, localFunctions }), () =>
      withSetting('local.concurrency', 1, async () => {
        const outcomes = await Promise.all([invokePreset('first'), invokePreset('second')]);
        const exceptions = outcomes.flatMap(({ exception }) => (exception === undefined ? [] : [exception.name]));
        assert.deepEqual(exceptions, ['TooManyRequestsException']);
      }),
    );
  });

  it('client context and tenant reach the function', async () => {
    const { payloadText = '' } = await invokePreset('context');
    const { clientContext, tenantId } = JSON.parse(payloadText) as Record<string, unknown>;
    assert.deepEqual(clientContext, { custom: { screen: 'sample' } });
    assert.equal(tenantId, 'tenant-1');
  });

  it('returns the complete streamed response with its log', async () => {
    const preset = {
      name: 'streamed',
      FunctionName: 'counts',
      InvokeMode: 'RESPONSE_STREAM',
      Payload: { to: 3, everyMs: 10 },
      endpoint: 'local',
    };
    const localFunctions = { counts: { handler: 'functions/counts.handler' } };
    await withPresets(JSON.stringify({ presets: [preset], localFunctions }), async () => {
      const outcome = await invokePreset('streamed');
      assert.equal(outcome.state, 'succeeded');
      assert.equal(outcome.payloadText, '1 of 3\n2 of 3\n3 of 3\n');
      assert.match(outcome.logTail ?? '', /writing 3/);
    });
  });

  it('rejects an unknown preset and lists the available ones', async () => {
    await assert.rejects(async () => invokePreset('nobody'), /No preset is named "nobody"\. Available presets: hello/);
  });

  it('reports an unknown function with the functions of the workspace, and with the Lambda exception', async () => {
    const preset = { name: 'gone', FunctionName: 'gone', endpoint: 'local' };
    const fn = { handler: 'functions/hello.handler', runtime: 'nodejs22.x' };
    const failures = [
      [{}, 'No function "gone" in this workspace. Use New Local Function… to create one.'],
      [{ greet: fn }, 'No function "gone" in this workspace. Available functions: greet.'],
      [{ greet: fn, goner: fn }, 'No function "gone" in this workspace. Did you mean goner?'],
    ] as const;
    for (const [localFunctions, expected] of failures) {
      await withPresets(JSON.stringify({ presets: [preset], localFunctions }), async () => {
        const { state, reason, exception } = await invokePreset('gone');
        assert.equal(state, 'failed');
        assert.equal(reason, expected);
        assert.match(exception?.message ?? '', /^Function not found: arn:aws:lambda:.*:function:gone:\$LATEST/);
      });
    }
  });

  it('repeats the last invocation', async () => {
    const first = await invokePreset('hello');
    const again = await vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.repeatLast');
    assert.equal(again.payloadText, first.payloadText);
    assert.notEqual(again.requestId, first.requestId);
  });
});
