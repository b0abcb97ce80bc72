import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import type { Window } from './window.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The default themes of VS Code, with their kinds in webviews. */
export const THEMES = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The frame of the visible page that has an element. */
async function frameWith(window: Window, selector: string): Promise<Frame> {
  const element = await window.form().locator(selector).elementHandle();
  const frame = await element?.ownerFrame();
  if (!frame) throw new Error(`No page with ${selector} is open`);
  return frame;
}

/** The frame of the form. */
export function formFrame(window: Window): Promise<Frame> {
  return frameWith(window, '#form');
}

/** The violations axe-core finds in the form, or in the page that has another element. */
export async function violations(window: Window, selector = '#form'): Promise<string[]> {
  const frame = await frameWith(window, selector);
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(AXE);
  const results = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return results.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}
