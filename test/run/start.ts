// npm start: opens VS Code with the extension and a copy of the sample workspace, and runs its preset “hello”.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { developExtensions, openBrowser, openPage, workbenchUrl } from '../host/browser.ts';
import { installExtension, startServer } from '../host/codeServer.ts';
import { findProgram, mustRun } from '../host/command.ts';
import { HOST_1_139 } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { createUserData, QUIET } from '../host/userData.ts';

const PRESET = 'hello';
const TIMEOUT_MS = 60_000;
const SAMPLE = resolve('test/workspace');
const STARTER = resolve('out/host/starter');

const isExiting = process.argv.includes('--exit');

/** The starter is a separate extension, so it needs its own manifest beside its code. */
async function writeStarter(): Promise<void> {
  const manifest = {
    name: 'starter',
    publisher: 'lambda-invoke',
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
    main: './extension.js',
    activationEvents: ['onStartupFinished'],
  };
  await mkdir(STARTER, { recursive: true });
  await writeFile(join(STARTER, 'package.json'), JSON.stringify(manifest));
}

async function waitForOutcome(file: string): Promise<Record<string, unknown>> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!existsSync(file)) {
    if (Date.now() > deadline)
      throw new Error(`The preset “${PRESET}” returned no result within ${TIMEOUT_MS / 1000} s.`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
  const { outcome, error } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  if (typeof outcome !== 'object' || outcome === null)
    throw new Error(`The preset “${PRESET}” failed: ${String(error)}`);
  return outcome as Record<string, unknown>;
}

/** Prints the fields of an outcome and returns the exit code for it. */
function printOutcome(outcome: Record<string, unknown>): number {
  console.log(`\nResult of the preset “${PRESET}”:`);
  for (const [field, value] of Object.entries(outcome)) {
    const text = typeof value === 'string' ? value.trimEnd() : JSON.stringify(value);
    console.log(`  ${field}: ${text.includes('\n') ? `\n    ${text.replaceAll('\n', '\n    ')}` : text}`);
  }
  return outcome['state'] === 'succeeded' ? 0 : 1;
}

interface OpenedWindow {
  /** Where to find the window. */
  readonly where: string;
  close(): Promise<void>;
  /** Resolves when the user has closed the window. */
  readonly closed: Promise<unknown>;
}

interface StartEnvironment {
  readonly userData: string;
  /** A copy of the sample workspace, so that the clone stays unchanged. */
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
}

function openDesktop(code: string, { userData, workspace, env }: StartEnvironment): OpenedWindow {
  const development = [resolve('.'), STARTER].map((path) => `--extensionDevelopmentPath=${path}`);
  const args = [
    '--new-window',
    '--wait',
    `--user-data-dir=${userData}`,
    '--disable-workspace-trust',
    ...development,
    workspace,
  ];
  const child = spawn(code, args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true });
  const closed = new Promise((end) => child.once('exit', end));
  const close = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await closed;
  };
  return { where: 'VS Code on this desktop', close, closed };
}

async function openInBrowser({ userData, workspace, env }: StartEnvironment, result: string): Promise<OpenedWindow> {
  const host = await installHost(HOST_1_139);
  await mustRun('npm', ['run', '--silent', 'package']);
  await installExtension(host, resolve('lambda-invoke.vsix'), { userData });
  const server = await startServer(host, { userData, env });
  const url = workbenchUrl(server.port, workspace);
  const browser = await openBrowser();
  const page = await openPage(browser);
  await developExtensions(page, { extensions: [STARTER] });
  await page.goto(url);
  try {
    await waitForOutcome(result);
  } finally {
    await browser.close();
  }
  return { where: url, close: () => server.stop(), closed: new Promise(() => undefined) };
}

async function open(userData: string, result: string): Promise<OpenedWindow> {
  const workspace = join(userData, 'sample');
  await cp(SAMPLE, workspace, { recursive: true });
  await writeStarter();
  const env = { LAMBDA_INVOKE_START_PRESET: PRESET, LAMBDA_INVOKE_START_RESULT: result };
  const environment = { userData, workspace, env };
  const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const code = hasScreen ? findProgram('code') : undefined;
  return code === undefined ? openInBrowser(environment, result) : openDesktop(code, environment);
}

async function start(): Promise<number> {
  const userData = await createUserData({ ...QUIET, 'workbench.startupEditor': 'readme' });
  const result = join(userData, 'outcome.json');
  let opened: OpenedWindow | undefined;
  try {
    opened = await open(userData, result);
    const exitCode = printOutcome(await waitForOutcome(result));
    if (isExiting) return exitCode;
    console.log(`\nOpen: ${opened.where}\nThe workspace is a copy and is deleted when you stop. Press Ctrl+C to stop.`);
    const interrupted = new Promise((stop) => {
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
    await Promise.race([interrupted, opened.closed]);
    return 0;
  } finally {
    await opened?.close();
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exit();
