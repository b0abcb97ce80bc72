import { expect, test } from 'vitest';
import type { LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { startTemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

test('a function with a wrapper script has a note that the script doesn’t run', async () => {
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument' };
  const workspace = await startTemporaryWorkspace(
    { 'app.py': 'def handler(event, context): pass\n', bootstrap: '#!/bin/sh\n' },
    {
      wrapped: { handler: 'app.handler', runtime: 'python3.12', environment },
      plain: { handler: 'app.handler', runtime: 'python3.12' },
      custom: { runtime: 'provided.al2023', environment },
    },
  );
  const { functions } = (await workspace.endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  const notes = functions.map(({ name, notes }) => [
    name,
    notes.map((note) => toSentence(note)).filter((text) => text.includes('WRAPPER')),
  ]);
  expect(Object.fromEntries(notes)).toEqual({
    wrapped: ["The wrapper script in AWS_LAMBDA_EXEC_WRAPPER doesn't run locally."],
    plain: [],
    custom: [],
  });
  await workspace.close();
});
