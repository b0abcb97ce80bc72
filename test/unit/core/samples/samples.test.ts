import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Sample } from '../../../../src/core/samples/sample.ts';
import { SAMPLES, sampleText } from '../../../../src/core/samples/samples.ts';
import { REQUIRED } from '../../../support/sampleShapes.ts';

const ACCOUNT = '123456789012';

const MISSING = Symbol('nothing there');

/** The value at a path like 'Records.0.body', or MISSING, since null is a value. */
function valueAt(event: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map((match) => match[1] ?? match[2] ?? '');
  let value = event;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return MISSING;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

interface Leaf {
  readonly sample: string;
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

/** All scalar values of an event, including those in JSON strings. */
function leaves(sample: string, value: unknown, path = '', key = ''): Leaf[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) => leaves(sample, item, `${path}/${name}`, name));
  }
  const leaf = { sample, path, key, value };
  if (typeof value !== 'string' || !value.startsWith('{"')) return [leaf];
  return [leaf, ...leaves(sample, JSON.parse(value), `${path}(JSON)`, key)];
}

const LEAVES = SAMPLES.flatMap((sample) => leaves(sample.name, sample.event));

/** Rows for test.each, starting with '<sample> <path>' for the title. */
function rows(filter: (leaf: Leaf) => boolean): [string, string][] {
  return LEAVES.filter(filter).map((leaf) => [`${leaf.sample} ${leaf.path}`, String(leaf.value)]);
}

function sampleNamed(name: string): Sample {
  const sample = SAMPLES.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`There is no sample ${name}.`);
  return sample;
}

function fromBase64(data: string): string {
  const bytes = Buffer.from(data, 'base64');
  // Node ignores invalid base64 characters, so compare with the re-encoded text.
  expect(bytes.toString('base64')).toBe(data);
  return bytes.toString('utf8');
}

const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex');

