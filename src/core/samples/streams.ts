import type { DynamoDBStreamEvent, FirehoseTransformationEvent, KinesisStreamEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** One record of each kind. The last one was deleted by time to live, as its user identity shows. */
export const dynamoDbStream: Sample = {
  name: 'DynamoDB Stream',
  group: 'Streams',
  description: 'Changes to table items: an insert, an update, and a removal by time to live.',
  event: {
    Records: [
      {
        eventID: '1f0e2d3c4b5a69788796a5b4c3d2e1f0',
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {
          ApproximateCreationDateTime: 1773739200,
          Keys: { orderId: { S: 'A-1001' } },
          NewImage: { orderId: { S: 'A-1001' }, status: { S: 'NEW' }, total: { N: '42.5' }, paid: { BOOL: false } },
          SequenceNumber: '100000000000000000001',
          SizeBytes: 48,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-08T07:15:42.118',
      },
      {
        eventID: '2e1d3c4b5a69788796a5b4c3d2e1f00f',
        eventName: 'MODIFY',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {
          ApproximateCreationDateTime: 1773739445,
          Keys: { orderId: { S: 'A-1001' } },
          NewImage: { orderId: { S: 'A-1001' }, status: { S: 'PAID' }, total: { N: '42.5' }, paid: { BOOL: true } },
          OldImage: { orderId: { S: 'A-1001' }, status: { S: 'NEW' }, total: { N: '42.5' }, paid: { BOOL: false } },
          SequenceNumber: '100000000000000000002',
          SizeBytes: 84,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-08T07:15:42.118',
      },
      {
        eventID: '3d2c4b5a69788796a5b4c3d2e1f00f1e',
        eventName: 'REMOVE',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {
          ApproximateCreationDateTime: 1773739446,
          Keys: { orderId: { S: 'A-0417' } },
          OldImage: {
            orderId: { S: 'A-0417' },
            status: { S: 'CANCELLED' },
            total: { N: '9.9' },
            paid: { BOOL: false },
            expiresAt: { N: '1773739201' },
          },
          SequenceNumber: '100000000000000000003',
          SizeBytes: 68,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
        eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-08T07:15:42.118',
      },
    ],
  } satisfies DynamoDBStreamEvent,
};

/** Two readings from one shard. The data is base64 of JSON. */
export const kinesisStream: Sample = {
  name: 'Kinesis Data Stream',
  group: 'Streams',
  description: 'An event source mapping reads records from one shard of a data stream.',
  event: {
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'greenhouse-4',
          sequenceNumber: '49600000000000000000000000000000000000000000000000000001',
          data: 'eyJzZW5zb3IiOiJncmVlbmhvdXNlLTQiLCJ0ZW1wZXJhdHVyZSI6MjEuNywiaHVtaWRpdHkiOjU4fQ==',
          approximateArrivalTimestamp: 1773739445.123,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-000000000002:49600000000000000000000000000000000000000000000000000001',
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/readings-function',
        awsRegion: 'eu-west-1',
        eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/readings',
      },
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'greenhouse-5',
          sequenceNumber: '49600000000000000000000000000000000000000000000000000002',
          data: 'eyJzZW5zb3IiOiJncmVlbmhvdXNlLTUiLCJ0ZW1wZXJhdHVyZSI6MjIuMywiaHVtaWRpdHkiOjYxfQ==',
          approximateArrivalTimestamp: 1773739445.31,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-000000000002:49600000000000000000000000000000000000000000000000000002',
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/readings-function',
        awsRegion: 'eu-west-1',
        eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/readings',
      },
    ],
  } satisfies KinesisStreamEvent,
};

/** The function returns every record ID with the transformed data, or marks the record as dropped or failed. */
export const firehoseTransformation: Sample = {
  name: 'Firehose Transformation',
  group: 'Streams',
  description: 'A delivery stream invokes the function to transform records before delivery.',
  event: {
    invocationId: '14d5c63f-e206-43ba-9527-c6d24d5e6f70',
    deliveryStreamArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/page-views',
    region: 'eu-west-1',
    records: [
      {
        recordId: '49600000000000000000000000000000000000000000000000000011000000',
        approximateArrivalTimestamp: 1773739445123,
        data: 'eyJwYWdlIjoiL3Byb2R1Y3RzL2xhbXAtMjEiLCJ2aXNpdG9yIjoidi0zMzgxIiwibWlsbGlzZWNvbmRzIjoxODJ9',
      },
      {
        recordId: '49600000000000000000000000000000000000000000000000000012000000',
        approximateArrivalTimestamp: 1773739446050,
        data: 'eyJwYWdlIjoiL2NoZWNrb3V0IiwidmlzaXRvciI6InYtMzM4MSIsIm1pbGxpc2Vjb25kcyI6NDE3fQ==',
      },
    ],
  } satisfies FirehoseTransformationEvent,
};
