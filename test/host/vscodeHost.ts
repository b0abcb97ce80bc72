#!/usr/bin/env node
// Accepts the arguments that @vscode/test-electron passes to VS Code, and runs the tests in a VS Code from the npm
// registry in headless Chromium.
import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { developExtensions, openBrowser, openPage, workbenchUrl } from './browser.ts';
import { startServer } from './codeServer.ts';
import { chosenHost } from './hostVersions.ts';
import { installHost } from './installHost.ts';
import { createUserData } from './userData.ts';

const TIMEOUT_MS = 1_500_000;
const CODE = { timedOut: 97, crashed: 98, failed: 96, noResult: 95 } as const;

const args = process.argv.slice(2);
const valuesOf = (name: string) =>
  args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => resolve(arg.slice(name.length + 3)));

function print(text: string): void {
  writeSync(1, text); // synchronous: process.exit would discard buffered output
}

/** Prints the report while it grows, because console output of the page is late or gets lost. */
function printWhileGrowing(file: string): () => void {
  let printed = 0;
  const printNew = () => {
    const bytes = readFileSync(file);
    if (bytes.byteLength > printed) print(bytes.subarray(printed).toString());
    printed = bytes.byteLength;
  };
  const timer = setInterval(printNew, 100);
  return () => {
    clearInterval(timer);
    printNew();
  };
}

interface Files {
  readonly report: string;
  readonly result: string;
}

async function runTests(userData: string, { report, result }: Files): Promise<number> {
  const [tests] = valuesOf('extensionTestsPath');
  const folder = args.find((arg) => !arg.startsWith('-'));
  if (tests === undefined || folder === undefined) throw new Error('A folder and --extensionTestsPath are needed');
  const host = await installHost(chosenHost(process.env['HOST_VSCODE']));
  const env = { TEST_REPORT: report, TEST_RESULT: result };
  const server = await startServer(host, { userData, env });
  const browser = await openBrowser();
  try {
    const page = await openPage(browser);
    const ended = new Promise<number>((end) => {
      void page.exposeFunction('codeAutomationExit', (code: number) => end(code));
      page.on('crash', () => end(CODE.crashed));
      setTimeout(() => end(CODE.timedOut), TIMEOUT_MS).unref();
    });
    await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
      if (type === 'error') writeSync(2, `${values.map(String).join(' ')}\n`);
    });
    await developExtensions(page, { extensions: valuesOf('extensionDevelopmentPath'), tests });
    await page.goto(workbenchUrl(server.port, resolve(folder)), { timeout: TIMEOUT_MS });
    const code = await ended;
    // A killed extension host also reports 0, so success requires the result file.
    return code === 0 && !existsSync(result) ? CODE.noResult : code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

const userData = await createUserData();
const files = {
  report: join(userData, 'report.txt'),
  result: process.env['TEST_RESULT'] ?? join(userData, 'result.json'),
};
writeFileSync(files.report, '');
const stopFollowing = printWhileGrowing(files.report);
let code: number = CODE.failed;
try {
  code = await runTests(userData, files);
} catch (error) {
  writeSync(2, `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
stopFollowing();
await rm(userData, { recursive: true, force: true, maxRetries: 5 });
process.exit(code);
