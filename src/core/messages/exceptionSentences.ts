/**
 * What each exception of Invoke means and what to do about it, by the exception's own name. Two sentences each; what AWS
 * said stands beside them as received. Source: the service model (InvokeCommand's errors), Lambda's troubleshooting guide.
 */
export const EXCEPTION_SENTENCES = {
  // 400
  InvalidParameterValueException:
    'A parameter of the request is not valid. Correct the field that AWS names, then invoke again.',
  InvalidRequestContentException:
    'Lambda could not read the payload or a header as JSON. Correct the payload or the client context, then invoke again.',
  ValidationException:
    'A field of the request does not have the form Lambda asks for. Correct the field that AWS names, then invoke again.',
  RecursiveInvocationException:
    'Lambda stopped a loop in which this function keeps invoking itself through other services. Break the loop, or allow it in the function’s recursion configuration.',
  SnapStartException:
    'The function’s afterRestore hook failed while its snapshot was restored. Look at the function’s log and correct the hook.',
  NoPublishedVersionException: 'The function has no published version. Publish one, or invoke $LATEST.',
  ModeNotSupportedException:
    'The function does not take this kind of invocation. Choose the other kind of response (whole or streamed) or another invocation type.',
  // 402
  ServiceQuotaExceededException:
    'A quota of the account would be exceeded. See which one AWS names, and ask for more in Service Quotas.',
  // 403
  EFSMountFailureException:
    'The function could not mount its EFS file system: permission or configuration. Check its role (elasticfilesystem:ClientMount), the access point and the security groups.',
  S3FilesMountFailureException:
    'The function could not mount its S3 Files access point: permission or configuration. Check its role, the access point and the security groups.',
  // 408
  SnapStartTimeoutException: 'The snapshot was not restored in time. Shorten the afterRestore hook, then invoke again.',
  EFSMountTimeoutException:
    'The EFS file system was reached, but mounting took too long. Wait a moment and invoke again; check the file system’s throughput if it goes on.',
  EFSMountConnectivityException:
    'The function cannot reach its EFS file system. Check the mount targets, the subnets and that the security groups let port 2049 through.',
  S3FilesMountTimeoutException:
    'The S3 Files access point was reached, but mounting took too long. Wait a moment and invoke again.',
  S3FilesMountConnectivityException:
    'The function cannot reach its S3 Files access point. Check the subnets and the security groups.',
  // 409
  ResourceConflictException:
    'Another operation on the function is in progress. Wait until its state is Active and its last update has ended, then invoke again.',
  SnapStartNotReadyException:
    'Lambda is still making the snapshot of this version. Invoke again when the version’s state is Active.',
  CodeArtifactUserPendingException:
    'The user of the function’s code artifact is still being made. Wait a moment and invoke again.',
  CodeArtifactUserDeletedException:
    'The user of the function’s code artifact was deleted. Wait until Lambda has made it anew, or update the function’s code.',
  CodeArtifactUserFailedException:
    'The user of the function’s code artifact could not be made. Update the function’s code or configuration, then invoke again.',
  DurableExecutionAlreadyStartedException:
    'A durable execution of this name was started with another payload. Use another DurableExecutionName, or send the same payload to get the execution there is.',
  // 410
  EFSIOException:
    'Reading from or writing to the function’s EFS file system failed. Check the file system’s state and throughput, then invoke again.',
  // 413
  RequestTooLargeException: 'Lambda refused the payload as too large. Send a smaller one, or pass a reference to S3.',
  SerializedRequestEntityTooLargeException:
    'Lambda refused the request as too large once it was packed. Send a smaller payload, or pass a reference to S3.',
  // 415
  UnsupportedMediaTypeException:
    'Lambda does not take the content type of the request. An endpoint or proxy in between may have changed it: check the endpoint of the connection.',
  // 429, by Reason
  ConcurrentInvocationLimitExceeded:
    'Throttled: the account has as many functions running in this region as its concurrency limit allows. The function was not run; wait and invoke again, or ask for a higher limit.',
  ReservedFunctionConcurrentInvocationLimitExceeded:
    'Throttled: the function’s own reserved concurrency is used up. The function was not run; wait and invoke again, or raise its reserved concurrency (0 switches it off).',
  FunctionInvocationRateLimitExceeded:
    'Throttled: the function is invoked more often a second than its concurrency allows. The function was not run; wait and invoke again.',
  ReservedFunctionInvocationRateLimitExceeded:
    'Throttled: the function is invoked more often a second than its reserved concurrency allows. The function was not run; wait and invoke again, or raise its reserved concurrency.',
  CallerRateLimitExceeded:
    'Throttled: this caller sends too many requests. The function was not run; wait and invoke again.',
  ConcurrentSnapshotCreateLimitExceeded:
    'Throttled: the account makes as many snapshots as it may. The function was not run; wait and invoke again.',
  TooManyRequestsException:
    'Throttled: Lambda takes no more requests for now. The function was not run; wait and invoke again.',
  // 500
  ServiceException:
    'Lambda had an internal error. The function may or may not have run: look at its log before you invoke again.',
  // 502
  EC2AccessDeniedException:
    'The function’s role may not make the network interfaces of its VPC. Give it ec2:CreateNetworkInterface, DescribeNetworkInterfaces and DeleteNetworkInterface (the policy AWSLambdaVPCAccessExecutionRole).',
  EC2ThrottledException: 'EC2 throttled Lambda while it set up the function’s VPC. Wait a moment and invoke again.',
  EC2UnexpectedException:
    'EC2 failed unexpectedly while Lambda set up the function’s VPC. Wait a moment and invoke again.',
  ENILimitReachedException:
    'The VPC has no network interface left for the function. Delete unused ones, or raise the quota of network interfaces.',
  ENINotReadyException: 'The network interface of the function’s VPC is not ready yet. Wait a moment and invoke again.',
  InvalidRuntimeException:
    'The function’s runtime is not supported (any more). Move the function to a supported runtime.',
  InvalidSecurityGroupIDException:
    'A security group of the function’s VPC configuration does not exist. Correct the configuration.',
  InvalidSubnetIDException: 'A subnet of the function’s VPC configuration does not exist. Correct the configuration.',
  InvalidZipFileException: 'Lambda could not unpack the function’s code. Deploy it again.',
  KMSAccessDeniedException:
    'Lambda may not decrypt the function’s environment variables. Give its role kms:Decrypt on the key, and check the key’s policy.',
  KMSDisabledException:
    'The KMS key of the function’s environment variables is disabled. Enable it, or choose another key.',
  KMSInvalidStateException:
    'The KMS key of the function’s environment variables is in a state that does not allow decrypting. Check the key (is it pending deletion?), or choose another one.',
  KMSNotFoundException:
    'The KMS key of the function’s environment variables does not exist. Choose another key in the function’s configuration.',
  ResourceNotReadyException:
    'The function was idle for so long that Lambda took its VPC connection away. It is being made again: wait a minute and invoke again.',
  SubnetIPAddressLimitReachedException:
    'A subnet of the function’s VPC has no free IP address. Add a larger subnet, or free addresses.',
  SnapStartRegenerationFailureException:
    'Lambda could not make the snapshot of this version again. Publish a new version, then invoke that one.',
} as const;

export type ExceptionName = keyof typeof EXCEPTION_SENTENCES;

/** Whether an exception's name (or a throttle's Reason) is one that has its own sentence. */
export function isKnownException(name: string): name is ExceptionName {
  return Object.hasOwn(EXCEPTION_SENTENCES, name);
}
