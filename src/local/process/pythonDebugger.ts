import { formatDebugpyAddress, type DebugpyAddress } from '../../core/functions/debugpyAddress.ts';
import { DebuggerRelay } from './debuggerRelay.ts';
import type { ProcessDebugger } from './processDebugger.ts';

interface PythonDebuggerOptions extends Pick<DebugpyAddress, 'copy'> {
  /** pythonDebugger.py of this extension. */
  readonly script: string;
  /** The folder of the package debugpy. */
  readonly debugpy: string;
}

/** Python 3.11 and later don't report breakpoints in modules that are frozen; earlier versions ignore the option. */
const NOT_FROZEN = '-Xfrozen_modules=off';

/** Lets a Python program wait for a debugger of debugpy. The address is that of a `DebugpyAddress`. */
export async function createPythonDebugger({ script, debugpy, copy }: PythonDebuggerOptions): Promise<ProcessDebugger> {
  const relay = await DebuggerRelay.listen();
  const { port, token } = relay.forFunction;
  return {
    args: [NOT_FROZEN, script],
    environment: { LAMBDA_INVOKE_DEBUGGER: JSON.stringify({ debugpy, port, token }) },
    address: relay.forClient.then((client) => formatDebugpyAddress({ ...client, ...(copy !== undefined && { copy }) })),
    filter: (bytes) => bytes,
    onDisconnect: (kill) => {
      relay.onDisconnect = kill;
    },
    end: (reason) => relay.end(reason),
  };
}
