import { answers, type Behaviour } from './lambdaServer.ts';
import type { CliResult } from './commandLine.ts';

/** The name of the function that a request invokes. */
export const nameOf = (url: string) => url.split('/')[3] ?? '';

/** `fails` throws, and all others return their name and their event. */
export const answersByName: Behaviour = (response, request) => {
  const name = nameOf(request.url);
  const error = {
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"Broken","errorMessage":"no"}',
  };
  const body = `{"name":"${name}","id":12345678901234567890,"event":${request.body.toString() || 'null'}}`;
  answers(name === 'fails' ? error : { body })(response, request);
};

/** A preset whose test passes, with other fields. */
export const passing = (name: string, fields: object = {}) => ({
  name,
  FunctionName: name,
  Payload: {},
  expect: { Payload: { name } },
  ...fields,
});

/** A preset whose test fails. */
export const FAILING = { name: 'fails', FunctionName: 'fails', expect: {} };

interface JsonReport {
  readonly passed: number;
  readonly isInterrupted: boolean;
  readonly tests: readonly {
    readonly name: string;
    readonly status: string;
    readonly failures: readonly { readonly message: string; readonly expected?: string; readonly actual?: string }[];
  }[];
}

/** The report of `--json`. */
export function jsonOf({ stdout }: CliResult): JsonReport {
  return JSON.parse(stdout.toString()) as JsonReport;
}

/** The tests in the report of `--json`, such as `order: passed`. */
export function statusesOf(result: CliResult): string[] {
  return jsonOf(result).tests.map(({ name, status }) => `${name}: ${status}`);
}
