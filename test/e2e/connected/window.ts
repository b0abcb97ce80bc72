import { afterAll, afterEach, beforeAll } from 'vitest';
import { openConnectedWindow, type ConnectedWindow } from '../../support/connectedWindow.ts';
import { tidyUp } from '../../support/tidyUp.ts';
import type { Window } from '../../support/window.ts';

export let connected: ConnectedWindow;
/** The window of the tests in this folder. */
export let window: Window;

beforeAll(async () => {
  connected = await openConnectedWindow({ 'lambdaInvoke.confirm': ['prod', '777766665555', 'guarded-*'] });
  ({ window } = connected);
});

afterAll(() => connected.close());

afterEach(({ task }) => tidyUp(window, task));
