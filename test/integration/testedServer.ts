import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { DOUBLE_CLICK_MS } from '../../src/host/ui/buttonClicks.ts';
import * as lambda from '../support/lambdaServer.ts';
import { closeEditors, inWorkspace, waitUntil, withPresets } from './workspace.ts';

const { AWS_CONFIG_FILE = '', AWS_SHARED_CREDENTIALS_FILE = '' } = process.env;

let lastRun = -Infinity;
const ran = () => (lastRun = performance.now());

/** Runs a command of VS Code's Test Explorer at once, such as `runAll`. It can end before its run. */
export async function command(name: string): Promise<void> {
  ran();
  await vscode.commands.executeCommand(`testing.${name}`);
  ran();
}

/** Runs a command of VS Code's Test Explorer, not as a part of a double click. */
export async function testing(name: string): Promise<void> {
  await waitUntil(() => performance.now() - lastRun >= DOUBLE_CLICK_MS, 'the time of a double click');
  await command(name);
}

/** Stops the clock of double clicks during `run`, because a run of tests can take longer than a double click. */
export async function atOneTime(run: () => Promise<void>): Promise<void> {
  const time = performance.now();
  performance.now = () => time;
  try {
    await run();
  } finally {
    Reflect.deleteProperty(performance, 'now');
  }
}

export const fileOf = (presets: readonly object[]) =>
  JSON.stringify({ presets: presets.map((one) => ({ profile: 'tested', ...one })) }, undefined, 2);

/** Lists the tests again, and waits until the window knows these presets, because VS Code sends changes with a delay. */
export async function refresh(names: readonly string[]): Promise<void> {
  await testing('refreshTests');
  const uri = inWorkspace('.vscode/lambda-invoke.json');
  const expected = names.map((name) => `preset ${name}`).toSorted();
  await waitUntil(async () => {
    const ids = await vscode.commands.executeCommand<string[][]>('vscode.testing.getTestsInFile', uri);
    const presets = ids.map((path) => path.at(-1) ?? '').filter((id) => id.startsWith('preset '));
    return presets.toSorted().join() === expected.join();
  }, `the tests ${names.join()}`);
}

/** A preset, which is a test with `expected`. */
export const test = (name: string, expected?: object, more: object = {}) => ({
  name,
  FunctionName: name,
  ...(expected && { expect: expected }),
  ...more,
});

/** A server for the profile `tested`, and what it receives. Call it in `describe`. */
export function useServer() {
  let server: lambda.LambdaServer;

  before(async () => {
    server = await lambda.startLambdaServer();
    writeFileSync(AWS_CONFIG_FILE, `[profile tested]\nregion = eu-west-1\nendpoint_url = ${server.endpoint}\n`);
    writeFileSync(AWS_SHARED_CREDENTIALS_FILE, '[tested]\naws_access_key_id = AKIATESTED\naws_secret_access_key = s\n');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
  });

  after(async () => {
    await closeEditors();
    await server.close();
  });

  /** The functions that were invoked since the last call, in order. */
  let seen = 0;
  const invoked = () => {
    const names = server.received.slice(seen).map(({ url }) => /functions\/([^/]+)/.exec(url)?.[1]);
    seen = server.received.length;
    return names;
  };

  const requests = async (count: number): Promise<void> => {
    await waitUntil(() => server.received.length >= seen + count, `${count} requests`);
    ran();
  };

  /** Runs with these presets, after the Test Explorer lists them. */
  const withTests = (presets: readonly { readonly name: string }[], run: () => Promise<void>) =>
    withPresets(fileOf(presets), async () => {
      await refresh(presets.filter((one) => 'expect' in one).map(({ name }) => name));
      seen = server.received.length;
      await run();
    });

  return {
    behave: (behaviour: lambda.Behaviour) => server.behave(behaviour),
    bodies: () => server.received.map(({ body }) => body.toString()),
    invoked,
    requests,
    withTests,
  };
}