describe('SAMPLES', () => {
  test('has many samples, starting with Hello', () => {
    expect(SAMPLES.length).toBeGreaterThanOrEqual(32);
    expect(SAMPLES[0]?.name).toBe('Hello');
  });

  test('has unique names', () => {
    const names = SAMPLES.map((sample) => sample.name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('keeps groups together', () => {
    const groups = SAMPLES.map((sample) => sample.group);
    const starts = groups.filter((group, index) => group !== groups[index - 1]);
    expect(starts).toEqual([...new Set(groups)]);
  });

  test('matches the table of required keys', () => {
    expect(Object.keys(REQUIRED).toSorted()).toEqual(SAMPLES.map((sample) => sample.name).toSorted());
  });
});

describe.each(SAMPLES.map((sample) => [sample.name, sample] as const))('the sample %s', (name, sample) => {
  test('has a name, a group and a description of one line', () => {
    for (const text of [sample.name, sample.group, sample.description]) expect(text).toMatch(/^\S(.*\S)?$/);
    expect(sample.description).toMatch(/\.$/);
  });

  test('is formatted JSON of limited size', () => {
    const text = sampleText(sample);
    expect(JSON.parse(text)).toStrictEqual(sample.event);
    expect(text).toMatch(/^\{\n {2}".*\n\}\n$/s);
    expect(Buffer.byteLength(text)).toBeLessThan(100_000);
  });

  test('has the documented keys', () => {
    const missing = (REQUIRED[name] ?? '').split(' ').filter((path) => valueAt(sample.event, path) === MISSING);
    expect(missing).toEqual([]);
  });

  test('contains only example accounts, hosts, addresses and regions', () => {
    const text = sampleText(sample);
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([match]) => match);
    // Only bucket ARNs have no account.
    const arn = /^arn:aws:(s3:::[a-z-]+|(?!s3:)[a-z0-9-]+:(us-east-1|eu-west-1)?:123456789012:[^:].*)$/;
    expect(all(/\barn:[^"\\\s]+/g).filter((match) => !arn.test(match))).toEqual([]);
    // The principal of a time-to-live deletion is a service name, not a host.
    const host = /(^|\.)example\.(com|org)$|^dynamodb\.amazonaws\.com$/;
    const hosts = all(/\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|io|aws|dev)\b(?!\.)/g);
    expect(hosts.filter((match) => !host.test(match))).toEqual([]);
    const address = /^(192\.0\.2|198\.51\.100)\.\d+$/;
    expect(all(/\b\d{1,3}(\.\d{1,3}){3}\b/g).filter((match) => !address.test(match))).toEqual([]);
    const regions = all(/\b(us|eu|ap|sa|ca|me|af)-[a-z]+-\d\b/g);
    expect(regions.filter((match) => match !== 'us-east-1' && match !== 'eu-west-1')).toEqual([]);
  });
});

describe('derived values', () => {
  test.each(rows(({ key }) => /^(aws)?account(id)?$/i.test(key)).filter(([, value]) => value !== 'null'))(
    'the account of %s is the example account',
    (title, value) => {
      // A function URL's caller without credentials has no account.
      expect(value).toBe(title.startsWith('Lambda Function URL') ? 'anonymous' : ACCOUNT);
    },
  );

  test.each(rows(({ value }) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)))(
    'the time of %s is valid',
    (_title, value) => {
      const time = new Date(value);
      expect(time.toString()).not.toBe('Invalid Date');
      // Date accepts 30 February as a date in March, so compare the text too.
      expect(time.toISOString().slice(0, 19)).toBe(value.slice(0, 19));
    },
  );

  test('all timestamps are from the same day, in seconds or milliseconds', () => {
    const timestamps = LEAVES.filter(({ value }) => /^17\d{8}(\d{3})?(\.\d+)?$/.test(String(value)));
    expect(timestamps.length).toBeGreaterThan(30);
    for (const { value, path } of timestamps) {
      const number = Number(value);
      const day = new Date(number < 1e11 ? number * 1000 : number).toISOString().slice(0, 10);
      expect(`${path} ${day}`).toBe(`${path} 2026-03-17`);
    }
  });

  test.each([
    ['API Gateway REST API (v1)', 'requestTime', 'requestTimeEpoch'],
    ['API Gateway HTTP API (v2)', 'time', 'timeEpoch'],
    ['Lambda Function URL', 'time', 'timeEpoch'],
    ['API Gateway WebSocket Message', 'requestTime', 'requestTimeEpoch'],
    ['API Gateway WebSocket $connect', 'requestTime', 'requestTimeEpoch'],
    ['Lambda Authorizer REQUEST', 'requestTime', 'requestTimeEpoch'],
    ['Lambda Authorizer HTTP API (v2)', 'time', 'timeEpoch'],
  ])('the two request times of %s are equal', (name, textKey, epochKey) => {
    const { event } = sampleNamed(name);
    const time = String(valueAt(event, `requestContext.${textKey}`)).replace(/^(\d+)\/(\w+)\/(\d+):/, '$1 $2 $3 ');
    expect(Math.trunc(Number(valueAt(event, `requestContext.${epochKey}`)) / 1000)).toBe(Date.parse(time) / 1000);
  });

  test.each(rows(({ value }) => String(value).startsWith('Root=1-')))(
    "the trace ID of %s starts with the request's time",
    (_title, value) => {
      expect(value).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
      expect(Number.parseInt(value.slice(7, 15), 16)).toBe(Date.parse('2026-03-17T09:24:05Z') / 1000);
    },
  );

  test('the content length of the HTTP API request matches its body', () => {
    const { event } = sampleNamed('API Gateway HTTP API (v2)');
    expect(valueAt(event, 'headers.content-length')).toBe(String(Buffer.byteLength(String(valueAt(event, 'body')))));
  });

  test('the checksum of each SQS message matches its body', () => {
    const records = ['SQS', 'SQS FIFO'].flatMap(
      (name) => valueAt(sampleNamed(name).event, 'Records') as Record<string, string>[],
    );
    expect(records).toHaveLength(3);
    for (const record of records) expect(record['md5OfBody']).toBe(md5(record['body'] ?? ''));
  });

  test('the checksum of the SQS attributes matches their names, types and values in order', () => {
    const record = valueAt(sampleNamed('SQS').event, 'Records.0');
    const attributes = valueAt(record, 'messageAttributes') as Record<
      string,
      { dataType: string; stringValue: string }
    >;
    const withLength = (text: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(text));
      return Buffer.concat([length, Buffer.from(text)]);
    };
    const parts = Object.entries(attributes)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, { dataType, stringValue }]) => [
        withLength(name),
        withLength(dataType),
        Buffer.of(1),
        withLength(stringValue),
      ]);
    expect(valueAt(record, 'md5OfMessageAttributes')).toBe(md5(Buffer.concat(parts)));
  });

  test.each(
    rows(
      ({ sample, key }) =>
        (/^(Kinesis|Firehose|Amazon MQ)/.test(sample) && key === 'data') ||
        (sample.startsWith('Kafka') && /^(key|value)$/.test(key)),
    ),
  )('the base64 of %s is JSON', (_title, value) => {
    expect(JSON.parse(fromBase64(value))).toEqual(expect.any(Object));
  });

  test('the body size of the RabbitMQ message matches its body', () => {
    const message = valueAt(sampleNamed('Amazon MQ (RabbitMQ)').event, 'rmqMessagesByQueue.thumbnails::/.0');
    const body = fromBase64(String(valueAt(message, 'data')));
    expect(valueAt(message, 'basicProperties.bodySize')).toBe(Buffer.byteLength(body));
  });

  test('header bytes are text', () => {
    const text = (name: string, path: string) =>
      Buffer.from(valueAt(sampleNamed(name).event, path) as number[]).toString('utf8');
    const rabbit = 'rmqMessagesByQueue.thumbnails::/.0.basicProperties.headers.producer.bytes';
    expect(text('Amazon MQ (RabbitMQ)', rabbit)).toBe('media-service');
    expect(text('Kafka (Amazon MSK)', 'records.order-status-0.0.headers.0.producer')).toBe('web-shop');
    expect(text('Kafka (Amazon MSK)', 'records.order-status-0.1.headers.1.schema')).toBe('1');
    expect(text('Kafka (self-managed)', 'records.parcel-events-3.0.headers.0.producer')).toBe('depot-scanner');
  });

  test('Kafka records are grouped by topic and partition', () => {
    for (const name of ['Kafka (Amazon MSK)', 'Kafka (self-managed)']) {
      const records = valueAt(sampleNamed(name).event, 'records') as Record<
        string,
        { topic: string; partition: number }[]
      >;
      for (const [key, list] of Object.entries(records)) {
        expect(list.map(({ topic, partition }) => `${topic}-${partition}`)).toEqual(list.map(() => key));
      }
    }
  });

  test('a Kinesis event ID consists of shard and sequence number', () => {
    for (const index of [0, 1]) {
      const record = valueAt(sampleNamed('Kinesis Data Stream').event, `Records.${index}`);
      expect(valueAt(record, 'eventID')).toBe(
        `shardId-000000000002:${String(valueAt(record, 'kinesis.sequenceNumber'))}`,
      );
    }
  });

  test('the size of a DynamoDB record matches its keys and images', () => {
    const sizeOf = (attributes: Record<string, Record<string, unknown>> = {}) =>
      Object.entries(attributes)
        .map(([name, { S, N }]) => {
          if (typeof S === 'string') return name.length + S.length;
          if (typeof N === 'string') return name.length + Math.ceil(N.replace('.', '').length / 2) + 1;
          return name.length + 1;
        })
        .reduce((sum, size) => sum + size, 0);
    const records = valueAt(sampleNamed('DynamoDB Stream').event, 'Records') as { dynamodb: Record<string, never> }[];
    const sizes = records.map(
      ({ dynamodb }) => sizeOf(dynamodb['Keys']) + sizeOf(dynamodb['NewImage']) + sizeOf(dynamodb['OldImage']),
    );
    expect(records.map(({ dynamodb }) => dynamodb['SizeBytes'])).toEqual(sizes);
  });

  test('the CloudWatch Logs data is gzipped JSON of log lines', () => {
    const data = String(valueAt(sampleNamed('CloudWatch Logs Subscription').event, 'awslogs.data'));
    const decoded: unknown = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'));
    expect(decoded).toEqual({
      messageType: 'DATA_MESSAGE',
      owner: ACCOUNT,
      logGroup: '/aws/lambda/orders-api',
      logStream: expect.stringMatching(/^2026\/03\/17\/\[\$LATEST\][0-9a-f]{32}$/),
      subscriptionFilters: ['errors-to-lambda'],
      logEvents: [1773739445123, 1773739446050].map((timestamp) => ({
        id: expect.stringMatching(/^\d{56}$/),
        timestamp,
        message: expect.stringContaining('[ERROR]'),
      })),
    });
  });

  test.each([
    ['AWS Config Rule', 'invokingEvent', ['configurationItem', 'notificationCreationTime', 'messageType']],
    ['AWS Config Rule', 'ruleParameters', ['requiredStatus']],
    ['CloudWatch Alarm Action', 'alarmData.state.reasonData', ['version', 'queryDate', 'startDate', 'threshold']],
    ['CodePipeline Job', '[CodePipeline.job].data.actionConfiguration.configuration.UserParameters', ['url']],
    ['SNS', 'Records.0.Sns.Message', ['parcel']],
  ])('the string of %s at %s is JSON', (name, path, keys) => {
    const parsed: unknown = JSON.parse(String(valueAt(sampleNamed(name).event, path)));
    for (const key of keys) expect(valueAt(parsed, key)).not.toBe(MISSING);
  });
});
