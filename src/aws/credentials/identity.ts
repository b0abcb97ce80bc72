import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CallerIdentity } from '../../core/connection/callerIdentity.ts';
import { nameOfArn } from '../../core/connection/callerIdentity.ts';
import { read, type ReadContext } from '../read.ts';

/**
 * The account and ARN that a connection's credentials belong to. Rejects with InvokeError.
 * Source: AWS STS API reference, GetCallerIdentity.
 */
export async function readIdentity(context: ReadContext): Promise<CallerIdentity> {
  const { clients, connection, config, signal } = context;
  const service = clients.service('sts', connection, config);
  const client = new STSClient(service);
  const where = service.endpoint ?? `STS in ${connection.region}`;
  const { Account = '', Arn = '' } = await read('the caller identity', { ...context, where }, (track) =>
    client.send(track(new GetCallerIdentityCommand({})), { abortSignal: signal }),
  );
  return { accountId: Account, arn: Arn, name: nameOfArn(Arn) };
}
