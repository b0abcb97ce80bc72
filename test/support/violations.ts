import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import type { Window } from './window.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The page of the form itself. */
export async function formFrame(window: Window): Promise<Frame> {
  const element = await window.form().locator('#form').elementHandle();
  const frame = await element?.ownerFrame();
  if (!frame) throw new Error('There is no form');
  return frame;
}

/** What axe-core finds wrong in the form as it stands. */
export async function violations(window: Window): Promise<string[]> {
  const frame = await formFrame(window);
  await frame.evaluate(AXE);
  const found = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
