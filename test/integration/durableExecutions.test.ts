import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DURABLE_RUNTIME } from '../support/durableRuntime.ts';
import { acceptAll, closeEditors, codeLenses, inWorkspace, readText, waitUntil, writeFile } from './workspace.ts';

const TEMPLATE = `Resources:
  Patient:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: patient.handler
      Runtime: nodejs22.x
      Timeout: 30
      DurableConfig: { ExecutionTimeout: 600 }
`;

const CODE = `const { durable, note } = require('./durable.js');
const file = __dirname + '/notes.txt';
exports.handler = durable(async (event, ctx) => {
  await ctx.step('before', () => note(file, 'before'));
  await ctx.wait('long', 3600);
  await ctx.step('after', () => note(file, 'after'));
});
`;

describe('Durable executions on Local', () => {
  after(async () => {
    await closeEditors();
    for (const path of ['durable', 'events/Patient.json'])
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });
  });

  it('a function of a template runs, and Select Durable Execution skips its wait', async () => {
    await writeFile('durable/durable.js', DURABLE_RUNTIME);
    const handler = await writeFile('durable/patient.js', CODE);
    await writeFile('durable/template.yaml', TEMPLATE);
    // Otherwise it asks which of the events of other tests to send.
    await writeFile('events/Patient.json', '{}');
    let row: unknown;
    await waitUntil(async () => {
      row = ((await codeLenses(handler))[0]?.command?.arguments as unknown[] | undefined)?.[0];
      return row !== undefined;
    }, 'the lens of the function');
    const run = vscode.commands.executeCommand('lambdaInvoke.function.run', row);
    const notes = () => readText('durable/notes.txt').catch(() => '');
    await waitUntil(async () => (await notes()) === 'before\n', 'the first step');
    await waitUntil(async () => {
      await vscode.commands.executeCommand('lambdaInvoke.function.showLog', row);
      return vscode.window.activeTextEditor?.document.getText().includes('REPORT') === true;
    }, 'the end of the first invocation, which has started the wait');
    // The only execution is the first row, and its wait the first action. Once it has resumed, the first action is Stop.
    await acceptAll(vscode.commands.executeCommand('lambdaInvoke.durable.select'));
    await run;
    assert.equal(await notes(), 'before\nafter\n');
  });
});
