import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEditors,
  codeLenses,
  debugToPause,
  inWorkspace,
  waitUntil,
  withPresets,
  writeFile,
  runRow,
} from './workspace.ts';

const TEMPLATE = `Globals:
  Function: { Runtime: nodejs18.x, Timeout: 2 }
Resources:
  GreetFunction:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: sam/, Handler: greet.handler }
  EndlessFunction:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: sam/, Handler: endless.handler }
  ImageFunction:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image }
`;

const HANDLER = `const word = 'Hi';

export async function handler(event) {
  const text = word + ' ' + event.name;
  console.log(text);
  return { text };
}
`;

/** Always times out. */
const ENDLESS = `export async function handler() {
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}
`;

async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  return (await codeLenses(uri)).map(({ command, range }) => `${range.start.line}: ${command?.title}`);
}

/** The argument that the lenses pass to their commands: the function. */
async function rowOf(uri: vscode.Uri): Promise<unknown> {
  return ((await codeLenses(uri))[0]?.command?.arguments as unknown[] | undefined)?.[0];
}

/** The last line of the function's log. */
async function lastReport(row: unknown): Promise<string> {
  await vscode.commands.executeCommand('lambdaInvoke.function.showLog', row);
  const log = vscode.window.activeTextEditor?.document.getText() ?? '';
  return log.trimEnd().split('\n').at(-1) ?? '';
}

describe('Functions of the workspace', () => {
  let handler: vscode.Uri;
  let endless: vscode.Uri;

  before(async () => {
    await writeFile('template.yaml', TEMPLATE);
    handler = await writeFile('sam/greet.mjs', HANDLER);
    endless = await writeFile('sam/endless.mjs', ENDLESS);
    await writeFile('events/GreetFunction.json', '{"name":"Ada"}');
    await writeFile('events/EndlessFunction.json', '{}');
    // The endpoint reads the new files with a delay.
    await waitUntil(async () => (await lensTitles(handler)).length > 0, 'lenses over the handler');
  });

  after(async () => {
    for (const path of ['template.yaml', 'sam', 'events/GreetFunction.json', 'events/EndlessFunction.json'])
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });
  });

  afterEach(closeEditors);

  it('have the code lenses Run, Debug and Open in Form', async () => {
    assert.deepEqual(await lensTitles(handler), ['2: $(play) Run GreetFunction', '2: Debug', '2: Open in Form']);
  });

  it('run with the event file of the same name, and store their complete log', async () => {
    const row = await rowOf(handler);
    await runRow('lambdaInvoke.function.run', row);
    await vscode.commands.executeCommand('lambdaInvoke.function.showLog', row);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'lambda-invoke-log');
    assert.match(
      editor.document.getText(),
      /^START RequestId: .*\n(?:\[Lambda Invoke\] .*\n)?.*INFO\tHi Ada\nEND RequestId: .*\nREPORT /,
    );
  });

  it('start cold after Restart', async () => {
    const row = await rowOf(handler);
    await runRow('lambdaInvoke.function.run', row);
    await vscode.commands.executeCommand('lambdaInvoke.function.restart', row);
    await runRow('lambdaInvoke.function.run', row);
    assert.match(await lastReport(row), /^REPORT .*Init Duration: /);
  });

  it('open their handler and their template', async () => {
    const row = await rowOf(handler);
    await vscode.commands.executeCommand('lambdaInvoke.function.openHandler', row);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, handler.fsPath);
    assert.equal(vscode.window.activeTextEditor.selection.start.line, 2);
    await vscode.commands.executeCommand('lambdaInvoke.function.openTemplate', row);
    assert.equal(vscode.window.activeTextEditor.document.uri.fsPath, inWorkspace('template.yaml').fsPath);
    assert.equal(vscode.window.activeTextEditor.selection.start.line, 3);
  });

  it('pause at a breakpoint longer than their timeout, and end with the debug session', async () => {
    const row = await rowOf(handler);
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(handler, new vscode.Position(4, 0)));
    vscode.debug.addBreakpoints([breakpoint]);
    const { run, frame } = await debugToPause(row);
    const { session, frameId } = frame;
    // A function with the same timeout that starts now times out, while the paused one doesn't.
    const endlessRow = await rowOf(endless);
    await runRow('lambdaInvoke.function.run', endlessRow);
    assert.match(await lastReport(endlessRow), /Status: timeout/);
    const answer = (await session.customRequest('evaluate', { expression: 'text', frameId })) as { result: string };
    assert.equal(answer.result, "'Hi Ada'");
    vscode.debug.removeBreakpoints([breakpoint]);
    await session.customRequest('continue', { threadId: 0 }).then(undefined, () => undefined);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await run;
    await vscode.commands.executeCommand('lambdaInvoke.function.showLog', row);
    const log = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(log, /INFO\tHi Ada\nEND .*\nREPORT (?!.*Status: )/);
    assert.doesNotMatch(log, /Debugger/);
    await vscode.debug.stopDebugging();
    const isCold = async () => {
      await runRow('lambdaInvoke.function.run', row);
      return (await lastReport(row)).includes('Init Duration: ');
    };
    await waitUntil(isCold, 'a process without a debugger');
  });

  it('include those in localFunctions', async () => {
    const presets = '{ "presets": [], "localFunctions": { "own": { "handler": "sam/greet.handler" } } }';
    await withPresets(presets, async () => {
      await waitUntil(async () => (await lensTitles(handler)).some((title) => title.includes('Run own')), 'a lens');
    });
  });
});
