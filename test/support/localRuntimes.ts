import { resolve } from 'node:path';

/** Runtimes of the local endpoint, from the built extension. */
export const LOCAL_RUNTIMES = {
  runtimes: {
    nodeBootstrap: resolve('dist/nodeBootstrap.js'),
    pythonBootstrap: resolve('dist/pythonRuntime/bootstrap.py'),
  },
  hasCredentials: false,
} as const;
