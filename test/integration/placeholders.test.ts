import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Invocation } from '../../src/core/invocation/invocation.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import { createPlaceholders } from '../../src/host/functions/placeholders.ts';
import { closeEditors, inWorkspace, withPresets, withSetting, writeFile } from './workspace.ts';

const TEMPLATE = `Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Unsure:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs22.x, Environment: { Variables: { TABLE: !Ref Table } } }
  Sure:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs22.x, Environment: { Variables: { TABLE: orders } } }`;

const CODE = 'exports.handler = async () => process.env.TABLE;';

const preset = (name: string) => ({ name, FunctionName: name, endpoint: 'local' });

function invoke(name: string): Thenable<OutcomeSnapshot> {
  return vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.invokePreset', name);
}

describe('Placeholders of environment variables', () => {
  before(async () => {
    await writeFile('placeholders/template.yaml', TEMPLATE);
    await writeFile('placeholders/index.js', CODE);
  });

  after(async () => {
    await vscode.workspace.fs.delete(inWorkspace('placeholders'), { recursive: true });
    await closeEditors();
  });

  it('need no confirmation without credentials', async () => {
    await withPresets(JSON.stringify({ presets: [preset('Unsure')] }), async () => {
      assert.equal((await invoke('Unsure')).payloadText, '"Table"');
    });
  });

  it('need confirmation with credentials, and other functions don’t', async () => {
    await withSetting('local.credentials', 'profile', () =>
      withPresets(JSON.stringify({ presets: [preset('Unsure'), preset('Sure')] }), async () => {
        assert.equal((await invoke('Sure')).payloadText, '"orders"');
        // VS Code refuses to show a modal dialog while it runs tests.
        const { state, payloadText, reason } = await invoke('Unsure');
        assert.equal(state, 'failed');
        assert.equal(payloadText, undefined);
        assert.match(reason ?? '', /Run Unsure with placeholder values\?/);
        await writeFile('placeholders/env.json', '{ "Unsure": { "TABLE": "real" } }');
        assert.equal((await invoke('Unsure')).payloadText, '"real"');
        await vscode.workspace.fs.delete(inWorkspace('placeholders/env.json'));
      }),
    );
  });

  it('are replaced by the environment of a preset', async () => {
    const presets = [{ ...preset('Unsure'), environment: { TABLE: 'of-preset' } }, { ...preset('Sure') }];
    await withSetting('local.credentials', 'profile', () =>
      withPresets(JSON.stringify({ presets }), async () => {
        assert.equal((await invoke('Unsure')).payloadText, '"of-preset"');
        assert.equal((await invoke('Sure')).payloadText, '"orders"');
      }),
    );
  });

  it('are named if they may have caused an error', async () => {
    const ask = () => Promise.resolve(['TABLE']);
    const placeholders = createPlaceholders({ ask }, () => Promise.reject(new Error('not asked')));
    const explained = async (errorType: string) => {
      const Payload = Buffer.from(JSON.stringify({ errorType, errorMessage: 'x' }));
      const response = { StatusCode: 200, FunctionError: 'Unhandled', Payload, connection: { kind: 'local' } } as const;
      return (await placeholders.explain('Unsure', response)).fallbackAdvice?.args;
    };
    assert.deepEqual(await explained('ResourceNotFoundException'), ['TABLE']);
    assert.equal(await explained('OrderRejected'), undefined);
  });

  it('are confirmed once for a function and its variables', async () => {
    const questions: string[] = [];
    let answer = true;
    let names = ['A', 'B'];
    const placeholders = createPlaceholders(
      { ask: ({ what }) => Promise.resolve(what === 'placeholders' ? names : undefined) },
      (question, { detail, answers }) => {
        questions.push(`${question} ${detail?.[0]}`);
        return Promise.resolve(answer ? answers[0] : undefined);
      },
    );
    const confirm = (
      FunctionName: string,
      InvocationType: Invocation['InvocationType'] = 'RequestResponse',
      environment?: Record<string, string>,
    ) => {
      const invocation = { FunctionName, InvocationType, payload: { kind: 'none' } } as const;
      return placeholders.confirm({ invocation, ...(environment && { environment }) });
    };
    answer = false;
    assert.equal(await confirm('f'), false);
    answer = true;
    assert.deepEqual(await Promise.all([confirm('f'), confirm('f')]), [true, true]);
    assert.equal(await confirm('arn:aws:lambda:us-east-1:000000000000:function:f'), true);
    names = ['B', 'A'];
    assert.equal(await confirm('f'), true);
    assert.deepEqual(questions, Array(2).fill('Run f with placeholder values? Placeholder values: A, B'));
    names = ['A', 'B', 'C'];
    assert.equal(await confirm('f'), true);
    assert.equal(await confirm('g'), true);
    assert.equal(questions.length, 4);
    assert.equal(await confirm('h', 'DryRun'), true);
    assert.equal(await confirm('h', 'Event', { A: '1', B: '2', C: '3' }), true);
    names = [];
    assert.equal(await confirm('h'), true);
    assert.equal(questions.length, 4);
  });
});
