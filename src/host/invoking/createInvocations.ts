import { Invocations } from '../../app/invocations.ts';
import { awsTarget } from '../connections/connections.ts';
import type { Services } from '../wiring/services.ts';
import { setting } from '../settings.ts';
import { explainUnknownFunction } from './explainUnknownFunction.ts';
import { readPayload } from './payloadFiles.ts';

/** Every invocation of the extension starts here. */
export function createInvocations({
  aws,
  local,
  connections,
  ...known
}: Pick<Services, 'aws' | 'local' | 'connections' | 'localFunctions' | 'knownFunctions'>): Invocations {
  return new Invocations({
    readPayload,
    confirm: connections.confirm,
    signIn: (profile, signal) => connections.signIn.offer(profile, signal),
    target: async (connection) =>
      connection.kind === 'local' ? { kind: 'local', address: await local.address() } : awsTarget(connection),
    maxRetries: () => setting('resend.attempts'),
    knownFunctions: known.knownFunctions,
    invoke: explainUnknownFunction(async (request, options) => {
      const response = await (await aws()).invoke(request, options);
      if (options.target.kind !== 'local' || response.FunctionError === undefined) return response;
      return (await local.placeholders()).explain(request.FunctionName, response, options.environment);
    }, known),
  });
}
