import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** Key and value are base64 of JSON. A header is an array of UTF-8 bytes. */
export const kafkaMsk: Sample = {
  name: 'Kafka (Amazon MSK)',
  group: 'Streams',
  description: 'An event source mapping reads records from a topic of an MSK cluster.',
  event: {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/shop/25e6d740-f317-44cb-a638-d7e35e6f7081-5',
    bootstrapServers: 'b-1.shop.kafka.eu-west-1.example.com:9098,b-2.shop.kafka.eu-west-1.example.com:9098',
    records: {
      // By '<topic>-<partition>'.
      'order-status-0': [
        {
          topic: 'order-status',
          partition: 0,
          offset: 3381,
          timestamp: 1773739445123,
          timestampType: 'CREATE_TIME',
          key: 'eyJvcmRlcklkIjoiQS0xMDAxIn0=',
          value: 'eyJvcmRlcklkIjoiQS0xMDAxIiwic3RhdHVzIjoiUEFJRCIsInRvdGFsIjo0Mi41fQ==',
          headers: [{ producer: [119, 101, 98, 45, 115, 104, 111, 112] }, { schema: [49] }],
        },
        {
          topic: 'order-status',
          partition: 0,
          offset: 3382,
          timestamp: 1773739445310,
          timestampType: 'CREATE_TIME',
          key: 'eyJvcmRlcklkIjoiQS0xMDAyIn0=',
          value: 'eyJvcmRlcklkIjoiQS0xMDAyIiwic3RhdHVzIjoiU0hJUFBFRCIsInRvdGFsIjoxNy4yNX0=',
          headers: [{ producer: [119, 101, 98, 45, 115, 104, 111, 112] }, { schema: [49] }],
        },
      ],
    },
  } satisfies MSKEvent,
};

/** A self-managed cluster has no ARN. */
export const kafkaSelfManaged: Sample = {
  name: 'Kafka (self-managed)',
  group: 'Streams',
  description: 'An event source mapping reads records from a topic of a self-managed Kafka cluster.',
  event: {
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'kafka-1.example.org:9092,kafka-2.example.org:9092',
    records: {
      'parcel-events-3': [
        {
          topic: 'parcel-events',
          partition: 3,
          offset: 905,
          timestamp: 1773739445123,
          timestampType: 'LOG_APPEND_TIME',
          key: 'eyJvcmRlcklkIjoiQS0xMDAxIn0=',
          value: 'eyJwYXJjZWwiOiJQLTU1MjAiLCJldmVudCI6IkRFTElWRVJFRCIsImRlcG90IjoiQ29yayJ9',
          headers: [{ producer: [100, 101, 112, 111, 116, 45, 115, 99, 97, 110, 110, 101, 114] }],
        },
      ],
    },
  } satisfies SelfManagedKafkaEvent,
};
