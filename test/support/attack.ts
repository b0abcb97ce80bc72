import { spawn } from 'node:child_process';

/** `nobody` on most systems. It owns nothing that the tests use. */
const NOBODY = 65_534;

/** Whether attacks run as another user. Only root can start them so; otherwise they run as another process of this user. */
export const IS_OTHER_USER = process.getuid?.() === 0;

/**
 * Runs the body of an async function in Node.js, in a process outside every function. It can use `require`, `send` (see
 * below), and `input`. Returns its result.
 */
export async function attack<T>(body: string, input: unknown = {}): Promise<T> {
  const script = `const { connect } = require('node:net');
    /** Resolves with the status and the body of an HTTP response, or with an error's code. */
    function send({ port, method = 'GET', path = '/', headers = {}, body = '', from = {} }) {
      return new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', ...from });
        const fields = { host: '127.0.0.1:' + port, 'content-length': Buffer.byteLength(body), ...headers };
        const lines = Object.entries(fields).map(([name, value]) => name + ': ' + value);
        // The server closes the connection, so that the port can be used again at once.
        socket.write([method + ' ' + path + ' HTTP/1.0', ...lines, '', body].join('\\r\\n'));
        let text = '';
        socket.on('data', (part) => {
          text += part;
          // Node's inspector sends no body and leaves the connection open.
          if (/\\ncontent-length: 0\\r/i.test(text) && text.includes('\\r\\n\\r\\n')) socket.destroy();
        });
        socket.on('error', ({ code }) => resolve({ status: code }));
        socket.on('close', () => {
          const [head = '', ...rest] = text.split('\\r\\n\\r\\n');
          resolve({ status: Number(head.split(' ')[1]), body: rest.join('') });
        });
      });
    }
    async function attack(input) { ${body} }
    attack(${JSON.stringify(input)}).then((result) => console.log(JSON.stringify(result)));`;
  const user = IS_OTHER_USER ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(process.execPath, ['-e', script], {
    ...user,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const part of child.stdout) output += String(part);
  return JSON.parse(output) as T;
}
