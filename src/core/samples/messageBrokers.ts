import type { Sample } from './sample.ts';

/** Amazon MQ for ActiveMQ. Source: Lambda Developer Guide. The types package has no type for it. */
interface ActiveMqEvent {
  eventSource: 'aws:mq';
  eventSourceArn: string;
  messages: {
    messageID: string;
    messageType: 'jms/text-message' | 'jms/bytes-message';
    deliveryMode: number;
    replyTo: string | null;
    type: string | null;
    expiration: number;
    priority: number;
    correlationId: string;
    redelivered: boolean;
    destination: { physicalName: string };
    data: string;
    timestamp: number;
    brokerInTime: number;
    brokerOutTime: number;
    properties: Record<string, string>;
  }[];
}

/** The data is base64 of the message's text. */
export const activeMq: Sample = {
  name: 'Amazon MQ (ActiveMQ)',
  group: 'Messaging',
  description: 'An event source mapping reads messages from an ActiveMQ queue.',
  event: {
    eventSource: 'aws:mq',
    eventSourceArn: 'arn:aws:mq:eu-west-1:123456789012:broker:billing:b-f2b3a41d-c0e4-4198-b305-a4b02b3c4d5e',
    messages: [
      {
        messageID: 'ID:billing-1.mq.eu-west-1.example.com-40617-1773739200500-4:12:1:1:1',
        messageType: 'jms/text-message',
        deliveryMode: 1,
        replyTo: null,
        type: null,
        expiration: 0,
        priority: 4,
        correlationId: 'invoice-run-17',
        redelivered: false,
        destination: { physicalName: 'invoices' },
        data: 'eyJpbnZvaWNlSWQiOiJJTlYtMjA0MSIsImN1c3RvbWVyIjoiQy03NyIsImFtb3VudCI6MTI5LjksImN1cnJlbmN5IjoiRVVSIn0=',
        timestamp: 1773739445123,
        brokerInTime: 1773739445126,
        brokerOutTime: 1773739445131,
        properties: { tenant: 'tenant-12', copies: '2' },
      },
    ],
  } satisfies ActiveMqEvent,
};

/** Amazon MQ for RabbitMQ. Source: Lambda Developer Guide. The types package has no type for it. */
interface RabbitMqEvent {
  eventSource: 'aws:rmq';
  eventSourceArn: string;
  /** Keys are '<queue>::<virtual host>'. */
  rmqMessagesByQueue: Record<
    string,
    {
      basicProperties: {
        contentType: string | null;
        contentEncoding: string | null;
        headers: Record<string, { bytes: number[] } | number>;
        deliveryMode: number;
        priority: number | null;
        correlationId: string | null;
        replyTo: string | null;
        expiration: string | null;
        messageId: string | null;
        timestamp: string;
        type: string | null;
        userId: string | null;
        appId: string | null;
        clusterId: string | null;
        /** The size of the body before base64, in bytes. */
        bodySize: number;
      };
      redelivered: boolean;
      data: string;
    }[]
  >;
}

/** The data is base64 of the body. A text header is an array of UTF-8 bytes. */
export const rabbitMq: Sample = {
  name: 'Amazon MQ (RabbitMQ)',
  group: 'Messaging',
  description: 'An event source mapping reads messages from a RabbitMQ queue.',
  event: {
    eventSource: 'aws:rmq',
    eventSourceArn: 'arn:aws:mq:eu-west-1:123456789012:broker:media:b-03c4b52e-d1f5-42a9-8416-b5c13c4d5e6f',
    rmqMessagesByQueue: {
      'thumbnails::/': [
        {
          basicProperties: {
            contentType: 'application/json',
            contentEncoding: null,
            headers: {
              producer: { bytes: [109, 101, 100, 105, 97, 45, 115, 101, 114, 118, 105, 99, 101] },
              attempt: 1,
            },
            deliveryMode: 2,
            priority: 5,
            correlationId: 'upload-3312',
            replyTo: null,
            expiration: '60000',
            messageId: 'thumbnail-8841',
            timestamp: 'Mar 17, 2026, 9:24:05 AM',
            type: null,
            userId: null,
            appId: 'media',
            clusterId: null,
            bodySize: 62,
          },
          redelivered: false,
          data: 'eyJqb2IiOiJ0aHVtYm5haWwiLCJpbWFnZSI6InBob3Rvcy8yMDI2L2xha2UuanBnIiwid2lkdGgiOjMyMH0=',
        },
      ],
    },
  } satisfies RabbitMqEvent,
};
