import { apiGatewayHttp, apiGatewayRest } from './apiGateway.ts';
import { authorizerHttpApi, authorizerRequest, authorizerToken } from './authorizers.ts';
import { connectContactFlow, lexV2 } from './chat.ts';
import { cloudFormationCreate, cloudFormationUpdate } from './cloudFormation.ts';
import { cloudFrontOriginResponse, cloudFrontViewerRequest } from './cloudFront.ts';
import {
  cognitoCustomMessage,
  cognitoPostConfirmation,
  cognitoPreSignUp,
  cognitoPreToken,
  cognitoPreTokenV2,
} from './cognito.ts';
import { codeCommitTrigger, codePipelineJob } from './deployment.ts';
import {
  eventBridgeCustom,
  eventBridgeEc2State,
  eventBridgePipelineState,
  eventBridgeS3Created,
  eventBridgeScheduled,
} from './events.ts';
import { ioTRule } from './ioT.ts';
import { kafkaMsk, kafkaSelfManaged } from './kafka.ts';
import { cloudWatchAlarm, cloudWatchLogs } from './logs.ts';
import { sesReceipt } from './mail.ts';
import { activeMq, rabbitMq } from './messageBrokers.ts';
import { sns, sqs, sqsFifo } from './messaging.ts';
import { directCall, hello } from './plain.ts';
import type { Sample } from './sample.ts';
import { configRule, secretsManagerRotation } from './security.ts';
import { stepFunctionsTaskToken } from './stepFunctions.ts';
import { s3Batch, s3ObjectCreated, s3ObjectRemoved } from './storage.ts';
import { dynamoDbStream, firehoseTransformation, kinesisStream } from './streams.ts';
import { appSyncResolver, functionUrl, loadBalancer } from './web.ts';
import { apiGatewayWebSocket, apiGatewayWebSocketConnect } from './webSocket.ts';

/** All samples in display order: by group, the most common first. */
export const SAMPLES: readonly Sample[] = [
  hello,
  directCall,

  apiGatewayRest,
  apiGatewayHttp,
  functionUrl,
  loadBalancer,
  apiGatewayWebSocket,
  apiGatewayWebSocketConnect,
  appSyncResolver,
  cloudFrontViewerRequest,
  cloudFrontOriginResponse,

  s3ObjectCreated,
  s3ObjectRemoved,
  s3Batch,

  sqs,
  sqsFifo,
  sns,
  activeMq,
  rabbitMq,
  sesReceipt,

  dynamoDbStream,
  kinesisStream,
  firehoseTransformation,
  kafkaMsk,
  kafkaSelfManaged,

  eventBridgeCustom,
  eventBridgeScheduled,
  eventBridgeS3Created,
  eventBridgeEc2State,
  eventBridgePipelineState,
  ioTRule,

  authorizerToken,
  authorizerRequest,
  authorizerHttpApi,
  cognitoPreSignUp,
  cognitoPostConfirmation,
  cognitoPreToken,
  cognitoPreTokenV2,
  cognitoCustomMessage,

  stepFunctionsTaskToken,
  cloudFormationCreate,
  cloudFormationUpdate,
  cloudWatchLogs,
  cloudWatchAlarm,
  codePipelineJob,
  codeCommitTrigger,
  secretsManagerRotation,
  configRule,

  lexV2,
  connectContactFlow,
];

/** A sample as the text of a payload file. */
export function sampleText(sample: Sample): string {
  return `${JSON.stringify(sample.event, undefined, 2)}\n`;
}
