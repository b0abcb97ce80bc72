import type { EventBridgeEvent, S3ObjectCreatedNotificationEvent, ScheduledEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** An event that an application sent to an event bus. */
export const eventBridgeCustom: Sample = {
  name: 'EventBridge Custom Event',
  group: 'Events',
  description: 'A rule matches a custom event on an event bus.',
  event: {
    version: '0',
    id: '36f7e851-0428-45dc-b749-e8f46f708192',
    'detail-type': 'OrderPaid',
    source: 'com.example.orders',
    account: '123456789012',
    time: '2026-03-17T09:24:05Z',
    region: 'eu-west-1',
    resources: [],
    detail: { orderId: 'A-1001', customer: 'C-77', total: 42.5, currency: 'EUR', paidAt: '2026-03-17T09:24:05.123Z' },
  } satisfies EventBridgeEvent<'OrderPaid', object>,
};

/** A rule with a rate or cron expression. The detail is always empty. */
export const eventBridgeScheduled: Sample = {
  name: 'EventBridge Scheduled Event',
  group: 'Events',
  description: 'A rule runs on its schedule (a rate or a cron expression).',
  event: {
    version: '0',
    id: '4708f962-1539-46ed-885a-f90570819203',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2026-03-17T02:00:00Z',
    region: 'eu-west-1',
    resources: ['arn:aws:events:eu-west-1:123456789012:rule/nightly-report'],
    detail: {},
  } satisfies ScheduledEvent<Record<string, never>>,
};

type Ec2State = 'pending' | 'running' | 'shutting-down' | 'stopped' | 'stopping' | 'terminated';

/** An instance that changed its state. */
export const eventBridgeEc2State: Sample = {
  name: 'EventBridge EC2 State Change',
  group: 'Events',
  description: 'A rule matches the state change of an EC2 instance.',
  event: {
    version: '0',
    id: '58190a73-264a-47fe-996b-0a16819203a4',
    'detail-type': 'EC2 Instance State-change Notification',
    source: 'aws.ec2',
    account: '123456789012',
    time: '2026-03-17T09:24:05Z',
    region: 'us-east-1',
    resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60718'],
    detail: { 'instance-id': 'i-0a1b2c3d4e5f60718', state: 'stopped' },
  } satisfies EventBridgeEvent<'EC2 Instance State-change Notification', { 'instance-id': string; state: Ec2State }>,
};

/** Unlike in an S3 event notification, the key isn't URL-encoded. */
export const eventBridgeS3Created: Sample = {
  name: 'EventBridge S3 Object Created',
  group: 'Events',
  description: 'A rule matches a new object in a bucket with EventBridge notifications.',
  event: {
    version: '0',
    id: '692a1b84-375b-480f-aa7c-1b279203a4b5',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '123456789012',
    time: '2026-03-17T09:24:05Z',
    region: 'eu-west-1',
    resources: ['arn:aws:s3:::example-photos'],
    detail: {
      version: '0',
      bucket: { name: 'example-photos' },
      object: {
        key: 'uploads/summer 2026/lake.jpg',
        size: 482133,
        etag: '5b1f0c9e7d3a4826b5c4d3e2f1a09b8c',
        'version-id': 'EXAMPLEversionId.1',
        sequencer: '0069B91DB5A1B2C3D4',
      },
      'request-id': 'EXAMPLEREQUEST01',
      requester: '123456789012',
      'source-ip-address': '198.51.100.31',
      reason: 'PutObject',
    },
  } satisfies S3ObjectCreatedNotificationEvent,
};

interface PipelineExecution {
  pipeline: string;
  'execution-id': string;
  state: 'CANCELED' | 'FAILED' | 'RESUMED' | 'STARTED' | 'STOPPED' | 'STOPPING' | 'SUCCEEDED' | 'SUPERSEDED';
  version: number;
}

/** A state change of a whole pipeline, unlike a job, which is a single action. */
export const eventBridgePipelineState: Sample = {
  name: 'EventBridge CodePipeline State Change',
  group: 'Events',
  description: 'A rule matches the state change of a pipeline execution.',
  event: {
    version: '0',
    id: '7a3b2c95-486c-4910-bb8d-2c38a3b4c5d6',
    'detail-type': 'CodePipeline Pipeline Execution State Change',
    source: 'aws.codepipeline',
    account: '123456789012',
    time: '2026-03-17T09:24:05Z',
    region: 'us-east-1',
    resources: ['arn:aws:codepipeline:us-east-1:123456789012:orders-release'],
    detail: {
      pipeline: 'orders-release',
      'execution-id': '8b4c3da6-597d-4a21-8c9e-3d49b4c5d6e7',
      state: 'FAILED',
      version: 3,
    },
  } satisfies EventBridgeEvent<'CodePipeline Pipeline Execution State Change', PipelineExecution>,
};
