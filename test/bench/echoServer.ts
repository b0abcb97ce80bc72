// A Lambda server that responds immediately with the request's payload, or with `{}` to more than 64 kB, so that only
// the client's overhead is measured. Runs in a separate process, prints its URL, and exits when its stdin closes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const sent = Buffer.concat(parts);
    const body = sent.byteLength > 65_536 ? Buffer.from('{}') : sent;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': body.byteLength,
      'x-amzn-RequestId': '00000000-0000-4000-8000-000000000000',
      'X-Amz-Executed-Version': '$LATEST',
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.resume();
process.stdin.once('end', () => process.exit());
