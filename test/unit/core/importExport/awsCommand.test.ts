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
      'bash, single quotes',
      String.raw`aws lambda invoke --function-name f --payload '{"a": "it'\''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'bash, double quotes',
      String.raw`aws lambda invoke --function-name f --payload "{\"a\": \"it's\", \"b\": \"\\\"q\\\"\", \"n\": 12345678901234567890}" out.json`,
    ],
    [
      'bash, ANSI-C quotes',
      String.raw`aws lambda invoke --function-name f --payload $'{"a": "it\'s", "b": "\\"q\\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'PowerShell 7',
      String.raw`aws lambda invoke --function-name f --payload '{"a": "it''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
    [
      'PowerShell, backtick lines and double quotes',
      'aws lambda invoke `\n --function-name f `\n --payload "{`"a`": `"it\'s`", `"b`": `"\\`"q\\`"`", `"n`": 12345678901234567890}" out.json',
    ],
    ['PowerShell, a here-string', `aws lambda invoke --function-name f --payload @'\n${JSON_PAYLOAD}\n'@ out.json`],
    [
      'cmd',
      String.raw`C:\work> aws lambda invoke ^
  --function-name f --payload "{\"a\": \"it's\", \"b\": \"\\\"q\\\"\", \"n\": 12345678901234567890}" out.json`,
    ],
    [
      'cmd, doubled quotes',
      'aws lambda invoke --function-name %F% --payload "{""a"": ""it\'s"", ""b"": ""\\\\""q\\\\"""", ""n"": 12345678901234567890}" out.json'
        .replace('%F%', 'f')
        .replaceAll('\\\\""', '\\\\\\"'),
    ],
    ['base64, as AWS CLI v2 takes it', `aws lambda invoke --function-name f --payload ${btoa(JSON_PAYLOAD)} out.json`],
    [
      'raw, as it is told',
      String.raw`aws lambda invoke --function-name f --cli-binary-format raw-in-base64-out --payload='{"a": "it'\''s", "b": "\"q\"", "n": 12345678901234567890}' out.json`,
    ],
  ])('in %s gives the payload to the character', (_, command) => {
    expect(importAwsCommand(command)?.draft).toMatchObject({
      FunctionName: 'f',
      payloadKind: 'typed',
      Payload: JSON_PAYLOAD,
    });
  });

  test('fills every field', () => {
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
        payloadKind: 'file',
        Payload: '',
        payloadFile: '',
      },
      payloadPath: 'events/order.json',
      profile: 'dev',
      region: 'eu-west-1',
      notes: [],
    });
  });

  test('without a log type asks for no log, as the CLI does', () => {
    expect(importAwsCommand('aws lambda invoke --function-name f out')?.draft.LogType).toBe('None');
  });

  test.each(['file://a b.json', 'fileb://a b.json'])('reads the payload of %s when it is invoked', (value) => {
    expect(importAwsCommand(`aws lambda invoke --function-name f --payload "${value}" out`)).toMatchObject({
      payloadPath: 'a b.json',
    });
  });

  test.each([
    ["$env:AWS_PROFILE = 'dev'\naws lambda invoke --function-name f out", 'dev'],
    ['set AWS_PROFILE=dev\r\naws lambda invoke --function-name f out', 'dev'],
    ['export AWS_PROFILE=dev; aws lambda invoke --function-name f out', 'dev'],
    ['AWS_PROFILE=dev aws lambda invoke --function-name f out', 'dev'],
  ])('takes the profile of %j', (command, profile) => {
    expect(importAwsCommand(command)?.profile).toBe(profile);
  });

  test.each([
    ['AWS_PROFILE=dev aws lambda invoke --function-name f out\nAWS_PROFILE=prod aws s3 ls', 'dev'],
    ['AWS_PROFILE=prod aws s3 ls\naws lambda invoke --function-name f out', undefined],
    [`aws lambda invoke --function-name f --payload '{"script": "export AWS_PROFILE=prod; run"}' out`, undefined],
    ["AWS_PROFILE='my dev' aws lambda invoke --function-name f out", 'my dev'],
  ])('of %j takes no other command’s profile', (command, profile) => {
    expect(importAwsCommand(command)?.profile).toBe(profile);
  });

  test.each([
    '$ aws lambda invoke --function-name orders \\\n> --qualifier live \\\n> out.json',
    'PS C:\\work> aws lambda invoke --function-name orders `\n>> --qualifier live `\n>> out.json',
    'C:\\Users\\me>aws lambda invoke --function-name orders ^\nMore? --qualifier live ^\nMore? out.json',
  ])('copied with its prompts is taken whole: %j', (command) => {
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
  ])('%s gives its payload', (command, payload) => {
    expect(importAwsCommand(command)?.draft.Payload).toBe(payload);
  });

  test('keeps the backslashes of a Windows path', () => {
    const command = String.raw`aws lambda invoke --function-name f --payload fileb://C:\events\order.json out`;
    expect(importAwsCommand(command)?.payloadPath).toBe(String.raw`C:\events\order.json`);
  });

  test('says what only a shell can work out, and that a second call was left out', () => {
    expect(notesOf('aws lambda invoke --function-name f --payload (Get-Content -Raw a.json) out').join()).toContain(
      'no shell has replaced it',
    );
    expect(notesOf('aws lambda invoke --function-name f out; aws lambda invoke --function-name g out')).toEqual([
      'Only the first “aws lambda invoke” was taken.',
    ]);
    expect(
      importAwsCommand(String.raw`aws lambda invoke --function-name f --payload $'\UFFFFFFFF' out`)?.draft.FunctionName,
    ).toBe('f');
    expect(importAwsCommand(`aws lambda invoke --function-name f --qualifier --payload '{}' out`)?.draft).toMatchObject(
      { Qualifier: '', Payload: '{}' },
    );
  });

  test('takes an object in a skeleton as its JSON, to the digit', () => {
    const imported = importCliInput('{"FunctionName": "f", "Payload": {"n": 12345678901234567890}, "Extra": 1}');
    expect(imported?.draft.Payload).toBe('{"n": 12345678901234567890}');
    expect(imported?.notes.map((note) => toSentence(note))).toEqual(['Extra was left out: it is no field of Invoke.']);
  });

  test('takes the fields of --cli-input-json, which single options overrule', () => {
    const input = JSON.stringify({ FunctionName: 'f', Qualifier: 'live', LogType: 'Tail', Payload: btoa('{"a":1}') });
    const imported = importAwsCommand(`aws lambda invoke --cli-input-json '${input}' --qualifier 7 out`);
    expect(imported?.draft).toMatchObject({ FunctionName: 'f', Qualifier: '7', LogType: 'Tail', Payload: '{"a":1}' });
  });

  test('says what it leaves out', () => {
    expect(notesOf('aws lambda invoke --function-name f --no-verify-ssl --colour red out')).toEqual([
      '--colour was left out: it is no field of Invoke.',
      '--no-verify-ssl was left out: it is no field of Invoke.',
    ]);
    expect(notesOf('aws lambda invoke --function-name "$NAME" out')).toEqual([
      '$NAME stands as it is written: no shell has replaced it.',
    ]);
    expect(notesOf('aws lambda invoke --function-name f --invocation-type Later out').join()).toContain(
      '“Later” is not one of',
    );
    expect(notesOf('aws lambda invoke --function-name f --cli-input-json file://in.json out').join()).toContain(
      '--cli-input-json file://in.json was not read',
    );
  });

  test.each(['', 'aws s3 ls', 'aws lambda list-functions', 'echo aws lambda', '{"FunctionName": 1}'])(
    '%j is none',
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
  ])('a paste of %j is caught', (text) => expect(looksLikeAwsCommand(text)).toBe(true));
});
