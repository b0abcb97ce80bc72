import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { attack, IS_OTHER_USER } from '../../../support/attack.ts';
import { BROKEN, FETCHING, NEW_CONNECTIONS, SPLITTING } from '../../../support/bootstraps.ts';
import { readEventStream } from '../../../support/readEventStream.ts';
import { signedInvoke } from '../../../support/signedInvoke.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const custom = (codeUri: string, handler = 'unused') => ({
  runtime: 'provided.al2023',
  timeout: 20,
  codeUri,
  handler,
});

const FUNCTIONS = {
  fetching: custom('fetching'),
  connecting: custom('connecting'),
  ipv6: custom('connecting', 'ipv6'),
  splitting: custom('splitting'),
  broken: custom('broken'),
};

const ROOT = '/2018-06-01/runtime';

let current: TemporaryWorkspace | undefined;

async function start(): Promise<TemporaryWorkspace> {
  current = await startTemporaryWorkspace(
    {
      'fetching/bootstrap': FETCHING,
      'connecting/bootstrap': NEW_CONNECTIONS,
      'splitting/bootstrap': SPLITTING,
      'broken/bootstrap': BROKEN,
    },
    FUNCTIONS,
  );
  return current;
}

afterEach(async () => {
  await current?.close();
  current = undefined;
});

interface Reply {
  readonly api: string;
  readonly statuses: readonly number[];
}

/** Invokes a function whose response is its address, and returns the parts of it. */
async function addressOf({ invoke }: TemporaryWorkspace, name: string): Promise<{ port: number; secret: string }> {
  const { api } = (await invoke(name)).result as Reply;
  const [, port, secret = ''] = /^127\.0\.0\.1:(\d+)(.*)$/.exec(api) ?? [];
  return { port: Number(port), secret };
}

/** The addresses that the splitting runtime was started with. */
async function starts({ folder }: TemporaryWorkspace): Promise<string[]> {
  return (await readFile(join(folder, 'splitting/starts'), 'utf8')).trim().split('\n');
}

/** Whether the system tells which process has opened a connection. */
const IDENTIFIES_PROCESSES = process.platform === 'linux';

describe('a custom runtime', () => {
  test('gets an address with a secret path', async () => {
    const { secret } = await addressOf(await start(), 'fetching');
    expect(secret).toMatch(/^\/[0-9a-f]{32}$/);
  });

  test.each(['connecting', 'ipv6'])('can ignore the path of the address and use new connections: %s', async (name) => {
    const { invoke } = await start();
    const { result: first } = await invoke(name);
    expect((await invoke(name)).result).toEqual(first);
  });

  test('that can’t parse an address with a path is started again without it, now and from then on', async () => {
    const workspace = await start();
    const { result, log } = await workspace.invoke('splitting', { n: 1 });
    expect(result).toMatchObject({ event: { n: 1 } });
    expect(log.match(/^starting$/gm)).toHaveLength(1);
    expect(log).not.toContain('Traceback');
    await workspace.endpoint.control({ what: 'restart', name: 'splitting' });
    expect((await workspace.invoke('splitting', { n: 2 })).result).toMatchObject({ event: { n: 2 } });
    expect((await starts(workspace)).map((api) => api.includes('/'))).toEqual([true, false, false]);
  });

  test('that exits for another reason gets an address with a secret path again', async () => {
    const workspace = await start();
    expect((await workspace.invoke('broken')).result).toMatchObject({ errorType: 'Runtime.ExitError' });
    await workspace.write('broken/fixed', '');
    expect((await addressOf(workspace, 'broken')).secret).not.toBe('');
  });

  test('gets 404 for unknown paths and methods', async () => {
    const { invoke } = await start();
    const requests = [
      { path: 'SECRET/' },
      { path: `SECRET${ROOT}/nowhere` },
      { path: `SECRET${ROOT}/invocation/next`, method: 'POST' },
      { path: `SECRET${ROOT}/invocation/x/response`, method: 'PUT' },
    ];
    expect((await invoke('fetching', { requests })).result).toMatchObject({ statuses: [404, 404, 404, 404] });
  });

  test('is recognized by its process in requests without the secret, also after it has used the secret', async () => {
    const { invoke } = await start();
    const requests = [{ path: `${ROOT}/nowhere` }];
    const status = IDENTIFIES_PROCESSES ? 404 : 403;
    expect((await invoke('fetching', { requests })).result).toMatchObject({ statuses: [status] });
  });

  test('can’t send a web page’s requests without the secret', async () => {
    const { invoke } = await start();
    const requests = [
      { path: `${ROOT}/nowhere`, headers: { origin: 'http://example.com' } },
      { path: `${ROOT}/nowhere`, headers: { 'sec-fetch-site': 'cross-site' } },
    ];
    expect((await invoke('fetching', { requests })).result).toMatchObject({ statuses: [403, 403] });
  });

  test('is refused a second request for an event while one waits, which then gets the event', async () => {
    const { invoke, folder } = await start();
    const { result: first } = await invoke('fetching', { thenTwice: true });
    const refused = () => readFile(join(folder, 'refused'), 'utf8').catch(() => '');
    await expect.poll(refused).toBe('{"errorType":"InvalidStateTransition"}');
    expect((await invoke('fetching')).result).toEqual(first);
  });

  test('can abort a response and send another one, while other functions run', async () => {
    const { invoke } = await start();
    const events = [{ aborts: 3 }, {}, { aborts: 1 }];
    const responses = await Promise.all(
      ['connecting', 'fetching', 'ipv6'].map((name, index) => invoke(name, events[index])),
    );
    expect(responses.map(({ result }) => (result as Reply).api)).toEqual(
      responses.map(() => expect.stringMatching(/^127\.0\.0\.1:/) as unknown),
    );
  });
});

