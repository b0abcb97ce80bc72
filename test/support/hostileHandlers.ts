import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, type ExpectStatic } from 'vitest';
import type { EndpointOptions } from '../../src/local/http/localEndpoint.ts';
import { isAlive } from './isAlive.ts';
import { startTemporaryWorkspace } from './temporaryWorkspace.ts';

/** A handler that misbehaves, and what the local endpoint makes of it. */
interface HostileHandler {
  readonly title: string;
  /** JavaScript: the handler. Python: the body of its function. */
  readonly code: string;
  /** Settings of the function. */
  readonly settings?: object;
  readonly response: object;
  /** Whether its process can handle another event. */
  readonly isReusable?: boolean;
}

interface Language {
  readonly runtime: string;
  readonly file: string;
  /** Code before the handlers. */
  readonly prelude: string;
  readonly define: (name: string, code: string) => string;
}

const NODE_PRELUDE = `const fs = require('node:fs');
const { spawn } = require('node:child_process');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const frame = (header, body = '') => {
  const text = Buffer.from((typeof header === 'string' ? header : JSON.stringify(header)) + '\\n' + body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.byteLength);
  return Buffer.concat([length, text]);
};
const send = async (bytes) => {
  for (let rest = bytes; rest.byteLength > 0; ) {
    try { rest = rest.subarray(fs.writeSync(4, rest)); } catch (error) { if (error.code !== 'EAGAIN') throw error; await sleep(1); }
  }
};
const stream = (handler) => awslambda.streamifyResponse(handler);
`;

export const NODE: Language = {
  runtime: 'nodejs22.x',
  file: 'index.js',
  prelude: NODE_PRELUDE,
  define: (name, code) => `exports.${name} = ${code};`,
};

export const PYTHON: Language = {
  runtime: 'python3.12',
  file: 'index.py',
  prelude: 'import json, os, signal, sys, threading, time\n\n',
  define: (name, code) => {
    const lines = code.split('\n').map((line) => `    ${line}\n`);
    return `def ${name}(event, context):\n${lines.join('')}`;
  },
};

/** A workspace with these handlers as functions `f0`, `f1`, …, and a `healthy` one. */
export async function startHostile(
  { runtime, file, prelude, define }: Language,
  handlers: readonly Pick<HostileHandler, 'code' | 'settings'>[],
  options: Partial<EndpointOptions> = {},
) {
  const code = handlers.map((handler, index) => define(`f${index}`, handler.code));
  const defaults = { runtime, timeout: 30, memorySize: 512 };
  const functions = handlers.map(({ settings }, index) => [
    `f${index}`,
    { handler: `index.f${index}`, ...defaults, ...settings },
  ]);
  const workspace = await startTemporaryWorkspace(
    { [file]: `${prelude}${code.join('\n')}`, 'healthy.js': 'exports.handler = async () => "fine";' },
    { healthy: { handler: 'healthy.handler', timeout: 30 }, ...Object.fromEntries(functions) },
    options,
  );
  return {
    ...workspace,
    /** The running processes of a function, except for those without its environment. Linux only. */
    processesOf(name: string): number[] {
      if (process.platform !== 'linux') return [];
      const variables = [`AWS_LAMBDA_FUNCTION_NAME=${name}\0`, `LAMBDA_TASK_ROOT=${workspace.folder}\0`];
      const isOfFunction = (pid: number) => {
        try {
          const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
          return variables.every((each) => environment.includes(each)) && isAlive(pid);
        } catch {
          return false; // exited meanwhile
        }
      };
      return readdirSync('/proc').map(Number).filter(Number.isInteger).filter(isOfFunction);
    },
    /** Expects that other functions still work, and that nothing remains of this one. Pass the test's `expect`. */
    async expectHarmless(expect: ExpectStatic, name: string, isReusable = false): Promise<void> {
      expect((await workspace.invoke('healthy')).result).toBe('fine');
      const isKept = this.processesOf(name).length > 0;
      expect(isKept || !isReusable || process.platform !== 'linux').toBe(true);
      if (isReusable) await workspace.endpoint.control({ what: 'restart', name });
      await expect.poll(() => this.processesOf(name)).toEqual([]);
    },
  };
}

export type HostileWorkspace = Awaited<ReturnType<typeof startHostile>>;

/** Defines a test for each handler. They run concurrently, in one endpoint. */
export function describeHostile(
  title: string,
  language: Language,
  handlers: readonly HostileHandler[],
  options: Partial<EndpointOptions> = {},
): void {
  describe.concurrent(title, () => {
    let workspace: HostileWorkspace;

    beforeAll(async () => {
      workspace = await startHostile(language, handlers, options);
    });

    afterAll(() => workspace.close());

    for (const [index, { title, response, isReusable = false }] of handlers.entries()) {
      test(title, async ({ expect }) => {
        const name = `f${index}`;
        expect(await workspace.invoke(name)).toMatchObject({ StatusCode: 200, ...response });
        await workspace.expectHarmless(expect, name, isReusable);
      });
    }
  });
}

const ID = '[0-9a-f-]{36}';

const matching = (text: string): unknown => expect.stringMatching(new RegExp(text));

/** A successful response. */
export function returned(result: unknown, log = ''): object {
  return { result, log: matching(`${log}[^]*REPORT (?!.*Status: )`) };
}

/** An error that the handler reported. */
export function thrown(errorType: string, errorMessage: string): object {
  return {
    FunctionError: 'Unhandled',
    result: expect.objectContaining({ errorType, errorMessage }) as unknown,
    log: matching('REPORT (?!.*Status: )'),
  };
}

/** The end of the process during the event, with Lambda's reason as a regular expression. */
export function exited(reason: string, errorType = 'Runtime.ExitError'): object {
  return {
    FunctionError: 'Unhandled',
    result: { errorType, errorMessage: matching(`^RequestId: ${ID} Error: ${reason}$`) },
    log: matching(`Error: ${reason}\n${errorType}\nEND .*\nREPORT .*Status: error\tError Type: ${errorType}`),
  };
}

export function timedOutAfter(seconds: string): object {
  const text = `Task timed out after ${seconds} seconds`;
  return {
    FunctionError: 'Unhandled',
    result: { errorType: 'Sandbox.Timedout', errorMessage: matching(`^RequestId: ${ID} Error: ${text}$`) },
    log: matching(`${text}\n\nEND .*\nREPORT .*Status: timeout`),
  };
}
