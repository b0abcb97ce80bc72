const CODE = `const { appendFileSync, existsSync } = require('node:fs');
const { spawn } = require('node:child_process');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.pid = async ({ ms = 0 }) => { await sleep(ms); return process.pid; };
exports.waits = async ({ gate, started }) => {
  appendFileSync(started, process.pid + '\\n');
  while (!existsSync(gate)) await sleep(10);
  return process.pid;
};
exports.notes = async ({ file, fails }, { awsRequestId }) => {
  appendFileSync(file, awsRequestId + '\\n');
  if (fails) throw new Error('again');
};
exports.rejects = () => {
  process.stdout.write('x'.repeat(60_000) + '\\n');
  void Promise.reject(new Error('late'));
  return new Promise(() => undefined);
};
exports.floods = async () => { for (let i = 0; i < 200; i++) process.stdout.write('x'.repeat(100_000)); return 'done'; };
exports.forks = async ({ detached }) => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached });
  return child.pid;
};
exports.forksAndHangs = async () => {
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached: true });
  for (;;);
};
exports.environment = async () => process.env;
exports.tenant = async (event, { tenantId }) => tenantId + ' ' + process.pid;`;

const SLOW = `await new Promise((resolve) => setTimeout(resolve, 400));
export const handler = async () => 'loaded';`;

/** Local functions whose handlers wait, start processes, write, and fail. */
export const FUNCTIONS = {
  pid: { handler: 'index.pid', timeout: 10 },
  short: { handler: 'index.pid', timeout: 0.3 },
  waits: { handler: 'index.waits', timeout: 30 },
  waitsTooLong: { handler: 'index.waits', timeout: 1 },
  environment: { handler: 'index.environment' },
  reserved: { handler: 'index.waits', timeout: 30, reservedConcurrentExecutions: 1 },
  notes: { handler: 'index.notes' },
  notesOnce: { handler: 'index.notes', maximumRetryAttempts: 0 },
  floods: { handler: 'index.floods', timeout: 20 },
  rejects: { handler: 'index.rejects', timeout: 20 },
  forks: { handler: 'index.forks' },
  forksAndHangs: { handler: 'index.forksAndHangs', timeout: 1 },
  slow: { handler: 'slow.handler', timeout: 2 },
  tooSlow: { handler: 'slow.handler', timeout: 0.2 },
  tenant: { handler: 'index.tenant', tenancy: true },
  typed: { handler: 'typed.handler' },
};

const TYPED = `interface Event { readonly name: string }
export const handler = async ({ name }: Event): Promise<string> => \`typed \${name}\`;`;

/** The code of the functions. */
export const FILES = { 'index.js': CODE, 'slow.mjs': SLOW, 'typed.ts': TYPED };
