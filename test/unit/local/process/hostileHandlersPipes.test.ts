import { describe } from 'vitest';
import { describeHostile, exited, NODE, PYTHON, returned, thrown } from '../../../support/hostileHandlers.ts';

const KILLED = exited('Runtime exited with error: signal: killed');

/** After an invalid frame, the process is killed, although the handler continues. */
const invalid = (title: string, frame: string) => ({
  title,
  code: `async () => { await send(${frame}); await sleep(20000); }`,
  response: KILLED,
});

const withId = (code: string) => `async (event, { awsRequestId: requestId }) => { ${code} }`;

// On Windows, the pipes have no descriptors for `fs`.
describe.skipIf(process.platform === 'win32')('the pipes', () => {
  describeHostile('a Node.js handler that writes to the pipe of replies', NODE, [
    {
      title: 'a second reply is ignored',
      code: withId(`await send(frame({ kind: 'response', requestId }, '"first"')); return 'second';`),
      response: returned('first'),
      isReusable: true,
    },
    {
      title: 'a reply to another event is ignored',
      code: withId(`await send(frame({ kind: 'response', requestId: requestId + 'x' }, '"other"')); return 'own';`),
      response: returned('own'),
      isReusable: true,
    },
    {
      title: 'an error in reply to another event is ignored',
      code: withId(`await send(frame({ kind: 'error', errorType: 'X', requestId: 'x' }, '{}')); return 'own';`),
      response: returned('own'),
      isReusable: true,
    },
    {
      title: 'a reply before the handler has ended is accepted',
      code: withId(`await send(frame({ kind: 'response', requestId }, '"early"')); await sleep(20000);`),
      response: returned('early'),
      isReusable: true,
    },
    {
      title: 'a reply in two parts with a pause is accepted',
      code: withId(`const bytes = frame({ kind: 'response', requestId }, '"whole"');
      await send(bytes.subarray(0, 9)); await sleep(150); await send(bytes.subarray(9)); await sleep(20000);`),
      response: returned('whole'),
      isReusable: true,
    },
    {
      title: 'a second ready is ignored',
      code: withId(`await send(frame({ kind: 'ready' })); return 'own';`),
      response: returned('own'),
      isReusable: true,
    },
    {
      title: 'chunks and a response are one response',
      code: withId(
        `for (const part of ['"a', '', 'b"']) await send(frame({ kind: 'chunk', requestId }, part)); return 1;`,
      ),
      response: returned('ab'),
      isReusable: true,
    },
    invalid('an unknown kind', `frame({ kind: 'pause' })`),
    invalid('no kind', `frame({ requestId: 'x' })`),
    invalid('a response without a request ID', `frame({ kind: 'response' }, '1')`),
    invalid('an error between two events, during an event', `frame({ kind: 'error', errorType: 'X' }, '{}')`),
    invalid('a request ID that is not a string', `frame({ kind: 'response', requestId: 7 }, '1')`),
    invalid('a header that is not JSON', `frame('{kind}')`),
    invalid('a header that is no object', `frame('[]')`),
    invalid('no header', `Buffer.from([0, 0, 0, 2, 65, 65])`),
    invalid('an empty frame', `Buffer.alloc(4)`),
    invalid('a length of 4 GB', `Buffer.alloc(4, 255)`),
    invalid('bytes that are no frame', `Buffer.alloc(5000, 7)`),
    {
      title: 'an incomplete reply is not one',
      code: withId(`await send(frame({ kind: 'response', requestId }, '"half"').subarray(0, 20)); process.exit(7);`),
      response: exited('Runtime exited with error: exit status 7'),
    },
  ]);

  describeHostile('a Node.js handler that closes a descriptor', NODE, [
    {
      title: 'stdin',
      code: `async () => { process.stdin.destroy(); return 'closed'; }`,
      response: returned('closed'),
      isReusable: true,
    },
    {
      title: 'stdout',
      code: `async () => { fs.closeSync(1); process.stderr.write('to stderr\\n'); return 'closed'; }`,
      response: returned('closed', 'to stderr\n'),
      isReusable: true,
    },
    {
      title: 'stderr',
      code: `async () => { fs.closeSync(2); console.log('to stdout'); return 'closed'; }`,
      response: returned('closed', '\tto stdout\n'),
      isReusable: true,
    },
    {
      title: 'the pipe of events: the process handles no other event',
      code: `async () => { fs.closeSync(3); await sleep(300); return 'closed'; }`,
      response: returned('closed'),
    },
    {
      title: 'the pipe of replies: the process is killed',
      code: `async () => { fs.closeSync(4); await sleep(20000); }`,
      response: KILLED,
    },
  ]);

  describeHostile('a Python handler', PYTHON, [
    {
      title: 'that writes an invalid frame',
      code: `os.write(4, b'\\x00\\x00\\x00\\x02AA')\ntime.sleep(20)`,
      response: KILLED,
    },
    {
      title: 'that writes a second reply',
      code: `header = json.dumps({'kind': 'response', 'requestId': context.aws_request_id}).encode() + b'\\n"first"'
os.write(4, len(header).to_bytes(4, 'big') + header)
return 'second'`,
      response: returned('first'),
      isReusable: true,
    },
    {
      title: 'that closes stdout',
      code: `os.close(1)\nprint('lost')`,
      response: thrown('OSError', '[Errno 9] Bad file descriptor'),
      isReusable: true,
    },
    {
      title: 'that closes the stream of stdout',
      code: `sys.stdout.close()\nreturn 'closed'`,
      response: returned('closed'),
      isReusable: true,
    },
    {
      title: 'that closes the pipe of events',
      code: `os.close(3)\nreturn 'closed'`,
      response: returned('closed'),
    },
    {
      title: 'that closes the pipe of replies',
      code: `os.close(4)\ntime.sleep(20)`,
      response: KILLED,
    },
  ]);
});
