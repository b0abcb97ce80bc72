import { formatDebugpyAddress, type DebugpyAddress } from '../../core/functions/debugpyAddress.ts';
import { DebuggerRelay } from './debuggerRelay.ts';
import type { ProcessDebugger } from './processDebugger.ts';

interface PythonDebuggerOptions extends Pick<DebugpyAddress, 'copy'> {
  /** debugger.py of the Python runtime. */
  readonly script: string;
  /** The folder of the package debugpy. */
  readonly debugpy: string;
}

/** Python 3.11 and later don't report breakpoints in modules that are frozen; earlier versions ignore the option. */
const NOT_FROZEN = '-Xfrozen_modules=off';

/** The maximum length of an error in a message. */
const MAX_REASON = 500;

/** Lets a Python program wait for a debugger of debugpy. The address is that of a `DebugpyAddress`. */
export async function createPythonDebugger({ script, debugpy, copy }: PythonDebuggerOptions): Promise<ProcessDebugger> {
  const relay = await DebuggerRelay.listen();
  const { port, token } = relay.forFunction;
  /** Such as the reason why debugpy couldn't be imported. */
  let lastLine = '';
  return {
    args: [NOT_FROZEN, script],
    environment: { LAMBDA_INVOKE_DEBUGGER: JSON.stringify({ debugpy, port, token }) },
    address: relay.forClient.then((client) => formatDebugpyAddress({ ...client, ...(copy !== undefined && { copy }) })),
    filter(bytes) {
      lastLine = bytes.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
      return bytes;
    },
    onDisconnect: (kill) => {
      relay.onDisconnect = kill;
    },
    end: (reason) => relay.end(`${reason} ${lastLine.slice(0, MAX_REASON)}`.trimEnd()),
  };
}
