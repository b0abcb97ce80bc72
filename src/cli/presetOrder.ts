import type { InvocationOrder } from '../app/runInvocation.ts';
import { variableValues } from '../app/variableValues.ts';
import { endpointProblem, shownAddress } from '../core/connection/endpointAddress.ts';
import type { Connection } from '../core/connection/connection.ts';
import { decodeText } from '../core/json/decodeText.ts';
import { positionAt } from '../core/json/jsonText.ts';
import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { presetConnection, presetInvocation, type Preset } from '../core/presets/preset.ts';
import { presetEnvironment } from '../core/presets/presetEnvironment.ts';
import { presetVariableProblems, resolvePreset } from '../core/presets/resolvePreset.ts';
import { resolveVariables, variableProblems, type Variable } from '../core/presets/variables.ts';
import type { TestCase } from '../core/testing/testCases.ts';
import type { CommonOptions } from './commonArguments.ts';
import type { ProcessIo } from './processIo.ts';
import { sentenceOf } from './sentenceOf.ts';
import { payloadPath, readPayload } from './workspaceFiles.ts';

type ConnectionOptions = Pick<CommonOptions, 'isLocal' | 'profile' | 'region' | 'allowsEndpoint'>;

/** The connection of the options. */
export function selectedConnection({
  isLocal,
  profile,
  region,
}: Omit<ConnectionOptions, 'allowsEndpoint'>): Connection {
  if (isLocal) return { kind: 'local' };
  return { kind: 'aws', ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
}

/**
 * The connection of a preset. Options override its profile and region, and `--local` all of it. Throws InvokeError for an
 * endpoint that is invalid or not allowed.
 */
function connectionOf(preset: Preset, options: ConnectionOptions): Connection {
  const selected = selectedConnection(options);
  if (selected.kind === 'local') return selected;
  const { name, endpoint = 'local' } = preset;
  if (endpoint !== 'local') {
    const problem = endpointProblem(endpoint, name);
    if (problem !== undefined) throw new InvokeError(problem);
    if (!options.allowsEndpoint) throw new InvokeError(message('cliEndpoint', name, shownAddress(endpoint)));
  }
  const connection = presetConnection(preset, selected);
  return connection.kind === 'local' ? connection : { ...connection, ...selected };
}

export interface OrderContext {
  readonly options: ConnectionOptions & Pick<CommonOptions, 'inputs'>;
  /** The absolute path of the workspace folder. */
  readonly folder: string;
  readonly io: Pick<ProcessIo, 'environment' | 'stdin'>;
  readonly newId: () => string;
}

/** The values of variables. Nothing prompts for a missing one. */
export function valuesFor(
  { options, folder, io, newId }: OrderContext,
  testCase?: TestCase,
): (variable: Variable) => string {
  return variableValues({
    environment: io.environment,
    envMissing: 'cliEnvMissing',
    folder: () => folder,
    input(name) {
      const value = options.inputs.get(name);
      if (value === undefined) throw new InvokeError(message('cliInputMissing', name, name));
      return value;
    },
    newId,
    testCase,
  });
}

/** The text of a payload file with the values of its variables. Rejects with InvokeError, with the location. */
async function resolvedPayload(
  file: string,
  name: string,
  { io, valueOf }: { readonly io: OrderContext['io']; readonly valueOf: (variable: Variable) => string },
): Promise<string> {
  const { bytes } = await readPayload({ kind: 'file', uri: file }, io);
  const decoded = decodeText(bytes);
  if (decoded.kind !== 'text')
    throw new InvokeError(message(decoded.kind === 'utf16' ? 'payloadUtf16' : 'payloadNotUtf8'));
  const [problem] = variableProblems(decoded.text);
  if (problem === undefined) return resolveVariables(decoded.text, valueOf, { isJson: true });
  const { line, column } = positionAt(decoded.text, problem.start);
  throw new InvokeError(message('variableIn', `${name}:${line}:${column}`, sentenceOf(problem.message)));
}

/** The order of a preset with the values of its variables. Rejects with InvokeError. */
export async function presetOrder(
  preset: Preset,
  context: OrderContext,
  valueOf: (variable: Variable) => string,
): Promise<InvocationOrder> {
  const { options, folder, io } = context;
  const [problem] = presetVariableProblems(preset);
  if (problem !== undefined) throw new InvokeError(message('variableIn', problem.key, sentenceOf(problem.message)));
  const { payloadFile, payloadFileVariables, ...resolved } = resolvePreset(preset, valueOf);
  const connection = connectionOf(resolved, options);
  const variables = presetEnvironment(preset);
  if (payloadFile === undefined) {
    return { invocation: presetInvocation(resolved, (path) => path), connection, ...variables };
  }
  const file = payloadPath(folder, payloadFile);
  const source =
    payloadFileVariables === true
      ? { Payload: await resolvedPayload(file, payloadFile, { io, valueOf }) }
      : { payloadFile: file };
  return { invocation: presetInvocation({ ...resolved, ...source }, (path) => path), connection, ...variables };
}

/** Which function a preset invokes, and where. Rejects with InvokeError. */
export function presetTarget(
  { name, FunctionName, Qualifier, InvocationType, profile, region, endpoint }: Preset,
  options: ConnectionOptions,
  valueOf: (variable: Variable) => string,
): Pick<InvocationOrder, 'invocation' | 'connection'> {
  const target: Preset = {
    name,
    FunctionName,
    ...(Qualifier !== undefined && { Qualifier }),
    ...(InvocationType !== undefined && { InvocationType }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const [problem] = presetVariableProblems(target);
  if (problem !== undefined) throw new InvokeError(message('variableIn', problem.key, sentenceOf(problem.message)));
  const resolved = resolvePreset(target, valueOf);
  return { invocation: presetInvocation(resolved, (path) => path), connection: connectionOf(resolved, options) };
}
