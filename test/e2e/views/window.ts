import { afterAll, afterEach, beforeAll } from 'vitest';
import { SHOP_FILES } from '../../support/shopFiles.ts';
import { tidyUp } from '../../support/tidyUp.ts';
import { Window } from '../../support/window.ts';

/** The window of the tests in this folder. */
export let window: Window;

beforeAll(async () => {
  window = await Window.open({ files: SHOP_FILES, settings: { 'explorer.confirmDragAndDrop': false } });
});

afterAll(() => window.close());

afterEach(({ task }) => tidyUp(window, task));
