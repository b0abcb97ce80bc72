import { afterEach, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

let workspace: TemporaryWorkspace;

afterEach(() => workspace.close());

/** The exit status is that of the function in `handler.sh`, unless the shell stops before. */
const BODY = 'set -euo pipefail\nsource "$LAMBDA_TASK_ROOT/$(echo "$_HANDLER" | cut -d. -f1).sh"\nhello "$0"\n';

async function errorOf(bootstrap: string): Promise<unknown> {
  workspace = await startTemporaryWorkspace(
    { bootstrap, 'handler.sh': 'function hello() { [[ $1 == */bootstrap ]] && exit 7; }\n' },
    { f: { runtime: 'provided.al2023', handler: 'handler.hello', timeout: 20 } },
  );
  return (await workspace.invoke('f')).result;
}

const exitStatus = (status: number): unknown =>
  expect.objectContaining({ errorMessage: expect.stringContaining(`exit status ${status}`) as unknown });

describe.skipIf(process.platform === 'win32')('a bootstrap', () => {
  test.each(['#!/bin/sh', '#! /bin/sh', '#!/bin/sh -e', '#!/usr/bin/env sh', '#!/bin/bash'])(
    'that starts with %s runs in Bash, as on Amazon Linux',
    async (line) => {
      expect(await errorOf(`${line}\n${BODY}`)).toEqual(exitStatus(7));
    },
  );

  test('gets the options of its first line', async () => {
    expect(await errorOf('#!/bin/sh -e\n(exit 5)\nexit 6\n')).toEqual(exitStatus(5));
  });
});
