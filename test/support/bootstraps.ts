/** Custom runtimes for tests, as the text of their `bootstrap` file. */

const NODE = `#!${process.execPath}`;

/** The parts of the address. */
const ADDRESS = `const { existsSync, writeFileSync } = require('node:fs');
const api = process.env.AWS_LAMBDA_RUNTIME_API;
const [host, rest] = api.split(':');
const port = Number.parseInt(rest);
const ROOT = '/2018-06-01/runtime';
const secret = api.slice((host + ':' + port).length);
`;

/**
 * Uses `fetch` and accepts an address with a path. Returns its address, and the statuses of the requests in the event. If
 * the event says so, it requests the following event twice.
 */
export const FETCHING = `${NODE}
${ADDRESS}
const base = 'http://' + api + ROOT;
async function statusOf({ method = 'GET', path, headers = {} }) {
  const response = await fetch('http://' + host + ':' + port + path.replace('SECRET', secret), { method, headers });
  await response.text();
  return response.status;
}
/** Requests the next event twice, and writes the body of the refused request to a file. */
async function nextEvent(isTwice) {
  const requests = Array.from({ length: isTwice ? 2 : 1 }, async () => {
    const next = await fetch(base + '/invocation/next');
    if (next.status !== 200) writeFileSync('../refused', await next.text());
    return next;
  });
  return (await Promise.all(requests)).find(({ status }) => status === 200);
}
async function main() {
  let isTwice = false;
  for (;;) {
    const next = await nextEvent(isTwice);
    const id = next.headers.get('lambda-runtime-aws-request-id');
    const { requests = [], thenTwice } = await next.json();
    isTwice = thenTwice;
    const statuses = [];
    for (const request of requests) statuses.push(await statusOf(request));
    const body = JSON.stringify({ api, pid: process.pid, statuses });
    await fetch(base + '/invocation/' + id + '/response', { method: 'POST', body });
  }
}
main();
`;

/**
 * Sends every request in a new connection and without the secret, over IPv6 if the handler's name says so. Aborts as many
 * responses as the event says before it sends one, or a streamed one, and then sends none.
 */
export const NEW_CONNECTIONS = `${NODE}
${ADDRESS}
const http = require('node:http');
const address = process.env._HANDLER.startsWith('ipv6') ? '::ffff:127.0.0.1' : 'localhost';
function send(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const options = { host: address, port, method, path: ROOT + path, agent: false, headers };
    const request = http.request(options, (response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve({ id: response.headers['lambda-runtime-aws-request-id'], text, status: response.statusCode }));
    });
    request.on('error', reject).end(body);
  });
}
/** Begins a response and closes the connection in the middle of its body: of a streamed one, when the file exists. */
function abort(path, file) {
  return new Promise((resolve) => {
    const headers = file ? { 'lambda-runtime-function-response-mode': 'streaming' } : { 'content-length': 1000 };
    const request = http.request({ host: address, port, method: 'POST', path: ROOT + path, agent: false, headers });
    request.on('error', () => undefined).on('close', resolve);
    const close = () => (!file || existsSync(file) ? request.destroy() : setTimeout(close, 10));
    request.write('"begun', close);
  });
}
async function main() {
  for (;;) {
    const { id, text } = await send('GET', '/invocation/next');
    const { aborts = 0, truncateWhen } = JSON.parse(text);
    for (let n = 0; n < aborts; n++) await abort('/invocation/' + id + '/response');
    if (truncateWhen) { await abort('/invocation/' + id + '/response', truncateWhen); continue; }
    await send('POST', '/invocation/' + id + '/response', JSON.stringify({ api, pid: process.pid }));
  }
}
main();
`;

/** As FETCHING, but exits until its code is fixed: until there is a file `fixed`. */
export const BROKEN = FETCHING.replace('main();', "if (require('node:fs').existsSync('fixed')) main();");

/** Takes everything after the colon for the port, and writes a line to `starts` when it starts. */
export const SPLITTING = `#!/usr/bin/env python3
import http.client, json, os
with open("starts", "a") as starts:
    starts.write(os.environ["AWS_LAMBDA_RUNTIME_API"] + "\\n")
print("starting", flush=True)
host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
api = http.client.HTTPConnection(host, int(port))

def send(method, path, body=None):
    api.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    response = api.getresponse()
    return response.getheader("Lambda-Runtime-Aws-Request-Id"), response.read()

while True:
    request_id, event = send("GET", "next")
    send("POST", request_id + "/response", json.dumps({"event": json.loads(event), "pid": os.getpid()}))
`;
