import { endpointProblem, shownAddress } from '../connection/endpointAddress.ts';
import { message, type Message } from '../messages/messages.ts';
import type { FoundInvoke } from './findInvoke.ts';

/** The endpoint of `awslocal`. Source: localstack/awscli-local, bin/awslocal. */
function localStack({ environment }: FoundInvoke): string {
  const protocol = environment.get('USE_SSL') === undefined ? 'http' : 'https';
  const host = environment.get('LOCALSTACK_HOST') ?? 'localhost';
  const port = environment.get('EDGE_PORT') ?? '4566';
  return `${protocol}://${/:\d+$/.test(host) ? host : `${host}:${port}`}`;
}

/**
 * The endpoint of a command: from its option, its variables, or LocalStack's for `awslocal`. An invalid address is
 * reported without repeating it, because it may contain a password.
 */
export function endpointOf(
  invoke: FoundInvoke,
  fromVariables: string | undefined,
): { readonly endpoint?: string; readonly notes: readonly Message[] } {
  const localStackEndpoint = invoke.program === 'awslocal' ? localStack(invoke) : undefined;
  const endpoint = invoke.options.values.get('endpoint-url') ?? fromVariables ?? localStackEndpoint;
  if (endpoint === undefined || endpoint === '') return { notes: [] };
  const problem = endpointProblem(endpoint, '--endpoint-url');
  if (problem === undefined) return { endpoint, notes: [] };
  const sanitized = shownAddress(endpoint);
  const isUsable = problem.code === 'endpointTooMuch' && endpointProblem(sanitized, '--endpoint-url') === undefined;
  return isUsable
    ? { endpoint: sanitized, notes: [message('importEndpointTooMuch')] }
    : { notes: [message('importEndpoint')] };
}
