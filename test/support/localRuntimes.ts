import { resolve } from 'node:path';

/** How the local endpoint of a test starts its handlers: with what was built. */
export const LOCAL_RUNTIMES = {
  runtimes: {
    nodeBootstrap: resolve('dist/nodeBootstrap.js'),
    pythonBootstrap: resolve('dist/pythonBootstrap.py'),
  },
  hasCredentials: false,
} as const;
