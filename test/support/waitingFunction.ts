import { readFile } from 'node:fs/promises';
import type { Window } from './window.ts';

/** A local function that runs until a test opens its gate. */
export const WAITS = 'waits';

const HANDLER = `import { existsSync } from 'node:fs';
export async function handler({ gate }) {
  while (!existsSync(new URL(gate, import.meta.url))) await new Promise((resolve) => setTimeout(resolve, 20));
  return 'went through ' + gate;
}
`;

/** The files that add the function to the sample workspace. */
export async function waitingFunction(): Promise<Readonly<Record<string, string>>> {
  const path = '.vscode/lambda-invoke.json';
  const sample = await readFile(`test/workspace/${path}`, 'utf8');
  const entry = `"localFunctions": {\n    "${WAITS}": { "handler": "waits/waits.handler", "timeout": 600 },`;
  return { [path]: sample.replace('"localFunctions": {', entry), 'waits/waits.mjs': HANDLER };
}

/** Lets invocations with the payload `{"gate": "<gate>"}` end. */
export async function openGate(window: Window, gate: string): Promise<void> {
  await window.writeFile(`waits/${gate}`, '');
}
