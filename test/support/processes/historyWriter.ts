// A window that adds to a history: an entry for each message of its parent, or as many as it can until it is killed.
import { endedInvocation, openHistory } from '../openHistory.ts';

const [folder = '', prefix = ''] = process.argv.slice(2);
const history = openHistory(folder);

async function add(invocationId: string): Promise<void> {
  await history.add(endedInvocation(invocationId, { response: JSON.stringify('x'.repeat(500)) }));
  report(invocationId);
}

async function remove(invocationId: string): Promise<void> {
  await history.change({ op: 'delete', ids: [invocationId] });
  report(invocationId);
}

function report(invocationId: string): void {
  const { ids, errors, reader } = history;
  process.send?.({ invocationId, ids, errors, pending: reader.pending.length });
}

process.on('message', (message: { readonly add: string } | { readonly delete: string }) => {
  if ('add' in message) void add(message.add);
  else void remove(message.delete);
});
process.send?.('ready');

async function addForever(): Promise<never> {
  for (let index = 0; ; index++) {
    await add(`${prefix}-${index}`);
    await history.change({ op: 'delete', ids: ['unknown'] }); // replaces the file
  }
}

if (prefix !== '') await addForever();
