import { formatDebugpyAddress, type DebugpyAddress } from '../../core/functions/debugpyAddress.ts';
import { DebuggerRelay } from './debuggerRelay.ts';
import type { ProcessDebugger } from './processDebugger.ts';

interface PythonDebuggerOptions extends Pick<DebugpyAddress, 'copy'> {
  /** The path of debugger.py in the Python runtime. */
  readonly script: string;
  /** The folder of the package debugpy. */
  readonly debugpy: string;
}

/** Without it, Python 3.11 and later skip breakpoints in frozen modules. Earlier versions ignore it. */
const NOT_FROZEN = '-Xfrozen_modules=off';

/** The maximum length of the last line of stderr in an error message. */
const MAX_REASON = 500;

/** Lets a Python program wait for debugpy's client. The address is a formatted `DebugpyAddress`. */
export async function createPythonDebugger({ script, debugpy, copy }: PythonDebuggerOptions): Promise<ProcessDebugger> {
  const relay = await DebuggerRelay.listen();
  const { port, token } = relay.forFunction;
  const address = relay.forClient.then((client) =>
    formatDebugpyAddress({ ...client, ...(copy !== undefined && { copy }) }),
  );
  address.catch(() => undefined); // unused if the function is restarted first
  /** Its last line is, for example, why debugpy couldn't be imported. Python writes a line in several pieces. */
  let stderr = '';
  return {
    // The program to run is the last argument. Those before it are options of Python.
    argumentsFrom: (args) => [...args.slice(0, -1), NOT_FROZEN, script, ...args.slice(-1)],
    environment: { LAMBDA_INVOKE_DEBUGGER: JSON.stringify({ debugpy, port, token }) },
    address,
    filter(bytes) {
      stderr = `${stderr}${bytes.toString('utf8')}`.slice(-2 * MAX_REASON);
      return bytes;
    },
    onDisconnect: (kill) => {
      relay.onDisconnect = kill;
    },
    end(reason) {
      const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
      relay.end(`${reason} ${lastLine.slice(0, MAX_REASON)}`.trimEnd());
    },
  };
}
