/** Messages about the state of a function and the reasons for it, by code. */
export const STATE_SENTENCES = {
  stateFailed: 'The function is in state Failed ({0}). Update it before invoking.',
  statePending: "The function is being created. Lambda rejects invocations until it's active.",
  stateRestoring: "Lambda is restoring the function after it was idle. Invocations are rejected until it's active.",
  stateInactive: 'The function is inactive. The first invocation reactivates it and might fail.',
  stateDeactivating: "The function is being deactivated. Lambda rejects invocations until it's active again.",
  stateDeactivated:
    'The function is deactivated. To activate it, set its minimum and maximum execution environments above 0.',
  stateDeleting: 'The function is being deleted. Lambda rejects invocations.',
  stateNotInvocable:
    "This version can't be invoked. Select a published version, or leave Version empty for $LATEST.PUBLISHED.",
  notPublished:
    'The function has no $LATEST.PUBLISHED version, which is invoked by default. Publish it, or select another version.',
  updateFailed: "The function's last update failed ({0}). Invocations run the previous code.",
  updateRunning: 'The function is being updated. The previous code might still run.',

  // Reasons that aren't described by an exception
  reasonIdle: 'The function was idle, and Lambda reclaimed its resources.',
  reasonCreating: 'Lambda is creating the function.',
  reasonRolePermissions:
    "The function's role lacks a required permission. Add the permission, then update the function.",
  reasonConfiguration: "The function's configuration is invalid. Correct it, then update the function.",
  reasonInternalError: 'Lambda had an internal error. Update the function again.',
  reasonImageDeleted: 'The container image was deleted. Push it again, then update the function.',
  reasonImageAccess: "Lambda can't access the container image. Check the permissions of its repository.",
  reasonInvalidImage: 'The container image is invalid. Build it again, then update the function.',
  reasonFunctionError: 'The function failed to initialize. Check its log.',
  reasonInitTimeout: 'Initialization timed out. Load less outside the handler, or increase Timeout.',
  reasonRuntimeInit: "The runtime failed to initialize. Check the function's log.",
  reasonWorkingDirectory: "The container image's working directory is invalid. Correct it in ImageConfig.",
  reasonPermissionDenied: "The function's code can't be read or run. Check the permissions of its files.",
  reasonExtensions: 'The function has too many extensions. Remove some of its layers.',
  reasonInitResources: 'Initialization exhausted the memory or other resources. Increase MemorySize.',
  reasonVpcEncryption: "The VPC's encryption controls don't allow this function. Check the encryption mode of the VPC.",
  reasonDraining: 'Lambda is waiting for the running durable executions to end.',
  reasonScalingLimit: 'The capacity provider has reached its scaling limit. Increase its maximum number of vCPUs.',
  reasonCapacity:
    'Amazon EC2 has too little capacity. Allow more instance types or Availability Zones in the capacity provider.',
  reasonVcpuLimit: "The account's Amazon EC2 vCPU limit is exceeded. Request a higher quota.",
  reasonEc2Throttled: 'Amazon EC2 throttled Lambda while it set up resources. Wait a moment, then update the function.',
  reasonQuota: 'An account quota is exceeded. Request an increase in Service Quotas.',
  reasonDependency: 'A service that Lambda depends on failed. Wait a moment, then update the function.',
} as const;
