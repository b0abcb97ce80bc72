import { exportedRegion, type ExportedInvocation } from './exportCommand.ts';

/** Fields that both SDKs accept unchanged, as `[name, source]`. JSON string literals are valid in both languages. */
function plainFields({ invocation }: ExportedInvocation): [string, string][] {
  const { FunctionName, Qualifier, InvocationType, LogType, TenantId, DurableExecutionName } = invocation;
  const fields = { FunctionName, Qualifier, InvocationType, LogType, TenantId, DurableExecutionName };
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)]],
  );
}

const STREAM_JAVASCRIPT = [
  'for await (const { PayloadChunk, InvokeComplete } of answer.EventStream ?? []) {',
  '  if (PayloadChunk) process.stdout.write(PayloadChunk.Payload);',
  "  if (InvokeComplete?.ErrorCode) console.error('\\n', InvokeComplete.ErrorCode, InvokeComplete.ErrorDetails);",
  "  if (InvokeComplete?.LogResult) console.error(Buffer.from(InvokeComplete.LogResult, 'base64').toString());",
  '}',
];

function responseJavaScript(hasLog: boolean): string[] {
  return [
    "console.log(answer.StatusCode, answer.FunctionError ?? '');",
    'console.log(Buffer.from(answer.Payload ?? []).toString());',
    ...(hasLog ? ["console.error(Buffer.from(answer.LogResult ?? '', 'base64').toString());"] : []),
  ];
}

const STREAM_PYTHON = [
  'for event in answer["EventStream"]:',
  '    if "PayloadChunk" in event:',
  '        sys.stdout.buffer.write(event["PayloadChunk"]["Payload"])',
  '        sys.stdout.flush()',
  '    complete = event.get("InvokeComplete", {})',
  '    if complete.get("ErrorCode"):',
  '        print("\\n", complete["ErrorCode"], complete.get("ErrorDetails", ""), file=sys.stderr)',
  '    if complete.get("LogResult"):',
  '        print(base64.b64decode(complete["LogResult"]).decode(errors="replace"), file=sys.stderr)',
];

function responsePython(hasLog: boolean): string[] {
  return [
    'print(answer["StatusCode"], answer.get("FunctionError", ""))',
    'print(answer["Payload"].read().decode())',
    ...(hasLog
      ? ['print(base64.b64decode(answer.get("LogResult", "")).decode(errors="replace"), file=sys.stderr)']
      : []),
  ];
}

/**
 * Exports an invocation as a JavaScript module with @aws-sdk/client-lambda. Without retries, like in this extension.
 */
export function toJavaScript(exported: ExportedInvocation): string {
  const { invocation, payload, profile, endpoint } = exported;
  const region = exportedRegion(exported);
  const client = [
    ...(region === undefined ? [] : [`region: ${JSON.stringify(region)}`]),
    ...(profile === undefined ? [] : [`credentials: fromIni({ profile: ${JSON.stringify(profile)} })`]),
    ...(endpoint === undefined ? [] : [`endpoint: ${JSON.stringify(endpoint)}`]),
    'maxAttempts: 1',
  ];
  const { ClientContext } = invocation;
  const isStreamed = invocation.InvokeMode === 'RESPONSE_STREAM';
  const fields = [
    ...plainFields(exported),
    ...(ClientContext === undefined
      ? []
      : [['ClientContext', `Buffer.from(${JSON.stringify(ClientContext)}).toString('base64')`]]),
    ...(payload.kind === 'file' ? [['Payload', `await readFile(${JSON.stringify(payload.path)})`]] : []),
    ...(payload.kind === 'text' ? [['Payload', JSON.stringify(payload.text)]] : []),
  ];
  return [
    ...(payload.kind === 'file' ? ["import { readFile } from 'node:fs/promises';"] : []),
    `import { ${isStreamed ? 'InvokeWithResponseStreamCommand' : 'InvokeCommand'}, LambdaClient } from '@aws-sdk/client-lambda';`,
    ...(profile === undefined ? [] : ["import { fromIni } from '@aws-sdk/credential-providers';"]),
    '',
    `const client = new LambdaClient({ ${client.join(', ')} });`,
    'const answer = await client.send(',
    `  new ${isStreamed ? 'InvokeWithResponseStreamCommand' : 'InvokeCommand'}({`,
    ...fields.map(([name, source]) => `    ${name}: ${source},`),
    '  }),',
    ');',
    ...(isStreamed ? STREAM_JAVASCRIPT : responseJavaScript(invocation.LogType === 'Tail')),
    '',
  ].join('\n');
}

/**
 * Exports an invocation as a Python program with boto3. Without retries, like in this extension. The read timeout
 * allows for Lambda's maximum of 15 minutes.
 */
export function toPython(exported: ExportedInvocation): string {
  const { invocation, payload, profile, endpoint } = exported;
  const region = exportedRegion(exported);
  const session = [
    ...(profile === undefined ? [] : [`profile_name=${JSON.stringify(profile)}`]),
    ...(region === undefined ? [] : [`region_name=${JSON.stringify(region)}`]),
  ];
  const { ClientContext } = invocation;
  const isStreamed = invocation.InvokeMode === 'RESPONSE_STREAM';
  const fields = [
    ...plainFields(exported),
    ...(ClientContext === undefined
      ? []
      : [['ClientContext', `base64.b64encode(${JSON.stringify(ClientContext)}.encode()).decode()`]]),
    ...(payload.kind === 'file' ? [['Payload', `pathlib.Path(${JSON.stringify(payload.path)}).read_bytes()`]] : []),
    ...(payload.kind === 'text' ? [['Payload', `${JSON.stringify(payload.text)}.encode()`]] : []),
  ];
  return [
    ...(ClientContext === undefined && invocation.LogType !== 'Tail' && !isStreamed ? [] : ['import base64']),
    ...(payload.kind === 'file' ? ['import pathlib'] : []),
    'import sys',
    '',
    'import boto3',
    'from botocore.config import Config',
    '',
    `session = boto3.Session(${session.join(', ')})`,
    'config = Config(retries={"total_max_attempts": 1}, read_timeout=960)',
    `client = session.client("lambda", config=config${endpoint === undefined ? '' : `, endpoint_url=${JSON.stringify(endpoint)}`})`,
    `answer = client.${isStreamed ? 'invoke_with_response_stream' : 'invoke'}(`,
    ...fields.map(([name, source]) => `    ${name}=${source},`),
    ')',
    ...(isStreamed ? STREAM_PYTHON : responsePython(invocation.LogType === 'Tail')),
    '',
  ].join('\n');
}
