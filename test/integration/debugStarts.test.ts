import assert from 'node:assert/strict';
import { symlink, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { transform } from 'esbuild';
import * as vscode from 'vscode';
import type { PresetNode, PresetRow } from '../../src/host/presets/presetNodes.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import { PresetTree } from '../../src/host/presets/presetTree.ts';
import { historyEntry } from '../support/historyEntry.ts';
import {
  closeEditors,
  debugToPause,
  followDebugSessions,
  inWorkspace,
  openPresetFiles,
  untilPaused,
  withPresets,
  writeFile,
} from './workspace.ts';

const PRESETS = `{
  "presets": [
    { "name": "local", "FunctionName": "hello", "Payload": { "name": "Preset" }, "endpoint": "local" },
    { "name": "aws", "FunctionName": "123456789012:function:hello:live", "Payload": { "name": "AWS" }, "profile": "p", "InvocationType": "DryRun" },
    { "name": "unknown", "FunctionName": "helo", "endpoint": "local" }
  ],
  "localFunctions": { "hello": { "handler": "functions/hello.handler", "timeout": 1 } }
}`;

const TYPESCRIPT = `interface Greeting {
  readonly name: string;
}

export async function handler(event: Greeting): Promise<string> {
  const text: string = \`Hi \${event.name}\`;
  return text;
}
`;

async function evaluate({ session, frameId }: vscode.DebugStackFrame, expression: string): Promise<string> {
  const { result } = (await session.customRequest('evaluate', { expression, frameId })) as { readonly result: string };
  return result;
}

describe('Debugging starts', () => {
  const breakpoints: vscode.Breakpoint[] = [];
  const sessions = followDebugSessions();

  function breakAt(uri: vscode.Uri, line: number): void {
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line, 0)));
    breakpoints.push(breakpoint);
    vscode.debug.addBreakpoints([breakpoint]);
  }

  after(() => sessions.dispose());

  afterEach(async () => {
    vscode.debug.removeBreakpoints(breakpoints.splice(0));
    await sessions.stopAll();
    await closeEditors();
  });

  /** Debugs a preset until it pauses in the function, and returns the name in its event. */
  async function pausedName(row: PresetRow): Promise<string> {
    const run = vscode.commands.executeCommand('lambdaInvoke.preset.debug', row);
    const name = await evaluate(await untilPaused(run), 'event.name');
    await vscode.debug.stopDebugging();
    await run;
    return name;
  }

  /** Debugs a function that is compiled from `typed/src/greet.ts`, and expects that it pauses at a breakpoint there. */
  async function expectPauseInSource(handler: string): Promise<void> {
    const presets = JSON.stringify({
      presets: [{ name: 't', FunctionName: 'typed', payloadFile: 'events/typed.json', endpoint: 'local' }],
      localFunctions: { typed: { handler } },
    });
    await withPresets(presets, async () => {
      const fn = { file: inWorkspace('.vscode/lambda-invoke.json').fsPath, folder: inWorkspace('').fsPath };
      const view = {
        name: 'typed',
        plainName: 'typed',
        otherNames: [],
        runtime: 'nodejs20.x',
        handler: 'x',
        timeout: 3,
        memorySize: 128,
      };
      const row = { kind: 'function', fn: { ...view, ...fn, fileName: '', notes: [], canDebug: true } };
      const { run, frame } = await debugToPause(row);
      const { threadId } = frame;
      const { stackFrames } = (await frame.session.customRequest('stackTrace', { threadId })) as {
        readonly stackFrames: readonly { readonly line: number; readonly source: { readonly path: string } }[];
      };
      assert.ok(stackFrames[0]?.source.path.endsWith('typed/src/greet.ts'), stackFrames[0]?.source.path);
      assert.equal(stackFrames[0]?.line, 6);
      assert.equal(await evaluate(frame, 'event.name'), "'Ada'");
      await vscode.debug.stopDebugging();
      await run;
    });
  }

  it('from a preset with its payload, also from one for a deployed function', async () => {
    const files = await openPresetFiles();
    const tree = new PresetTree({ files, connection: () => ({ kind: 'local' }), selection: () => [] });
    breakAt(inWorkspace('functions/hello.mjs'), 3);
    const rowOf = async (name: string) => {
      const isRow = (node: PresetNode): node is PresetRow => node.kind === 'preset' && node.stored.preset.name === name;
      const stores = await tree.children();
      const rows = (await Promise.all(stores.map((store) => tree.children(store)))).flat();
      const row = rows.find(isRow);
      assert.ok(row);
      return row;
    };
    await withPresets(PRESETS, async () => {
      assert.equal(await pausedName(await rowOf('local')), "'Preset'");
      assert.equal(await pausedName(await rowOf('aws')), "'AWS'");
      const unknown = vscode.commands.executeCommand('lambdaInvoke.preset.debug', await rowOf('unknown'));
      await assert.rejects(Promise.resolve(unknown), /Did you mean hello/);
    });
    files.dispose();
  });

  it('from an invocation of a deployed function in the history, with the local function that is selected', async () => {
    breakAt(inWorkspace('functions/hello.mjs'), 3);
    const payload = { kind: 'file', uri: inWorkspace('events/hello.json').toString() } as const;
    const entry = historyEntry({
      invocation: { FunctionName: 'shop-hello-AB12', Qualifier: 'live', InvocationType: 'DryRun', payload },
      connection: { kind: 'aws', profile: 'p' },
    });
    const row = { kind: 'entry', entry };
    await withPresets(PRESETS, async () => {
      const run = vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.history.replay', row);
      const accept = setInterval(
        () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
        100,
      );
      try {
        assert.equal(await evaluate(await untilPaused(run), 'event.name'), "'Ada'");
      } finally {
        clearInterval(accept);
      }
      await vscode.debug.stopDebugging();
      await run;
    });
    await withPresets('{}', async () => {
      const replay = vscode.commands.executeCommand('lambdaInvoke.history.replay', row);
      await assert.rejects(Promise.resolve(replay), /No function "shop-hello-AB12" in this workspace/);
    });
  });

  it('from a payload file, with the function that matches it first', async () => {
    breakAt(inWorkspace('functions/hello.mjs'), 3);
    const run = vscode.commands.executeCommand('lambdaInvoke.debugFile', inWorkspace('events/hello.json'));
    const accept = setInterval(
      () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
      100,
    );
    try {
      const frame = await untilPaused(run);
      assert.equal(await evaluate(frame, 'event.name'), "'Ada'");
    } finally {
      clearInterval(accept);
    }
    await vscode.debug.stopDebugging();
    await run;
  });

  it('with breakpoints in TypeScript sources of compiled code', async () => {
    const source = await writeFile('typed/src/greet.ts', TYPESCRIPT);
    const { code } = await transform(TYPESCRIPT, {
      loader: 'ts',
      format: 'cjs',
      sourcemap: 'inline',
      sourcefile: '../src/greet.ts',
      minifyWhitespace: true,
    });
    await writeFile('typed/dist/greet.js', code);
    await writeFile('events/typed.json', '{ "name": "Ada" }');
    breakAt(source, 5);
    try {
      await expectPauseInSource('typed/dist/greet.handler');
    } finally {
      await vscode.workspace.fs.delete(inWorkspace('typed'), { recursive: true });
      await vscode.workspace.fs.delete(inWorkspace('events/typed.json'));
    }
  });

  it('with breakpoints in TypeScript that isn’t compiled, with and without a compiler in the project', async () => {
    const source = await writeFile('typed/src/greet.ts', TYPESCRIPT);
    await writeFile('events/typed.json', '{ "name": "Ada" }');
    breakAt(source, 5);
    try {
      await expectPauseInSource('typed/src/greet.handler');
      await vscode.workspace.fs.createDirectory(inWorkspace('typed/node_modules'));
      await symlink(
        dirname(require.resolve('esbuild/package.json')),
        inWorkspace('typed/node_modules/esbuild').fsPath,
        'junction',
      );
      await expectPauseInSource('typed/src/greet.handler');
    } finally {
      await unlink(inWorkspace('typed/node_modules/esbuild').fsPath);
      await vscode.workspace.fs.delete(inWorkspace('typed'), { recursive: true });
      await vscode.workspace.fs.delete(inWorkspace('events/typed.json'));
    }
  });
});
