import type { S3BatchEvent, S3Event, S3EventRecord } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** A bucket's notification. Keys are URL-encoded: a space is '+'. */
export const s3ObjectCreated: Sample = {
  name: 'S3 Object Created',
  group: 'Storage',
  description: 'A bucket notifies the function of a new object.',
  event: {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventTime: '2026-03-17T09:24:05.123Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:EXAMPLEPRINCIPALID' },
        requestParameters: { sourceIPAddress: '198.51.100.31' },
        responseElements: {
          'x-amz-request-id': 'EXAMPLEREQUEST01',
          'x-amz-id-2': 'EXAMPLE-host-id-of-the-request=',
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'thumbnails',
          bucket: {
            name: 'example-photos',
            ownerIdentity: { principalId: 'EXAMPLEOWNERID' },
            arn: 'arn:aws:s3:::example-photos',
          },
          object: {
            key: 'uploads/summer+2026/lake.jpg',
            size: 482133,
            eTag: '5b1f0c9e7d3a4826b5c4d3e2f1a09b8c',
            versionId: 'EXAMPLEversionId.1',
            sequencer: '0069B91DB5A1B2C3D4',
          },
        },
      },
    ],
  } satisfies S3Event,
};

/** S3 omits size and ETag of a deleted object, although the type requires them. */
interface RemovedEvent {
  Records: (Omit<S3EventRecord, 's3'> & {
    s3: Omit<S3EventRecord['s3'], 'object'> & {
      object: Omit<S3EventRecord['s3']['object'], 'size' | 'eTag'>;
    };
  })[];
}

/** A bucket's notification about a permanently deleted object. */
export const s3ObjectRemoved: Sample = {
  name: 'S3 Object Removed',
  group: 'Storage',
  description: 'A bucket notifies the function of a deleted object.',
  event: {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventTime: '2026-03-17T09:24:05.310Z',
        eventName: 'ObjectRemoved:Delete',
        userIdentity: { principalId: 'AWS:EXAMPLEPRINCIPALID' },
        requestParameters: { sourceIPAddress: '198.51.100.31' },
        responseElements: {
          'x-amz-request-id': 'EXAMPLEREQUEST02',
          'x-amz-id-2': 'EXAMPLE-host-id-of-the-request=',
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'thumbnails',
          bucket: {
            name: 'example-photos',
            ownerIdentity: { principalId: 'EXAMPLEOWNERID' },
            arn: 'arn:aws:s3:::example-photos',
          },
          object: {
            key: 'uploads/summer+2026/lake.jpg',
            sequencer: '0069B91DB5B2C3D4E5',
          },
        },
      },
    ],
  } satisfies RemovedEvent,
};

/** One task of a job. The function returns one result per task. */
export const s3Batch: Sample = {
  name: 'S3 Batch Operations',
  group: 'Storage',
  description: 'A batch job invokes the function for one object.',
  event: {
    invocationSchemaVersion: '1.0',
    invocationId: 'EXAMPLE-batch-invocation-id',
    job: { id: '9c5f4db7-6a8e-4b32-8daf-4e5a6b7c8d9e' },
    tasks: [
      {
        taskId: 'EXAMPLE-batch-task-id',
        s3Key: 'archive/2025/invoice+2041.pdf',
        s3VersionId: null,
        s3BucketArn: 'arn:aws:s3:::example-archive',
      },
    ],
  } satisfies S3BatchEvent,
};