interface Answer {
  readonly status: number | string;
  readonly body?: string;
}

interface Attack {
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
}

/** Requests that steal an event, forge a response, or end the init phase. */
const ATTACKS: readonly Attack[] = [
  { path: `${ROOT}/invocation/next` },
  { path: `${ROOT}/invocation/1/response`, method: 'POST', body: '"forged"' },
  { path: `${ROOT}/init/error`, method: 'POST', body: '{}' },
];

/** Sends the attacks to a port from another process. `path` precedes their path. */
function sendAttacks(port: number, path = '', attacks: readonly Attack[] = ATTACKS): Promise<Answer[]> {
  const requests = attacks.map((each) => ({ ...each, port, path: path + each.path }));
  return attack('return Promise.all(input.map(send));', requests);
}

const REFUSED = { status: 403, body: '{"errorType":"AccessDenied"}' };

describe.runIf(IDENTIFIES_PROCESSES)('another process', () => {
  test('is refused without the secret, whether or not the runtime uses one', async () => {
    const workspace = await start();
    const { port } = await addressOf(workspace, 'fetching');
    await workspace.invoke('splitting');
    const splitting = Number((await starts(workspace)).at(-1)?.split(':')[1]);
    for (const each of [port, splitting]) expect(await sendAttacks(each)).toEqual([REFUSED, REFUSED, REFUSED]);
    expect((await workspace.invoke('splitting', { n: 1 })).result).toMatchObject({ event: { n: 1 } });
  });

  test('that has the secret is refused if it is another user’s, but not if it is this user’s', async () => {
    const workspace = await start();
    const { port, secret } = await addressOf(workspace, 'fetching');
    const accepted = { status: 404 };
    const paths = IS_OTHER_USER ? ATTACKS : [{ path: `${ROOT}/nowhere` }];
    expect(await sendAttacks(port, secret, paths)).toMatchObject(
      IS_OTHER_USER ? [REFUSED, REFUSED, REFUSED] : [accepted],
    );
    expect((await workspace.invoke('fetching')).result).toMatchObject({ api: `127.0.0.1:${port}${secret}` });
  });

  test('isn’t taken for the runtime if it connects from the same port of another address', async () => {
    const workspace = await start();
    await workspace.invoke('splitting');
    const port = Number((await starts(workspace)).at(-1)?.split(':')[1]);
    const ends = (await readFile('/proc/net/tcp', 'utf8'))
      .split('\n')
      .map((line) => line.trim().split(/ +/))
      .map(([, local = '', remote = '']) => [local, remote].map((end) => Number.parseInt(end.split(':')[1] ?? '', 16)));
    const localPort = ends.find(([from, to]) => from !== port && to === port)?.[0];
    // The order of the system's table of sockets depends on the address.
    const requests = Array.from({ length: 32 }, (_, index) => ({
      port,
      path: `${ROOT}/invocation/next`,
      from: { localAddress: `127.0.0.${index + 2}`, localPort },
    }));
    const body = 'const answers = []; for (const each of input) answers.push(await send(each)); return answers;';
    expect(await attack(body, requests)).toEqual(requests.map(() => REFUSED));
    expect((await workspace.invoke('splitting', { n: 1 })).result).toMatchObject({ event: { n: 1 } });
  });
});

test('a streamed response that the runtime ends too early is an error, and the runtime gets the next event', async () => {
  const { url, folder, invoke } = await start();
  const truncateWhen = join(folder, 'received');
  const response = await signedInvoke({ url, name: 'connecting', isStreamed: true, event: { truncateWhen } });
  await writeFile(truncateWhen, '');
  const { body, eventTypes, error } = await readEventStream(response);
  expect(body.toString()).toBe('"begun');
  expect(eventTypes).toEqual(['PayloadChunk', 'InvokeComplete']);
  expect(error).toMatchObject({ errorType: 'Runtime.TruncatedResponse' });
  const first = (await invoke('connecting')).result;
  expect((await invoke('connecting')).result).toEqual(first);
});
