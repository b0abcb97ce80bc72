import type { SNSEvent, SQSEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** A batch of a standard queue. Both checksums match the body and the attributes. */
export const sqs: Sample = {
  name: 'SQS',
  group: 'Messaging',
  description: 'An event source mapping reads messages from a standard queue.',
  event: {
    Records: [
      {
        messageId: 'ad6e5fc8-7b9f-4c43-9eb0-5f6b7c8d9e0f',
        receiptHandle: 'AQEB-example-receipt-handle-1',
        body: JSON.stringify({
          orderId: 'A-1001',
          customer: 'C-77',
          items: [
            { sku: 'LAMP-21', quantity: 2 },
            { sku: 'BULB-07', quantity: 4 },
          ],
          total: 42.5,
        }),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1773739445123',
          SenderId: 'EXAMPLESENDERID:web-shop',
          ApproximateFirstReceiveTimestamp: '1773739445310',
        },
        messageAttributes: {
          source: { stringValue: 'web-shop', stringListValues: [], binaryListValues: [], dataType: 'String' },
          priority: { stringValue: '3', stringListValues: [], binaryListValues: [], dataType: 'Number' },
        },
        md5OfBody: '03256588d06cdc80df7f750596250414',
        md5OfMessageAttributes: '9848b78ca5194d11eb02bbb3bad380d1',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        awsRegion: 'eu-west-1',
      },
      {
        messageId: 'be7f60d9-8ca0-4d54-afc1-607c8d9e0f1a',
        receiptHandle: 'AQEB-example-receipt-handle-2',
        body: JSON.stringify({
          orderId: 'A-1002',
          customer: 'C-12',
          items: [{ sku: 'DESK-03', quantity: 1 }],
          total: 17.25,
        }),
        attributes: {
          ApproximateReceiveCount: '2',
          SentTimestamp: '1773739200500',
          SenderId: 'EXAMPLESENDERID:web-shop',
          ApproximateFirstReceiveTimestamp: '1773739200612',
        },
        messageAttributes: {},
        md5OfBody: 'b64c762f1f4507eb711cf20f8b2bfcbd',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        awsRegion: 'eu-west-1',
      },
    ],
  } satisfies SQSEvent,
};

/** A FIFO queue adds the message group, the deduplication ID and the sequence number. */
export const sqsFifo: Sample = {
  name: 'SQS FIFO',
  group: 'Messaging',
  description: 'An event source mapping reads a message from a FIFO queue, with its group ID and sequence number.',
  event: {
    Records: [
      {
        messageId: 'cf8071ea-9db1-4e65-80d2-718d9e0f1a2b',
        receiptHandle: 'AQEB-example-receipt-handle-3',
        body: JSON.stringify({ customer: 'C-77', change: 'address', city: 'Galway' }),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1773739445123',
          SequenceNumber: '18884000000000000001',
          MessageGroupId: 'C-77',
          SenderId: 'EXAMPLESENDERID:accounts',
          MessageDeduplicationId: 'C-77-address-14',
          ApproximateFirstReceiveTimestamp: '1773739445310',
        },
        messageAttributes: {},
        md5OfBody: '71ee2b74b783069884687070628b93b8',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:account-changes.fifo',
        awsRegion: 'eu-west-1',
      },
    ],
  } satisfies SQSEvent,
};

/** A topic's notification. It always has one record. */
export const sns: Sample = {
  name: 'SNS',
  group: 'Messaging',
  description: 'A topic delivers a published message to the function.',
  event: {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:shipments:d09182fb-aec2-4f76-91e3-829e0f1a2b3c',
        EventSource: 'aws:sns',
        Sns: {
          Type: 'Notification',
          MessageId: 'e1a2930c-bfd3-4087-a2f4-93af1a2b3c4d',
          TopicArn: 'arn:aws:sns:eu-west-1:123456789012:shipments',
          Subject: 'Parcel delivered',
          Message: JSON.stringify({ parcel: 'P-5520', event: 'DELIVERED', depot: 'Cork' }),
          Timestamp: '2026-03-17T09:24:05.123Z',
          SignatureVersion: '1',
          Signature: 'EXAMPLE-signature',
          SigningCertUrl: 'https://sns.eu-west-1.example.com/SimpleNotificationService-example.pem',
          UnsubscribeUrl: 'https://sns.eu-west-1.example.com/?Action=Unsubscribe&SubscriptionArn=example',
          MessageAttributes: {
            carrier: { Type: 'String', Value: 'north-post' },
            weightGrams: { Type: 'Number', Value: '1840' },
          },
        },
      },
    ],
  } satisfies SNSEvent,
};
