import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
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

const TEMPLATE = `Resources:
  PausedFunction:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs18.x, CodeUri: debugged/, Handler: paused.handler }
`;

const HANDLER = `import { writeFileSync } from 'node:fs';

export async function handler() {
  const { pid } = process;
  writeFileSync(new URL('continued', import.meta.url), '');
  return pid;
}
`;

/** The 0-based line of the breakpoint. */
const PAUSED_LINE = 3;

/** A function that waits at its breakpoint. */
interface Pause {
  /** The session that VS Code has started. */
  readonly session: vscode.DebugSession;
  readonly pid: number;
  /** Evaluates an expression in the function. */
  readonly evaluate: (expression: string) => Promise<string>;
  /** Ends with the event. */
  readonly run: Thenable<unknown>;
}

describe('A debugged function', () => {
  let sessions: ReturnType<typeof followDebugSessions>;
  /** For each attached debugger, how many sessions VS Code hadn't ended then. */
  const overlaps: number[] = [];
  const owned: vscode.Disposable[] = [];
  let row: unknown;

  before(async () => {
    await writeFile('debugged.template.yaml', TEMPLATE);
    const handler = await writeFile('debugged/paused.mjs', HANDLER);
    await writeFile('events/PausedFunction.json', '{}');
    await waitUntil(async () => {
      const lenses = await codeLenses(handler);
      row = (lenses[0]?.command?.arguments as unknown[] | undefined)?.[0];
      return row !== undefined;
    }, 'lenses over the handler');
    vscode.debug.onDidStartDebugSession(
      ({ parentSession }) => {
        if (parentSession === undefined) overlaps.push(sessions.running.size);
      },
      undefined,
      owned,
    );
    sessions = followDebugSessions(); // after that listener, which counts only earlier sessions
    owned.push(sessions);
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(handler, new vscode.Position(PAUSED_LINE, 0)));
    vscode.debug.addBreakpoints([breakpoint]);
    owned.push({ dispose: () => vscode.debug.removeBreakpoints([breakpoint]) });
  });

  after(async () => {
    for (const each of owned) each.dispose();
    for (const path of ['debugged.template.yaml', 'debugged', 'events/PausedFunction.json'])
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });
  });

  afterEach(async () => {
    await sessions.stopAll();
    await closeEditors();
  });

  /** Debugs the function until it waits at the breakpoint. */
  async function pause(): Promise<Pause> {
    const { run, frame } = await debugToPause(row);
    const { session, frameId } = frame;
    const evaluate = async (expression: string) => {
      const answer = (await session.customRequest('evaluate', { expression, frameId })) as { result: string };
      return answer.result;
    };
    return { session: session.parentSession ?? session, pid: Number(await evaluate('process.pid')), evaluate, run };
  }

  it('ends with its session at a breakpoint without continuing, and runs without a debugger afterwards', async () => {
    const { pid, run } = await pause();
    await sessions.stopAll();
    await run;
    await waitUntil(() => !isAlive(pid), 'the end of the process');
    assert.ok(!existsSync(inWorkspace('debugged/continued').fsPath), 'the function continues');
    await runRow('lambdaInvoke.function.run', row);
    assert.equal(sessions.running.size, 0);
  });

  it('ends when it is debugged again, and the second session continues', async () => {
    const first = await pause();
    overlaps.length = 0;
    const second = await pause();
    assert.deepEqual(overlaps, [0], 'the sessions of the first process have ended');
    await first.run;
    await waitUntil(() => !isAlive(first.pid), 'the end of the first process');
    await waitUntil(() => !sessions.running.has(first.session.id), 'the end of the first session');
    assert.equal(await second.evaluate('process.pid'), String(second.pid));
    assert.notEqual(second.pid, first.pid);
    await sessions.stopAll();
    await second.run;
    await waitUntil(() => !isAlive(second.pid), 'the end of the second process');
  });

  it('doesn’t publish the address of its debugger, nor open one in its child processes', async () => {
    const { session, evaluate, run } = await pause();
    const { host } = new URL(String(session.configuration['websocketAddress']));
    for (const path of ['/json', '/json/list']) assert.equal((await fetch(`http://${host}${path}`)).status, 404);
    assert.equal(await evaluate('String([process.env.NODE_OPTIONS, process.env.VSCODE_INSPECTOR_OPTIONS])'), "','");
    await sessions.stopAll();
    await run;
  });
});
