import { inspectorFlags } from '../runtimes/nodeFlags.ts';
import { InspectorLines } from './inspectorLines.ts';
import type { ProcessDebugger } from './processDebugger.ts';

/** Lets a Node.js program wait for a client of its inspector. The address is a `ws://` URL. */
export async function createNodeDebugger(program: string): Promise<ProcessDebugger> {
  const lines = new InspectorLines();
  const flags = await inspectorFlags(program);
  return {
    argumentsFrom: (args) => [...flags, ...args],
    environment: {},
    address: lines.address,
    filter: (bytes) => lines.filter(bytes),
    onDisconnect: () => undefined, // the end of its session in VS Code kills the process
    end: (reason) => lines.end(reason),
  };
}
