import { describe, expect, test } from 'vitest';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { importCliInput } from '../../../../src/core/importExport/cliInput.ts';
import { looksLikeAwsCommand } from '../../../../src/core/importExport/looksLikeAwsCommand.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const JSON_PAYLOAD = '{"a": "it\'s", "b": "\\"q\\"", "n": 12345678901234567890}';

const notesOf = (text: string) => (importAwsCommand(text)?.notes ?? []).map((note) => toSentence(note));

describe('an aws lambda invoke command', () => {
  test.each([
    [
      'single quotes in bash',
      String.raw`aws lambda invoke --function-name f --payload '{"a": "it'\''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'double quotes in bash',
      String.raw`aws lambda invoke --function-name f --payload "{\"a\": \"it's\", \"b\": \"\\\"q\\\"\", \"n\": 12345678901234567890}" out.json`,
    ],
    [
      'ANSI-C quotes in bash',
      String.raw`aws lambda invoke --function-name f --payload $'{"a": "it\'s", "b": "\\"q\\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'single quotes in PowerShell 7',
      String.raw`aws lambda invoke --function-name f --payload '{"a": "it''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'backtick continuations and double quotes in PowerShell',
      'aws lambda invoke `\n --function-name f `\n --payload "{`"a`": `"it\'s`", `"b`": `"\\`"q\\`"`", `"n`": 12345678901234567890}" out.json',
    ],
    ['a here-string in PowerShell', `aws lambda invoke --function-name f --payload @'\n${JSON_PAYLOAD}\n'@ out.json`],
    [
      'escaped quotes in cmd',
      String.raw`C:\work> aws lambda invoke ^
  --function-name f --payload "{\"a\": \"it's\", \"b\": \"\\\"q\\\"\", \"n\": 12345678901234567890}" out.json`,
    ],
    [
      'doubled quotes in cmd',
      'aws lambda invoke --function-name %F% --payload "{""a"": ""it\'s"", ""b"": ""\\\\""q\\\\"""", ""n"": 12345678901234567890}" out.json'
        .replace('%F%', 'f')
        .replaceAll('\\\\""', '\\\\\\"'),
    ],
    ['base64 as in AWS CLI v2', `aws lambda invoke --function-name f --payload ${btoa(JSON_PAYLOAD)} out.json`],
    [
      'raw-in-base64-out',
      String.raw`aws lambda invoke --function-name f --cli-binary-format raw-in-base64-out --payload='{"a": "it'\''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
  ])('with %s has the exact payload', (_, command) => {
    expect(importAwsCommand(command)?.draft).toMatchObject({
      FunctionName: 'f',
      payloadKind: 'typed',
      Payload: JSON_PAYLOAD,
    });
  });

  test('sets every field', () => {
    const context = btoa('{"custom":{"a":1}}');
    const imported = importAwsCommand(
      `$ AWS_PROFILE=ignored aws --profile dev lambda invoke --region eu-west-1 \\
        --function-name "arn:aws:lambda:eu-west-1:123456789012:function:orders" --qualifier '$LATEST' \\
        --invocation-type Event --log-type Tail --client-context ${context} --tenant-id 'a b' \\
        --durable-execution-name run-1 --payload fileb://events/order.json --no-cli-pager --output json /dev/stdout 2>/dev/null | jq .`,
    );
    expect(imported).toEqual({
      draft: {
        FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
        Qualifier: '$LATEST',
        InvocationType: 'Event',
        LogType: 'Tail',
        ClientContext: '{"custom":{"a":1}}',
        TenantId: 'a b',
        DurableExecutionName: 'run-1',
        InvokeMode: 'BUFFERED',
        payloadKind: 'typed',
        Payload: '',
        payloadFile: '',
        hasVariables: false,
        payloadFileVariables: false,
      },
      payloadPath: 'events/order.json',
      profile: 'dev',
      region: 'eu-west-1',
      notes: [],
    });
  });

  test('without a log type requests no log, like the CLI', () => {
    expect(importAwsCommand('aws lambda invoke --function-name f out')?.draft.LogType).toBe('None');
  });

  test.each(['file://a b.json', 'fileb://a b.json'])('has %s as its payload file', (value) => {
    expect(importAwsCommand(`aws lambda invoke --function-name f --payload "${value}" out`)).toMatchObject({
      payloadPath: 'a b.json',
    });
  });

  test.each([
    ["$env:AWS_PROFILE = 'dev'\naws lambda invoke --function-name f out", 'dev'],
    ['set AWS_PROFILE=dev\r\naws lambda invoke --function-name f out', 'dev'],
    ['export AWS_PROFILE=dev; aws lambda invoke --function-name f out', 'dev'],
    ['AWS_PROFILE=dev aws lambda invoke --function-name f out', 'dev'],
  ])('has the profile from %j', (command, profile) => {
    expect(importAwsCommand(command)?.profile).toBe(profile);
  });

  test.each([
    ['AWS_PROFILE=dev aws lambda invoke --function-name f out\nAWS_PROFILE=prod aws s3 ls', 'dev'],
    ['AWS_PROFILE=prod aws s3 ls\naws lambda invoke --function-name f out', undefined],
    [`aws lambda invoke --function-name f --payload '{"script": "export AWS_PROFILE=prod; run"}' out`, undefined],
    ["AWS_PROFILE='my dev' aws lambda invoke --function-name f out", 'my dev'],
  ])('ignores the profile of other commands in %j', (command, profile) => {
    expect(importAwsCommand(command)?.profile).toBe(profile);
  });

  test.each([
    '$ aws lambda invoke --function-name orders \\\n> --qualifier live \\\n> out.json',
    'PS C:\\work> aws lambda invoke --function-name orders `\n>> --qualifier live `\n>> out.json',
    'C:\\Users\\me>aws lambda invoke --function-name orders ^\nMore? --qualifier live ^\nMore? out.json',
  ])('is imported without its prompts: %j', (command) => {
    expect(importAwsCommand(command)?.draft).toMatchObject({ FunctionName: 'orders', Qualifier: 'live' });
    expect(looksLikeAwsCommand(command)).toBe(true);
  });

  test.each([
    [`aws lambda invoke --function-name f --payload '{"q":"%abc%"}' out`, '{"q":"%abc%"}'],
    [String.raw`aws lambda invoke --function-name f --payload '{"q":"$env:X it'\''s"}' out`, `{"q":"$env:X it's"}`],
    [
      String.raw`aws lambda invoke --function-name f --payload '{\"a\":\"{\\\"b\\\":1}\"}' out`,
      String.raw`{"a":"{\"b\":1}"}`,
    ],
    [String.raw`aws lambda invoke --function-name f --payload $'{"a":"\xc3\xa9\U1F600"}' out`, '{"a":"é😀"}'],
  ])('%s has its payload', (command, payload) => {
    expect(importAwsCommand(command)?.draft.Payload).toBe(payload);
  });

  test('keeps the backslashes of a Windows path', () => {
    const command = String.raw`aws lambda invoke --function-name f --payload fileb://C:\events\order.json out`;
    expect(importAwsCommand(command)?.payloadPath).toBe(String.raw`C:\events\order.json`);
  });

  test('has notes about shell expressions and about a second command', () => {
    expect(notesOf('aws lambda invoke --function-name f --payload (Get-Content -Raw a.json) out').join()).toContain(
      "wasn't expanded",
    );
    expect(notesOf('aws lambda invoke --function-name f out; aws lambda invoke --function-name g out')).toEqual([
      'Only the first "aws lambda invoke" command was imported.',
    ]);
    expect(
      importAwsCommand(String.raw`aws lambda invoke --function-name f --payload $'\UFFFFFFFF' out`)?.draft.FunctionName,
    ).toBe('f');
    expect(importAwsCommand(`aws lambda invoke --function-name f --qualifier --payload '{}' out`)?.draft).toMatchObject(
      { Qualifier: '', Payload: '{}' },
    );
  });

  test('as a skeleton keeps every digit of an object', () => {
    const imported = importCliInput('{"FunctionName": "f", "Payload": {"n": 12345678901234567890}, "Extra": 1}');
    expect(imported?.draft.Payload).toBe('{"n": 12345678901234567890}');
    expect(imported?.notes.map((note) => toSentence(note))).toEqual([
      "Extra was ignored, because Invoke doesn't support it.",
    ]);
  });

  test('has the fields of --cli-input-json, and options override them', () => {
    const input = JSON.stringify({ FunctionName: 'f', Qualifier: 'live', LogType: 'Tail', Payload: btoa('{"a":1}') });
    const imported = importAwsCommand(`aws lambda invoke --cli-input-json '${input}' --qualifier 7 out`);
    expect(imported?.draft).toMatchObject({ FunctionName: 'f', Qualifier: '7', LogType: 'Tail', Payload: '{"a":1}' });
  });

  test("has notes about everything that isn't imported", () => {
    expect(notesOf('aws lambda invoke --function-name f --no-verify-ssl --colour red out')).toEqual([
      "--colour was ignored, because Invoke doesn't support it.",
      "--no-verify-ssl was ignored, because Invoke doesn't support it.",
    ]);
    expect(notesOf('aws lambda invoke --function-name "$NAME" out')).toEqual([
      "$NAME wasn't expanded and was imported as text.",
    ]);
    expect(notesOf('aws lambda invoke --function-name f --invocation-type Later out').join()).toContain(
      '"Later" isn\'t one of',
    );
    expect(notesOf('aws lambda invoke --function-name f --cli-input-json file://in.json out').join()).toContain(
      "--cli-input-json file://in.json wasn't read",
    );
  });

  test.each(['', 'aws s3 ls', 'aws lambda list-functions', 'echo aws lambda', '{"FunctionName": 1}'])(
    'rejects %j',
    (text) => {
      expect(importAwsCommand(text)).toBeUndefined();
      expect(importCliInput(text)).toBeUndefined();
      expect(looksLikeAwsCommand(text)).toBe(false);
    },
  );

  test.each([
    'aws lambda invoke --function-name f',
    'cd x; aws --region r lambda   invoke',
    '/usr/bin/aws lambda invoke',
    'C:\\x\\aws.exe lambda invoke',
  ])('a pasted %j is recognized', (text) => expect(looksLikeAwsCommand(text)).toBe(true));
});
