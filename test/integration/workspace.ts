import * as vscode from 'vscode';
import { DOUBLE_CLICK_MS } from '../../src/host/ui/buttonClicks.ts';
import { PresetFiles } from '../../src/host/presets/presetFiles.ts';

/** The URI of a file in the workspace under test. */
export function inWorkspace(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The tests need their workspace');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function writeFile(path: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? Buffer.from(content) : content);
  return uri;
}

export async function readText(path: string): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(inWorkspace(path))).toString();
}

export const PRESETS = '.vscode/lambda-invoke.json';

/** Runs with other content in the presets file, and restores the previous content. */
export async function withPresets(content: string, run: () => Promise<void>): Promise<void> {
  const previous = await readText(PRESETS);
  await writeFile(PRESETS, content);
  try {
    await run();
  } finally {
    await writeFile(PRESETS, previous);
  }
}

/** Runs with a setting of the extension, and restores the previous value. */
export async function withSetting(key: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('lambdaInvoke');
  const previous: unknown = settings().inspect(key)?.globalValue;
  await settings().update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await run();
  } finally {
    await settings().update(key, previous, vscode.ConfigurationTarget.Global);
  }
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The titles of open forms. */
export function formTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('lambdaInvoke.form'))
    .map(({ label }) => label);
}

/**
 * The titles of open forms after pending forms have opened: VS Code opens tabs in order, so this waits for one more
 * tab.
 */
export async function settledFormTabs(): Promise<string[]> {
  const uri = await writeFile('events/opened-later.json', '{}');
  const isLater = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  const laterTabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isLater);
  await vscode.window.showTextDocument(uri, { preview: false, preserveFocus: true });
  await waitUntil(() => laterTabs().length > 0, 'the later tab');
  await vscode.window.tabGroups.close(laterTabs());
  return formTabs();
}

/** Waits until a condition holds. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

let lastRun = -Infinity;

/** Runs a row as its button does, not as a part of a double click, which invokes once. */
export async function runRow<Result>(command: string, row: unknown): Promise<Result> {
  const [result] = await clickRow<Result>(command, row, 1);
  return result as Result;
}

/** Runs a row as several clicks on its button do. Returns the result of each click. */
export async function clickRow<Result>(command: string, row: unknown, clicks: number): Promise<(Result | undefined)[]> {
  await waitUntil(() => performance.now() - lastRun >= DOUBLE_CLICK_MS, 'the time of a double click');
  const running = Array.from({ length: clicks }, () =>
    vscode.commands.executeCommand<Result | undefined>(command, row),
  );
  const results = await Promise.all(running);
  lastRun = performance.now();
  return results;
}

/** The presets files of this window, with a separate global storage. */
export async function openPresetFiles(): Promise<PresetFiles> {
  const extensionUri = vscode.extensions.getExtension('lambda-invoke.lambda-invoke')?.extensionUri;
  if (extensionUri === undefined) throw new Error('The tests need their extension');
  const globalStorageUri = inWorkspace('../global-storage');
  await vscode.workspace.fs.createDirectory(globalStorageUri);
  return new PresetFiles({ globalStorageUri, extensionUri });
}

/**
 * Opens a file whose document has its last state on disk, which VS Code notices with a delay: it doesn't save a document
 * that it has read before the last change of the file, even if the text is the same. So the text changes twice.
 */
export async function openCurrent(path: string): Promise<vscode.TextDocument> {
  const uri = inWorkspace(path);
  const document = await vscode.workspace.openTextDocument(uri);
  const bytes = await vscode.workspace.fs.readFile(uri);
  for (const content of [Buffer.concat([bytes, Buffer.from('\n')]), bytes]) {
    await vscode.workspace.fs.writeFile(uri, content);
    const text = new TextDecoder().decode(content);
    await waitUntil(() => document.getText() === text, `${path} as it is on disk`);
  }
  return document;
}

/**
 * Shows a file in an editor that can be saved. VS Code refuses to save a document that it has read before the last change
 * of the file, so it saves the document here until it doesn't.
 */
export async function showSavable(path: string): Promise<vscode.TextDocument> {
  const document = await openCurrent(path);
  const editor = await vscode.window.showTextDocument(document);
  const text = document.getText();
  for (const content of [`${text}\n`, text]) {
    const isSaved = async () => {
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      if (document.getText() !== content) await editor.edit((edits) => edits.replace(all, content));
      if (!document.isDirty || (await document.save())) return document.getText() === content;
      await vscode.commands.executeCommand('workbench.action.files.revert');
      return false;
    };
    await waitUntil(isSaved, `${path} to be saved`);
  }
  return document;
}

/** The code lenses of a file, with their commands. */
export async function codeLenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  await vscode.workspace.openTextDocument(uri);
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 100);
}

/** Follows debug sessions from their start to their end. VS Code's activeDebugSession can remain one that has ended. */
export function followDebugSessions() {
  const running = new Set<string>();
  const owned: vscode.Disposable[] = [];
  vscode.debug.onDidStartDebugSession(({ id }) => running.add(id), undefined, owned);
  vscode.debug.onDidTerminateDebugSession(({ id }) => running.delete(id), undefined, owned);
  return {
    /** The IDs of sessions that haven't ended. */
    running: running as ReadonlySet<string>,
    async stopAll(): Promise<void> {
      await vscode.debug.stopDebugging();
      await waitUntil(() => running.size === 0, 'the end of all sessions');
    },
    dispose: () => vscode.Disposable.from(...owned).dispose(),
  };
}

/** The stack frame at which a debug session pauses next. */
function nextPause(): Promise<vscode.DebugStackFrame> {
  return new Promise((resolve) => {
    const listening = vscode.debug.onDidChangeActiveStackItem((item) => {
      if (!(item instanceof vscode.DebugStackFrame)) return;
      listening.dispose();
      resolve(item);
    });
  });
}

/** The stack frame at which a debugged function pauses. Rejects if `run` ends without a pause. */
export async function untilPaused(run: Thenable<unknown>): Promise<vscode.DebugStackFrame> {
  const unpaused = Promise.resolve(run).then(() => Promise.reject(new Error('The function ended without a pause.')));
  return Promise.race([nextPause(), unpaused]);
}

/** Debugs the function of a row until it pauses. Rejects if it ends without a pause. `run` ends with its event. */
export async function debugToPause(
  row: unknown,
): Promise<{ readonly run: Thenable<unknown>; readonly frame: vscode.DebugStackFrame }> {
  const run = vscode.commands.executeCommand('lambdaInvoke.function.debug', row);
  return { run, frame: await untilPaused(run) };
}

/** Accepts the active row of each quick pick until a command ends. */
export async function acceptAll<T>(command: Thenable<T>): Promise<T> {
  let isDone = false;
  const done = Promise.resolve(command).finally(() => (isDone = true));
  await waitUntil(async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return isDone;
  }, 'the end of the command');
  return done;
}
