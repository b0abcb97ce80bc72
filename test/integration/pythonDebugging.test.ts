import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debugpyOfExtension } from '../../src/host/functions/pythonDebugger.ts';
import { isAlive } from '../support/isAlive.ts';
import {
  closeEditors,
  codeLenses,
  debugToPause,
  followDebugSessions,
  inWorkspace,
  waitUntil,
  writeFile,
  runRow,
} from './workspace.ts';

const TEMPLATE = `Globals:
  Function: { Runtime: python3.12, Timeout: 1, CodeUri: python/ }
Resources:
  GreetsFunction:
    Type: AWS::Serverless::Function
    Properties: { Handler: greets.handler }
  EndlessPython:
    Type: AWS::Serverless::Function
    Properties: { Handler: greets.endless }
`;

const HANDLER = `import os
import time


def handler(event, context):
    text = 'Hi ' + event['name']
    print(text)
    return {'text': text, 'pid': os.getpid()}


def endless(event, context):
    time.sleep(600)
`;

const FIRST_LINE = 5;

/** The log of a function. */
async function logOf(row: unknown): Promise<string> {
  await vscode.commands.executeCommand('lambdaInvoke.function.showLog', row);
  return vscode.window.activeTextEditor?.document.getText() ?? '';
}

describe('A debugged Python function', () => {
  const breakpoints: vscode.Breakpoint[] = [];
  const sessions = followDebugSessions();
  let handler: vscode.Uri;
  let row: unknown;
  let endlessRow: unknown;

  before(async () => {
    await writeFile('python.template.yaml', TEMPLATE);
    handler = await writeFile('python/greets.py', HANDLER);
    await writeFile('events/GreetsFunction.json', '{"name":"Ada"}');
    await writeFile('events/EndlessPython.json', '{}');
    await waitUntil(async () => {
      const lenses = await codeLenses(handler);
      const rows = lenses
        .filter(({ command }) => command?.title === 'Debug')
        .map(({ command }): unknown => command?.arguments?.[0]);
      [row, endlessRow] = rows;
      return rows.length === 2;
    }, 'two lenses Debug');
    breakpoints.push(new vscode.SourceBreakpoint(new vscode.Location(handler, new vscode.Position(FIRST_LINE, 0))));
    vscode.debug.addBreakpoints(breakpoints);
  });

  after(async () => {
    sessions.dispose();
    vscode.debug.removeBreakpoints(breakpoints);
    for (const path of ['python.template.yaml', 'python', 'events/GreetsFunction.json', 'events/EndlessPython.json'])
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });
  });

  afterEach(async () => {
    await sessions.stopAll();
    await closeEditors();
  });

  it('pauses at the first line of its handler longer than its timeout, and ends with its session', async () => {
    const { run, frame } = await debugToPause(row);
    const { session, frameId, threadId } = frame;
    assert.equal(session.type, 'debugpy');
    const stack = (await session.customRequest('stackTrace', { threadId })) as {
      readonly stackFrames: readonly { readonly line: number; readonly source: { readonly path: string } }[];
    };
    assert.equal(stack.stackFrames[0]?.line, FIRST_LINE + 1);
    assert.ok(stack.stackFrames[0].source.path.endsWith(handler.path));
    // A function with the same timeout that starts now times out, while the paused one doesn't.
    await runRow('lambdaInvoke.function.run', endlessRow);
    assert.match(await logOf(endlessRow), /Status: timeout/);
    const evaluate = async (expression: string) =>
      ((await session.customRequest('evaluate', { expression, frameId })) as { result: string }).result;
    assert.equal(await evaluate("event['name']"), "'Ada'");
    const pid = Number(await evaluate('os.getpid()'));
    assert.ok(isAlive(pid));
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await run;
    assert.match(await logOf(row), /\nHi Ada\nEND .*\nREPORT (?!.*Status: )/);
    assert.ok(isAlive(pid), 'the process handles further events');
    await vscode.debug.stopDebugging();
    await waitUntil(() => !isAlive(pid), 'the end of the process');
    // Without a debugger, it doesn't pause.
    await runRow('lambdaInvoke.function.run', row);
    assert.match(await logOf(row), /\nHi Ada\nEND .*\nREPORT [^\n]*\n*$/);
  });

  it('ends with its session, also at a breakpoint', async () => {
    const { run, frame } = await debugToPause(row);
    const { session, frameId } = frame;
    const { result } = (await session.customRequest('evaluate', { expression: 'os.getpid()', frameId })) as {
      readonly result: string;
    };
    await vscode.debug.stopDebugging();
    await run;
    await waitUntil(() => !isAlive(Number(result)), 'the end of the process');
  });

  it('requires the Python Debugger extension, and offers to show its page', async () => {
    const { getExtension } = vscode.extensions;
    const { showErrorMessage } = vscode.window;
    const shown: unknown[][] = [];
    try {
      vscode.extensions.getExtension = () => undefined;
      vscode.window.showErrorMessage = (...values: unknown[]) => {
        shown.push(values);
        return Promise.resolve(undefined);
      };
      assert.equal(await debugpyOfExtension(), undefined);
    } finally {
      vscode.extensions.getExtension = getExtension;
      vscode.window.showErrorMessage = showErrorMessage;
    }
    const text = 'The Python Debugger extension is required to debug Python functions.';
    assert.deepEqual(shown, [[text, 'Install Python Debugger']]);
  });
});
