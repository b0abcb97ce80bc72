import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/contributions.ts';
import * as lambda from '../support/lambdaServer.ts';
import {
  closeEditors,
  followDebugSessions,
  inWorkspace,
  openCurrent,
  readText,
  waitUntil,
  withPresets,
  withSetting,
  writeFile,
} from './workspace.ts';
import { fileOf, refresh, test, testing, useServer } from './testedServer.ts';

describe('The Test Explorer', () => {
  const { behave, bodies, invoked, requests, withTests } = useServer();

  it('runs every preset with expect once, and then only those that failed', async () => {
    const presets = [test('passes', {}), test('noTest'), test('fails', { Payload: { id: 1 } }), test('also', {})];
    await withTests(presets, async () => {
      await testing('runAll');
      await requests(3);
      assert.deepEqual(invoked(), ['passes', 'fails', 'also']);
      await testing('reRunFailTests');
      await requests(1);
      assert.deepEqual(invoked(), ['fails']);
      behave(lambda.answers({ body: '{"id": 1.0}' }));
      await testing('reRunFailTests');
      await requests(1);
      assert.deepEqual(invoked(), ['fails']);
      await testing('reRunFailTests');
      await testing('reRunLastRun');
      await requests(1);
      assert.deepEqual(invoked(), ['fails']);
    });
  });

  it('stops waiting when a run is stopped, and runs no further test', async () => {
    await withTests([test('hangs', {}), test('never', {})], async () => {
      let isClosed = false;
      behave((response) => response.on('close', () => (isClosed = true)));
      const run = testing('runAll');
      await requests(1);
      await testing('cancelRun');
      await waitUntil(() => isClosed, 'the end of the connection');
      await run;
      assert.deepEqual(invoked(), ['hangs']);
    });
  });

  it('runs each row of the cases as a test, with its values', async () => {
    await writeFile('cases/rows.jsonl', '{"id": 9007199254740993}\n{"name": "two", "id": "x"}\n');
    behave((response, request) => lambda.answers({ body: request.body })(response, request));
    const row = { cases: 'cases/rows.jsonl', Payload: { id: '${case:id}', text: 'of ${case:name}' } };
    await withTests([test('rows', { Payload: { id: '${case:id}' } }, row)], async () => {
      await testing('runAll');
      await requests(2);
      assert.deepEqual(invoked(), ['rows', 'rows']);
      assert.deepEqual(
        bodies()
          .slice(-2)
          .map((body) => body.replaceAll(/\s/g, '')),
        ['{"id":9007199254740993,"text":"of1"}', '{"id":"x","text":"oftwo"}'],
      );
      await testing('reRunFailTests');
      assert.deepEqual(invoked(), []);
    });
  });

  it('accepts the response of the test at the cursor as its snapshot', async () => {
    behave(lambda.answers({ body: '{"b": 1.50, "at": 1}' }));
    const expected = { snapshot: 'snapshots/accepted.json', ignore: ['at'] };
    await withTests([test('first', {}), test('accepted', expected)], async () => {
      await testing('runAll');
      await requests(2);
      const editor = await vscode.window.showTextDocument(inWorkspace('.vscode/lambda-invoke.json'));
      const at = editor.document.positionAt(editor.document.getText().indexOf('accepted.json'));
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand(COMMANDS.acceptAsExpected);
      assert.equal(await readText('snapshots/accepted.json'), '{\n  "b": 1.50\n}\n');
      invoked();
      await testing('runAll');
      await requests(2);
      invoked();
      await testing('reRunFailTests');
      assert.deepEqual(invoked(), []);
      await closeEditors();
    });
  });

  it('offers to accept a missing snapshot in the presets file', async () => {
    behave(lambda.answers({ body: '{"b": 2}' }));
    await withTests([test('missing', { snapshot: 'snapshots/missing.json' })], async () => {
      await testing('runAll');
      await requests(1);
      const document = await openCurrent('.vscode/lambda-invoke.json');
      await vscode.window.showTextDocument(document);
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      let fix: vscode.CodeAction | undefined;
      await waitUntil(async () => {
        const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          all,
          vscode.CodeActionKind.QuickFix.value,
        );
        fix = fixes.find(({ title }) => title === 'Accept as Expected');
        return fix !== undefined;
      }, 'the quick fix');
      assert.ok(fix?.command);
      await vscode.commands.executeCommand(fix.command.command, ...((fix.command.arguments ?? []) as unknown[]));
      assert.equal(await readText('snapshots/missing.json'), '{\n  "b": 2\n}\n');
      await closeEditors();
    });
  });

  it('asks before it runs tests that need confirmation, and sends nothing without an answer', async () => {
    await withSetting('confirm', ['guarded'], async () => {
      await withTests([test('free', {}), test('guarded', {})], async () => {
        // VS Code rejects modal dialogs in tests of extensions.
        await testing('runAll');
        assert.deepEqual(invoked(), []);
      });
    });
    await withTests([test('free', {}), test('guarded', {})], async () => {
      await testing('runAll');
      await requests(2);
      assert.deepEqual(invoked(), ['free', 'guarded']);
    });
  });

  it('runs the tests of a saved handler again while continuous run is on, and only those on Local', async () => {
    const log = inWorkspace('runs.txt').fsPath;
    const handler = (name: string) =>
      `import { appendFileSync } from 'node:fs';\nexport const handler = () => appendFileSync(${JSON.stringify(log)}, '${name} ');\n`;
    await writeFile('runs.txt', '');
    await writeFile('first/first.mjs', handler('first'));
    await writeFile('second/second.mjs', handler('second'));
    const localFunctions = { first: { handler: 'first/first.handler' }, second: { handler: 'second/second.handler' } };
    const local = (name: string) => ({ name, FunctionName: name, endpoint: 'local', expect: {} });
    const presets = [
      local('first'),
      local('second'),
      { ...test('deployed', {}), FunctionName: 'first', profile: 'tested' },
    ];
    await withPresets(JSON.stringify({ presets, localFunctions }), async () => {
      await refresh(['first', 'second', 'deployed']);
      invoked();
      const save = async (text: string) => {
        const document = await openCurrent('first/first.mjs');
        const editor = await vscode.window.showTextDocument(document);
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
        await document.save();
      };
      await testing('startContinuousRun');
      await save('// one\n');
      await waitUntil(async () => (await readText('runs.txt')) === 'first ', 'the test of the saved handler');
      await save('// two\n');
      await waitUntil(async () => (await readText('runs.txt')) === 'first first ', 'the second run');
      // Without a change.
      await vscode.commands.executeCommand('workbench.action.files.save');
      await testing('stopContinuousRun');
      await save('// three\n');
      // What a continuous run would have started comes before this run.
      await testing('runAll');
      await waitUntil(async () => (await readText('runs.txt')).includes('second'), 'the last run');
      assert.equal(await readText('runs.txt'), 'first first first second ');
      assert.deepEqual(invoked(), ['first']);
    });
  });

  it('debugs tests on Local', async () => {
    const sessions = followDebugSessions();
    try {
      const preset = {
        name: 'hello',
        FunctionName: 'hello',
        endpoint: 'local',
        expect: { Payload: { message: 'Hello, world!' } },
      };
      const localFunctions = { hello: { handler: 'functions/hello.handler' } };
      await withPresets(JSON.stringify({ presets: [preset], localFunctions }), async () => {
        await refresh(['hello']);
        await testing('debugAll');
        await waitUntil(() => sessions.running.size > 0, 'a debug session');
        await testing('reRunFailTests');
        await sessions.stopAll();
      });
    } finally {
      sessions.dispose();
    }
  });

  it('marks what is wrong in expect, and offers to create a missing file with cases', async () => {
    const broken = test(
      'broken',
      { conditions: ['length(items) == 2'], snapshott: 's.json' },
      { cases: 'cases/new.jsonl' },
    );
    await withPresets(fileOf([broken]), async () => {
      const uri = inWorkspace('.vscode/lambda-invoke.json');
      const document = await openCurrent('.vscode/lambda-invoke.json');
      const editor = await vscode.window.showTextDocument(document);
      const own = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Lambda Invoke');
      await waitUntil(() => own().length === 3, 'three diagnostics');
      assert.deepEqual(
        own()
          .map(({ range }) => document.getText(range))
          .toSorted(),
        ['"cases/new.jsonl"', '"length(items) == 2"', '"snapshott"'],
      );
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        all,
        vscode.CodeActionKind.QuickFix.value,
      );
      const titles = fixes.map(({ title }) => title);
      assert.ok(titles.includes('Change to "snapshot"'), titles.join());
      assert.ok(titles.includes('Change to "length(items) == `2`"'), titles.join());
      assert.ok(titles.includes('Create cases/new.jsonl'), titles.join());
      const at = document.positionAt(document.getText().indexOf('cases/new.jsonl'));
      editor.selection = new vscode.Selection(at, at);
      const quickFix = { kind: vscode.CodeActionKind.QuickFix.value, apply: 'first', preferred: true };
      await vscode.commands.executeCommand('editor.action.codeAction', quickFix);
      const isCreated = () =>
        readText('cases/new.jsonl').then(
          (text) => text.includes('"name"'),
          () => false,
        );
      await waitUntil(isCreated, 'the file with cases');
      await waitUntil(() => own().length === 2, 'the end of the diagnostic');
      await closeEditors();
    });
  });
});
