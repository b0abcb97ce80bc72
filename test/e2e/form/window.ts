import { afterAll, afterEach, beforeAll } from 'vitest';
import { startLambdaServer, type LambdaServer } from '../../support/lambdaServer.ts';
import { tidyUp } from '../../support/tidyUp.ts';
import { waitingFunction } from '../../support/waitingFunction.ts';
import { Window } from '../../support/window.ts';

/** A server for invocations with a profile. */
export let server: LambdaServer;
/** The window of the tests in this folder. Opening one takes longer than most tests. */
export let window: Window;

beforeAll(async () => {
  server = await startLambdaServer();
  window = await Window.open({
    files: await waitingFunction(),
    settings: {
      'lambdaInvoke.confirm': ['guarded*'],
      'lambdaInvoke.resend.attempts': 2,
      'editor.autoClosingBrackets': 'never',
    },
  });
});

afterAll(async () => {
  await window.close();
  await server.close();
});

afterEach(({ task }) => tidyUp(window, task));
