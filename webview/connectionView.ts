import type { ConnectionView } from '../src/core/connection.ts';
import { parseFunctionName } from '../src/core/functionName.ts';
import { byId } from './dom.ts';
import { sentence, t } from './localize.ts';

/** Shows profile, region and endpoint beside the Invoke button. A region in the function's ARN counts before all others. */
export function showConnection(connection: ConnectionView | undefined, functionName: string): void {
  const profile = byId('profile');
  const region = byId('region');
  const endpoint = byId('endpoint');
  const problem = byId('connection-problem');
  region.hidden = connection?.kind !== 'aws';
  endpoint.hidden = connection?.kind !== 'aws' || connection.endpoint === undefined;
  problem.textContent = '';
  if (connection === undefined) return;
  if (connection.kind === 'local') {
    profile.textContent = t('Local');
    return;
  }
  profile.textContent = connection.profile ?? t('Default chain');
  const arnRegion = parseFunctionName(functionName.trim())?.region;
  const missing = connection.isPending === true ? '…' : t('No region');
  region.textContent = arnRegion === undefined ? (connection.region ?? missing) : t('{0} (from the ARN)', arnRegion);
  if (connection.endpoint !== undefined) {
    endpoint.textContent = connection.endpoint;
    endpoint.title = t('Endpoint from {0}', connection.endpointFrom ?? '');
  }
  if (connection.problem !== undefined) problem.textContent = sentence(connection.problem);
}
