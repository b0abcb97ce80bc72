// Executes benchmark commands inside VS Code, received over loopback: run a command, open a bare panel, read metrics.
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

interface ProbeCommand {
  readonly do: 'activation' | 'memory' | 'command' | 'panel';
  readonly command?: string;
  readonly args?: readonly unknown[];
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The text of the "Startup Performance" editor, which has the activation times of all extensions. */
async function activation(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  for (let attempt = 0; attempt < 100; attempt++) {
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
    const text = shown?.getText() ?? '';
    if (text.includes('## Extension Activation Stats')) return text;
    await sleep(100);
  }
  throw new Error('No figures of the start');
}

/** The memory of the extension host after a garbage collection, in bytes. */
async function memory(): Promise<NodeJS.MemoryUsage> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await sleep(100);
  }
  return process.memoryUsage();
}

/** Opens a panel with one paragraph, and a button that makes a message round trip to the host. */
function openPanel(): void {
  const panel = vscode.window.createWebviewPanel('bench.bare', 'bare', vscode.ViewColumn.Active, {
    enableScripts: true,
  });
  panel.webview.onDidReceiveMessage((message) => void panel.webview.postMessage(message));
  panel.webview.html = `<!doctype html><html><body><p id="bare">bare</p><button id="send">send</button><script>
    const vscode = acquireVsCodeApi();
    const bare = document.getElementById('bare');
    document.getElementById('send').onclick = () => vscode.postMessage(Math.random());
    window.onmessage = ({ data }) => (bare.textContent = 'back ' + data);
  </script></body></html>`;
}

async function execute(command: ProbeCommand): Promise<unknown> {
  switch (command.do) {
    case 'activation':
      return activation();
    case 'memory':
      return memory();
    case 'panel': {
      const at = Date.now();
      openPanel();
      return { at };
    }
    case 'command': {
      const at = Date.now();
      const result: unknown = await vscode.commands.executeCommand(command.command ?? '', ...(command.args ?? []));
      return { at, state: (result as { state?: string } | undefined)?.state };
    }
  }
}

export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      execute(JSON.parse(text) as ProbeCommand).then(
        (result) => response.end(JSON.stringify({ result })),
        (error: unknown) => response.end(JSON.stringify({ error: String(error) })),
      );
    });
  });
  server.listen(Number(process.env['BENCH_PORT']), '127.0.0.1');
  subscriptions.push({ dispose: () => server.close() });
}
