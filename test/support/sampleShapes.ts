/** Fields that AWS documents as always present, by sample. Paths into the event; keys with dots are in []. */
export const REQUIRED: Readonly<Record<string, string>> = {
  Hello: 'key1 key2 key3',
  'Direct Invocation': 'action items.0',
  'API Gateway REST API (v1)':
    'resource path httpMethod headers multiValueHeaders queryStringParameters multiValueQueryStringParameters ' +
    'pathParameters stageVariables requestContext.accountId requestContext.apiId requestContext.identity.sourceIp ' +
    'requestContext.requestId requestContext.requestTimeEpoch requestContext.resourcePath requestContext.stage ' +
    'body isBase64Encoded',
  'API Gateway HTTP API (v2)':
    'version routeKey rawPath rawQueryString cookies headers queryStringParameters requestContext.accountId ' +
    'requestContext.http.method requestContext.http.path requestContext.http.sourceIp requestContext.timeEpoch ' +
    'requestContext.authorizer.jwt.claims pathParameters stageVariables body isBase64Encoded',
  'Lambda Function URL':
    'version routeKey rawPath rawQueryString headers requestContext.domainName requestContext.http.method ' +
    'requestContext.timeEpoch body isBase64Encoded',
  'Application Load Balancer':
    'requestContext.elb.targetGroupArn httpMethod path queryStringParameters headers body isBase64Encoded',
  'API Gateway WebSocket Message':
    'requestContext.routeKey requestContext.messageId requestContext.eventType requestContext.connectionId ' +
    'requestContext.domainName requestContext.stage requestContext.connectedAt body isBase64Encoded',
  'API Gateway WebSocket $connect':
    'headers multiValueHeaders requestContext.routeKey requestContext.eventType requestContext.connectionId ' +
    'requestContext.identity.sourceIp isBase64Encoded',
  'AppSync Resolver':
    'arguments identity source request.headers info.fieldName info.parentTypeName info.variables ' +
    'info.selectionSetList info.selectionSetGraphQL prev stash',
  'CloudFront Viewer Request (Lambda@Edge)':
    'Records.0.cf.config.distributionId Records.0.cf.config.eventType Records.0.cf.request.clientIp ' +
    'Records.0.cf.request.headers.host.0.value Records.0.cf.request.method Records.0.cf.request.uri ' +
    'Records.0.cf.request.querystring',
  'CloudFront Origin Response (Lambda@Edge)':
    'Records.0.cf.config.eventType Records.0.cf.request.uri Records.0.cf.request.origin.custom.domainName ' +
    'Records.0.cf.response.status Records.0.cf.response.statusDescription Records.0.cf.response.headers',
  'S3 Object Created':
    'Records.0.eventVersion Records.0.eventSource Records.0.eventTime Records.0.eventName Records.0.s3.bucket.arn ' +
    'Records.0.s3.bucket.name Records.0.s3.object.key Records.0.s3.object.size Records.0.s3.object.eTag ' +
    'Records.0.s3.object.sequencer',
  'S3 Object Removed':
    'Records.0.eventName Records.0.s3.bucket.name Records.0.s3.object.key Records.0.s3.object.sequencer',
  'S3 Batch Operations':
    'invocationSchemaVersion invocationId job.id tasks.0.taskId tasks.0.s3Key tasks.0.s3VersionId tasks.0.s3BucketArn',
  SQS:
    'Records.0.messageId Records.0.receiptHandle Records.0.body Records.0.attributes.SentTimestamp ' +
    'Records.0.messageAttributes Records.0.md5OfBody Records.0.eventSource ' +
    'Records.0.eventSourceARN Records.0.awsRegion',
  'SQS FIFO':
    'Records.0.attributes.MessageGroupId Records.0.attributes.MessageDeduplicationId ' +
    'Records.0.attributes.SequenceNumber Records.0.md5OfBody Records.0.eventSourceARN',
  SNS:
    'Records.0.EventSource Records.0.EventVersion Records.0.EventSubscriptionArn Records.0.Sns.Type ' +
    'Records.0.Sns.MessageId Records.0.Sns.TopicArn Records.0.Sns.Message Records.0.Sns.Timestamp ' +
    'Records.0.Sns.MessageAttributes',
  'Amazon MQ (ActiveMQ)':
    'eventSource eventSourceArn messages.0.messageID messages.0.messageType messages.0.destination.physicalName ' +
    'messages.0.data messages.0.timestamp messages.0.redelivered',
  'Amazon MQ (RabbitMQ)':
    'eventSource eventSourceArn rmqMessagesByQueue.thumbnails::/.0.basicProperties.timestamp ' +
    'rmqMessagesByQueue.thumbnails::/.0.redelivered rmqMessagesByQueue.thumbnails::/.0.data',
  'SES Receipt':
    'Records.0.eventSource Records.0.eventVersion Records.0.ses.mail.commonHeaders.subject ' +
    'Records.0.ses.mail.messageId Records.0.ses.mail.headers Records.0.ses.receipt.recipients ' +
    'Records.0.ses.receipt.spamVerdict.status Records.0.ses.receipt.action.functionArn',
  'DynamoDB Stream':
    'Records.0.eventID Records.0.eventName Records.0.dynamodb.Keys Records.0.dynamodb.NewImage ' +
    'Records.1.dynamodb.OldImage Records.2.userIdentity.principalId Records.0.dynamodb.SequenceNumber ' +
    'Records.0.dynamodb.StreamViewType Records.0.eventSourceARN',
  'Kinesis Data Stream':
    'Records.0.kinesis.data Records.0.kinesis.partitionKey Records.0.kinesis.sequenceNumber ' +
    'Records.0.kinesis.approximateArrivalTimestamp Records.0.eventID Records.0.eventSourceARN',
  'Firehose Transformation':
    'invocationId deliveryStreamArn region records.0.recordId records.0.approximateArrivalTimestamp records.0.data',
  'Kafka (Amazon MSK)':
    'eventSource eventSourceArn bootstrapServers records.order-status-0.0.topic records.order-status-0.0.partition ' +
    'records.order-status-0.0.offset records.order-status-0.0.key records.order-status-0.0.value ' +
    'records.order-status-0.0.headers.0.producer',
  'Kafka (self-managed)': 'eventSource bootstrapServers records.parcel-events-3.0.value',
  'EventBridge Custom Event': 'version id detail-type source account time region resources detail',
  'EventBridge Scheduled Event': 'version id detail-type source account time region resources.0 detail',
  'EventBridge S3 Object Created':
    'version id detail-type source account time region resources.0 detail.bucket.name detail.object.key ' +
    'detail.object.size detail.object.sequencer detail.reason',
  'EventBridge EC2 State Change':
    'version id detail-type source account time region resources.0 detail.instance-id detail.state',
  'EventBridge CodePipeline State Change':
    'version id detail-type source account time region resources.0 detail.pipeline detail.execution-id detail.state',
  'IoT Rule': 'device topic receivedAt',
  'Lambda Authorizer TOKEN': 'type authorizationToken methodArn',
  'Lambda Authorizer REQUEST':
    'type methodArn resource path httpMethod headers queryStringParameters pathParameters stageVariables ' +
    'requestContext.identity.sourceIp',
  'Lambda Authorizer HTTP API (v2)':
    'version type routeArn identitySource.0 routeKey rawPath headers requestContext.http.method',
  'Cognito Pre Sign-up':
    'version region userPoolId userName triggerSource callerContext.clientId request.userAttributes ' +
    'response.autoConfirmUser response.autoVerifyEmail response.autoVerifyPhone',
  'Cognito Post Confirmation':
    'version region userPoolId userName triggerSource callerContext.clientId request.userAttributes.sub response',
  'Cognito Pre Token Generation':
    'version userPoolId userName triggerSource request.userAttributes.sub request.groupConfiguration ' +
    'response.claimsOverrideDetails',
  'Cognito Pre Token Generation (V2)':
    'version userPoolId userName triggerSource request.userAttributes.sub request.groupConfiguration request.scopes ' +
    'response.claimsAndScopeOverrideDetails',
  'Cognito Custom Message':
    'version userPoolId userName triggerSource request.codeParameter request.usernameParameter ' +
    'response.smsMessage response.emailMessage response.emailSubject',
  'Step Functions Task (Task Token)': 'taskToken executionArn input',
  'CloudFormation Custom Resource':
    'RequestType ServiceToken ResponseURL StackId RequestId LogicalResourceId ResourceType ResourceProperties',
  'CloudFormation Custom Resource (Update)':
    'RequestType ResponseURL StackId PhysicalResourceId ResourceProperties OldResourceProperties',
  'CloudWatch Logs Subscription': 'awslogs.data',
  'CloudWatch Alarm Action':
    'source alarmArn accountId time region alarmData.alarmName alarmData.state.value alarmData.state.reason ' +
    'alarmData.state.timestamp alarmData.previousState.value alarmData.configuration.metrics.0',
  'CodePipeline Job':
    '[CodePipeline.job].id [CodePipeline.job].accountId ' +
    '[CodePipeline.job].data.actionConfiguration.configuration.FunctionName ' +
    '[CodePipeline.job].data.inputArtifacts.0.location.s3Location.objectKey [CodePipeline.job].data.outputArtifacts ' +
    '[CodePipeline.job].data.artifactCredentials.secretAccessKey',
  'CodeCommit Trigger':
    'Records.0.eventSource Records.0.eventSourceARN Records.0.eventName Records.0.codecommit.references.0.commit ' +
    'Records.0.codecommit.references.0.ref Records.0.userIdentityARN',
  'Secrets Manager Rotation': 'Step SecretId ClientRequestToken',
  'AWS Config Rule':
    'version invokingEvent ruleParameters resultToken eventLeftScope executionRoleArn configRuleArn configRuleName ' +
    'configRuleId accountId',
  'Lex V2':
    'messageVersion invocationSource inputMode responseContentType sessionId inputTranscript bot.id bot.localeId ' +
    'interpretations.0.intent.name sessionState.intent.slots transcriptions.0.transcription proposedNextState',
  'Connect Contact Flow': 'Name Details.ContactData.ContactId Details.ContactData.InstanceARN Details.Parameters',
};
