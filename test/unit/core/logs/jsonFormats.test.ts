import { expect, test } from 'vitest';
import { summaryOf } from '../../../../src/core/logs/logSummary.ts';
import { entryOf, fieldTexts, REQUEST_ID } from '../../../support/logEntries.ts';

const NOON = Date.UTC(2024, 4, 1, 12);
const TIME = '2024-05-01T12:00:00.000Z';

const JSON_LINES = {
  Lambda: `{"timestamp":"${TIME}","level":"WARN","requestId":"${REQUEST_ID}","message":"stock low","sku":"A-12"}`,
  'Powertools for TypeScript': `{"level":"WARN","message":"stock low","timestamp":"${TIME}","service":"orders","cold_start":true,"function_arn":"arn","function_memory_size":"256","function_name":"f","function_request_id":"${REQUEST_ID}","sampling_rate":0,"xray_trace_id":"1","sku":"A-12"}`,
  'Powertools for Python': `{"level":"WARNING","location":"handler:7","message":"stock low","timestamp":"2024-05-01 12:00:00,000+0000","service":"orders","function_request_id":"${REQUEST_ID}","sku":"A-12"}`,
  'Powertools for Java': `{"instant":{"epochSecond":1714564800,"nanoOfSecond":0},"thread":"main","level":"WARN","loggerName":"a","message":"stock low","function_request_id":"${REQUEST_ID}","timestamp":"2024-05-01T12:00:00.000+0000","sku":"A-12"}`,
  'Powertools for .NET': `{"ColdStart":true,"FunctionName":"f","FunctionRequestId":"${REQUEST_ID}","Timestamp":"2024-05-01T12:00:00.0000000Z","Level":"Warning","Service":"orders","Name":"n","Message":"stock low","sku":"A-12"}`,
  pino: `{"level":40,"time":1714564800000,"pid":8,"hostname":"h","awsRequestId":"${REQUEST_ID}","msg":"stock low","sku":"A-12"}`,
  bunyan: `{"name":"orders","hostname":"h","pid":8,"level":40,"msg":"stock low","time":"${TIME}","v":0,"requestId":"${REQUEST_ID}","sku":"A-12"}`,
  winston: `{"level":"warn","message":"stock low","timestamp":"${TIME}","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  zap: `{"level":"warn","ts":1714564800.0,"caller":"main.go:1","msg":"stock low","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  zerolog: `{"level":"warn","time":1714564800,"request_id":"${REQUEST_ID}","sku":"A-12","message":"stock low"}`,
  slog: `{"time":"2024-05-01T12:00:00.000000000Z","level":"WARN","msg":"stock low","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  logrus: `{"level":"warning","msg":"stock low","time":"2024-05-01T12:00:00Z","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  structlog: `{"sku":"A-12","event":"stock low","level":"warning","timestamp":"2024-05-01T12:00:00.000000Z","aws_request_id":"${REQUEST_ID}"}`,
  Serilog: `{"@t":"2024-05-01T12:00:00.0000000Z","@m":"stock low","@l":"Warning","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  'Serilog with properties': `{"Timestamp":"2024-05-01T12:00:00.0000000+00:00","Level":"Warning","MessageTemplate":"stock low","Properties":{"sku":"A-12"},"requestId":"${REQUEST_ID}"}`,
  'Rust’s tracing': `{"timestamp":"2024-05-01T12:00:00.000000Z","level":"WARN","fields":{"message":"stock low","sku":"A-12"},"target":"orders","requestId":"${REQUEST_ID}"}`,
  ECS: `{"@timestamp":"${TIME}","log.level":"warn","message":"stock low","requestId":"${REQUEST_ID}","sku":"A-12"}`,
  'nanoseconds since the epoch': `{"time":1714564800000000000,"severity":"WARNING","message":"stock low","requestId":"${REQUEST_ID}","sku":"A-12"}`,
};

test.each(Object.entries(JSON_LINES))('%s', (_, line) => {
  const entry = entryOf(line);
  expect(entry).toMatchObject({
    kind: 'message',
    level: 'WARN',
    epochMs: NOON,
    requestId: REQUEST_ID,
    message: 'stock low',
  });
  expect(fieldTexts(line)).toContain('sku=A-12');
  expect(summaryOf(entry)).toContain('sku=A-12');
  expect(fieldTexts(line).join()).not.toContain('stock low');
});

test('fields stay in order and as written: large integers, duplicate keys, nesting', () => {
  const line =
    '{"level":"INFO","msg":"m","z":12345678901234567890,"a":1.10,"a":2,"o":{"n":9007199254740993,"l":[1,"x"]}}';
  expect(fieldTexts(line)).toEqual(['z=12345678901234567890', 'a=1.10', 'a=2', 'o={"n":9007199254740993,"l":[1,"x"]}']);
  expect(summaryOf(entryOf(line))).toBe('z=12345678901234567890 a=1.10 a=2 o={…}');
});

test('an object as a message: its members are the fields', () => {
  const line = `{"timestamp":"${TIME}","level":"INFO","requestId":"${REQUEST_ID}","message":{"sku":"A-12","n":12345678901234567890}}`;
  expect(entryOf(line).message).toBe('');
  expect(fieldTexts(line)).toEqual(['sku=A-12', 'n=12345678901234567890']);
});

test('an error as a message shows its type and message', () => {
  const error = '{"errorType":"StockError","errorMessage":"sold out","stackTrace":["at a.js:1:1"]}';
  const nested = `{"timestamp":"${TIME}","level":"ERROR","requestId":"${REQUEST_ID}","message":${error}}`;
  expect(entryOf(nested).message).toBe('StockError: sold out');
  expect(fieldTexts(nested)).toEqual(['stackTrace=["at a.js:1:1"]']);
  const flat = `{"timestamp":"${TIME}","level":"ERROR","requestId":"${REQUEST_ID}",${error.slice(1)}`;
  expect(entryOf(flat).message).toBe('StockError: sold out');
  const pino = '{"level":50,"time":1714564800000,"err":{"type":"StockError","message":"sold out","stack":"at a"}}';
  expect(entryOf(pino).message).toBe('StockError: sold out');
});

test('a structured line that was logged as text has its own level, and Lambda’s request ID', () => {
  const inner = '{"level":"ERROR","message":"sold out","requestId":"own","sku":"A-12"}';
  const inText = entryOf(`${TIME}\t${REQUEST_ID}\tINFO\t${inner}`);
  expect(inText).toMatchObject({ level: 'ERROR', message: 'sold out', requestId: REQUEST_ID });
  const json = JSON.stringify({ timestamp: TIME, level: 'INFO', requestId: REQUEST_ID, message: inner });
  expect(entryOf(json)).toMatchObject({ level: 'ERROR', message: 'sold out', timestamp: TIME });
});

test.each(['{"sku":', '{sku: 1}', '[1,2]', '"text"', '{"a":1} {"b":2}'])('%s is text', (line) => {
  expect(entryOf(line)).toMatchObject({ kind: 'message', message: line });
});

test('a JSON object in several lines is one entry', () => {
  const log = 'before\n{\n  "level": "info",\n  "message": "stock low",\n  "sku": "A-12"\n}';
  const pretty = log.slice('before\n'.length);
  expect(entryOf(pretty)).toMatchObject({ level: 'INFO', message: 'stock low', raw: pretty });
  expect(fieldTexts(pretty)).toEqual(['sku=A-12']);
});

test('a line that is one head after the other is read up to a limit', () => {
  const line = '#1]'.repeat(1_000_000);
  expect(entryOf(line).raw).toBe(line);
});

test('deep nesting and long lines don’t fail', () => {
  const deep = `{"msg":"deep","a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  expect(fieldTexts(deep)).toEqual([`a=${'['.repeat(5000)}${']'.repeat(5000)}`]);
  const long = `{"msg":"${'x'.repeat(300_000)}"}`;
  expect(entryOf(long).message).toBe(long);
});
