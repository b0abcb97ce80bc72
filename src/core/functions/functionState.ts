import type { Problem } from '../invocation/validate.ts';
import { message, type Message, type MessageCode } from '../messages/messages.ts';
import type { FunctionFacts } from './functionFacts.ts';
import { requestWarnings, type RequestFields } from './requestWarnings.ts';

/** Lambda's reason codes. Those with the same cause as an exception share its message. Source: Lambda API reference. */
const REASONS: Readonly<Record<string, MessageCode>> = {
  Idle: 'reasonIdle',
  Creating: 'reasonCreating',
  Restoring: 'stateRestoring',
  EniLimitExceeded: 'ENILimitReachedException',
  InsufficientRolePermissions: 'reasonRolePermissions',
  InvalidConfiguration: 'reasonConfiguration',
  InternalError: 'reasonInternalError',
  SubnetOutOfIPAddresses: 'SubnetIPAddressLimitReachedException',
  InvalidSubnet: 'InvalidSubnetIDException',
  InvalidSecurityGroup: 'InvalidSecurityGroupIDException',
  ImageDeleted: 'reasonImageDeleted',
  ImageAccessDenied: 'reasonImageAccess',
  InvalidImage: 'reasonInvalidImage',
  KMSKeyAccessDenied: 'KMSAccessDeniedException',
  KMSKeyNotFound: 'KMSNotFoundException',
  InvalidStateKMSKey: 'KMSInvalidStateException',
  DisabledKMSKey: 'KMSDisabledException',
  EFSIOError: 'EFSIOException',
  EFSMountConnectivityError: 'EFSMountConnectivityException',
  EFSMountFailure: 'EFSMountFailureException',
  EFSMountTimeout: 'EFSMountTimeoutException',
  InvalidRuntime: 'InvalidRuntimeException',
  InvalidZipFileException: 'InvalidZipFileException',
  FunctionError: 'reasonFunctionError',
  'FunctionError.InitTimeout': 'reasonInitTimeout',
  'FunctionError.RuntimeInitError': 'reasonRuntimeInit',
  'FunctionError.ExtensionInitError': 'adviceExtension',
  'FunctionError.InvalidEntryPoint': 'adviceEntrypoint',
  'FunctionError.InvalidWorkingDirectory': 'reasonWorkingDirectory',
  'FunctionError.PermissionDenied': 'reasonPermissionDenied',
  'FunctionError.TooManyExtensions': 'reasonExtensions',
  'FunctionError.InitResourceExhausted': 'reasonInitResources',
  DisallowedByVpcEncryptionControl: 'reasonVpcEncryption',
  DrainingDurableExecutions: 'reasonDraining',
  CapacityProviderScalingLimitExceeded: 'reasonScalingLimit',
  InsufficientCapacity: 'reasonCapacity',
  VcpuLimitExceeded: 'reasonVcpuLimit',
  EC2RequestLimitExceeded: 'reasonEc2Throttled',
  ServiceQuotaExceededException: 'reasonQuota',
  DependencyError: 'reasonDependency',
};

/** What a StateReasonCode or LastUpdateStatusReasonCode means. Undefined if the code is unknown. */
export function describeReason(code: string): Message | undefined {
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known === undefined ? undefined : message(known);
}

/** Reasons that the message about the state itself describes. */
const OBVIOUS = new Set(['Idle', 'Creating', 'Restoring']);

function withReason(state: Message, code: string | undefined): Message[] {
  const reason = code === undefined || OBVIOUS.has(code) ? undefined : describeReason(code);
  return reason === undefined ? [state] : [state, reason];
}

function stateMessage({ State = 'Active', StateReason, StateReasonCode }: FunctionFacts): Message | undefined {
  switch (State) {
    case 'Failed':
      return message('stateFailed', StateReason ?? StateReasonCode ?? '');
    case 'Pending':
      return message(StateReasonCode === 'Restoring' ? 'stateRestoring' : 'statePending');
    case 'Inactive':
      return message('stateInactive');
    case 'Deactivating':
      return message('stateDeactivating');
    case 'Deactivated':
      return message('stateDeactivated');
    case 'ActiveNonInvocable':
      return message('stateNotInvocable');
    case 'Deleting':
      return message('stateDeleting');
    default: // Active, or a state that this version doesn't know
      return undefined;
  }
}

/** Why an invocation might fail or run older code, by the function's state. Most important first. */
function stateWarnings(facts: FunctionFacts): Message[] {
  const { StateReasonCode, LastUpdateStatus, LastUpdateStatusReason, LastUpdateStatusReasonCode } = facts;
  const state = stateMessage(facts);
  if (state !== undefined) return withReason(state, StateReasonCode);
  if (LastUpdateStatus === 'InProgress') return [message('updateRunning')];
  if (LastUpdateStatus !== 'Failed') return [];
  const reason = LastUpdateStatusReason ?? LastUpdateStatusReasonCode ?? '';
  return withReason(message('updateFailed', reason), LastUpdateStatusReasonCode);
}

/** Warnings before an invocation: the function's state, and fields that it needs or doesn't accept. */
export function factWarnings(facts: FunctionFacts, request: RequestFields): Problem[] {
  const warning = (field: Problem['field'], text: Message): Problem => ({ field, message: text, isWarning: true });
  const state =
    facts.isUnpublished === true
      ? [warning('Qualifier', message('notPublished'))]
      : stateWarnings(facts).map((text) => warning('FunctionName', text));
  return [...state, ...requestWarnings(facts, request)];
}
