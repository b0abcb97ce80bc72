// A window that adds to a history: an entry for each message of its parent, or as many as it can until it is killed.
import { endedInvocation, openHistory } from '../openHistory.ts';

const [folder = '', prefix = ''] = process.argv.slice(2);
const history = openHistory(folder);

async function add(invocationId: string): Promise<void> {
  await history.add(endedInvocation(invocationId, { response: JSON.stringify('x'.repeat(500)) }));
  const { ids, errors, reader } = history;
  process.send?.({ invocationId, ids, errors, pending: reader.pending.length });
}

process.on('message', (invocationId) => void add(String(invocationId)));
process.send?.('ready');

for (let index = 0; prefix !== ''; index++) {
  await add(`${prefix}-${index}`);
  await history.change({ op: 'delete', ids: ['unknown'] }); // replaces the file
}
