/**
 * What each exception of Invoke means and what to do, by exception name. The original error is shown next to it.
 * Source: the service model (InvokeCommand's errors), Lambda's troubleshooting guide.
 */
export const EXCEPTION_SENTENCES = {
  // 400
  InvalidParameterValueException:
    'A request parameter is invalid. Correct the field named in the error, then invoke again.',
  InvalidRequestContentException:
    "Lambda can't parse the payload or a header as JSON. Correct the payload or the client context, then invoke again.",
  ValidationException:
    'A request field has an invalid format. Correct the field named in the error, then invoke again.',
  RecursiveInvocationException:
    "Lambda stopped a recursive loop of this function. Break the loop, or allow it in the function's recursive loop detection settings.",
  SnapStartException: "The function's afterRestore hook failed. Check the function's log and correct the hook.",
  NoPublishedVersionException: 'The function has no published version. Publish one, then invoke again.',
  ModeNotSupportedException: "The function doesn't support this mode. Choose another response mode or invocation type.",
  // 402
  ServiceQuotaExceededException:
    'The invocation would exceed an account quota. Check which quota the error names, and request an increase in Service Quotas.',
  // 403
  EFSMountFailureException:
    "The function couldn't mount its EFS file system. Check the role (elasticfilesystem:ClientMount), the access point, and the security groups.",
  S3FilesMountFailureException:
    "The function couldn't mount its S3 Files access point. Check the role, the access point, and the security groups.",
  // 408
  SnapStartTimeoutException: 'Restoring the snapshot timed out. Shorten the afterRestore hook, then invoke again.',
  EFSMountTimeoutException:
    "Mounting the EFS file system timed out. Wait a moment and invoke again, or check the file system's throughput.",
  EFSMountConnectivityException:
    "The function can't connect to its EFS file system. Check the mount targets, the subnets, and that the security groups allow port 2049.",
  S3FilesMountTimeoutException: 'Mounting the S3 Files access point timed out. Wait a moment, then invoke again.',
  S3FilesMountConnectivityException:
    "The function can't connect to its S3 Files access point. Check the subnets and the security groups.",
  // 409
  ResourceConflictException:
    'Another operation on the function is in progress. Wait until the function is Active and its last update is complete, then invoke again.',
  SnapStartNotReadyException:
    'Lambda is creating the snapshot of this version. Invoke again when the version is Active.',
  CodeArtifactUserPendingException:
    "The user for the function's code artifact is being created. Wait a moment, then invoke again.",
  CodeArtifactUserDeletedException:
    "The user for the function's code artifact was deleted. Wait until Lambda recreates it, or update the function's code.",
  CodeArtifactUserFailedException:
    "Lambda couldn't create the user for the function's code artifact. Update the function's code or configuration, then invoke again.",
  DurableExecutionAlreadyStartedException:
    'A durable execution with this name was started with a different payload. Use another name, or send the same payload to get the existing execution.',
  // 410
  EFSIOException:
    "Reading from or writing to the function's EFS file system failed. Check the file system's state and throughput, then invoke again.",
  // 413
  RequestTooLargeException: 'The payload is too large. Send a smaller one, or pass a reference to an Amazon S3 object.',
  SerializedRequestEntityTooLargeException:
    'The serialized request is too large. Send a smaller payload, or pass a reference to an Amazon S3 object.',
  // 415
  UnsupportedMediaTypeException:
    "Lambda doesn't support the content type of the request. Check the endpoint and any proxies.",
  // 429, by Reason
  ConcurrentInvocationLimitExceeded:
    "Throttled by the account's concurrency limit, so the function didn't run. Wait and invoke again, or request a higher limit.",
  ReservedFunctionConcurrentInvocationLimitExceeded:
    "Throttled by the function's reserved concurrency, so the function didn't run. Wait and invoke again, or increase its reserved concurrency (0 prevents all invocations).",
  FunctionInvocationRateLimitExceeded:
    "Throttled by the function's invocation rate limit, so the function didn't run. Wait, then invoke again.",
  ReservedFunctionInvocationRateLimitExceeded:
    "Throttled by the invocation rate limit of the function's reserved concurrency, so the function didn't run. Wait and invoke again, or increase its reserved concurrency.",
  CallerRateLimitExceeded:
    "Throttled by the caller's request rate limit, so the function didn't run. Wait, then invoke again.",
  ConcurrentSnapshotCreateLimitExceeded:
    "Throttled by the account's limit of concurrent snapshots, so the function didn't run. Wait, then invoke again.",
  TooManyRequestsException: "Throttled by Lambda, so the function didn't run. Wait, then invoke again.",
  // 500
  ServiceException:
    'Lambda had an internal error, and the function might have run. Check its log before invoking again.',
  // 502
  EC2AccessDeniedException:
    "The function's role can't create network interfaces in its VPC. Attach the policy AWSLambdaVPCAccessExecutionRole or equivalent permissions.",
  EC2ThrottledException: "EC2 throttled Lambda while setting up the function's VPC. Wait a moment, then invoke again.",
  EC2UnexpectedException:
    "EC2 failed unexpectedly while Lambda set up the function's VPC. Wait a moment, then invoke again.",
  ENILimitReachedException:
    'The VPC has reached its limit of network interfaces. Delete unused ones, or request a higher quota.',
  ENINotReadyException: "The network interface of the function's VPC isn't ready. Wait a moment, then invoke again.",
  InvalidRuntimeException: "The function's runtime isn't supported. Update the function to a supported runtime.",
  InvalidSecurityGroupIDException:
    "A security group of the function's VPC configuration doesn't exist. Correct the configuration.",
  InvalidSubnetIDException: "A subnet of the function's VPC configuration doesn't exist. Correct the configuration.",
  InvalidZipFileException: "Lambda couldn't unzip the function's code. Deploy it again.",
  KMSAccessDeniedException:
    "Lambda can't decrypt the function's environment variables. Allow kms:Decrypt for the function's role, and check the key policy.",
  KMSDisabledException:
    "The KMS key of the function's environment variables is disabled. Enable it, or choose another key.",
  KMSInvalidStateException:
    "The KMS key of the function's environment variables is in a state that doesn't allow decryption. Check whether the key is pending deletion, or choose another key.",
  KMSNotFoundException:
    "The KMS key of the function's environment variables doesn't exist. Choose another key in the function's configuration.",
  ResourceNotReadyException:
    'The function was inactive, and Lambda is restoring its VPC connection. Wait a minute, then invoke again.',
  SubnetIPAddressLimitReachedException:
    "A subnet of the function's VPC has no free IP addresses. Add a larger subnet, or free addresses.",
  SnapStartRegenerationFailureException:
    "Lambda couldn't regenerate the snapshot of this version. Publish a new version and invoke it.",
} as const;
