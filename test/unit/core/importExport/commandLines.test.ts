import { describe, expect, test } from 'vitest';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { looksLikeAwsCommand } from '../../../../src/core/importExport/looksLikeAwsCommand.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const notesOf = (text: string) => (importAwsCommand(text)?.notes ?? []).map((note) => toSentence(note));

describe('AWS CLI options', () => {
  test('may be abbreviated like in argparse', () => {
    const imported = importAwsCommand(
      `aws lambda invoke --function f --invocation Event --log Tail --qual 7 --client-c ${btoa('{"custom":{}}')} --ten t --dur d --pay '{}' --prof dev --reg eu-west-1 --endp http://localhost:1 out`,
    );
    expect(imported).toMatchObject({
      draft: {
        FunctionName: 'f',
        InvocationType: 'Event',
        LogType: 'Tail',
        Qualifier: '7',
        ClientContext: '{"custom":{}}',
        TenantId: 't',
        DurableExecutionName: 'd',
        Payload: '{}',
      },
      profile: 'dev',
      region: 'eu-west-1',
      endpoint: 'http://localhost:1',
      notes: [],
    });
    // Global options have priority over the operation's: --p is --profile, not --payload.
    expect(importAwsCommand('aws lambda invoke --function=f --p dev out')?.profile).toBe('dev');
  });

  test('are reported with their candidates if ambiguous', () => {
    expect(notesOf('aws lambda invoke --function-name f --cli 5 out')).toEqual([
      '--cli is ambiguous and was ignored. It could be --cli-read-timeout, --cli-connect-timeout, --cli-binary-format, --cli-auto-prompt, --cli-error-format, --client-context.',
    ]);
    const imported = importAwsCommand('aws lambda invoke --function-name f --c {} out');
    expect(imported?.draft).toMatchObject({ FunctionName: 'f', ClientContext: '' });
    expect(imported?.notes).toHaveLength(1);
    expect(toSentence(imported?.notes[0] ?? { code: 'importNothing', args: [] })).toContain('--client-context');
  });

  test('accept values with =, empty values, and values with a leading dash', () => {
    expect(importAwsCommand(`aws lambda invoke --function-name=f --payload='{"a":"b=c"}' out`)?.draft.Payload).toBe(
      '{"a":"b=c"}',
    );
    expect(importAwsCommand('aws lambda invoke --function-name f --payload -1 out')?.draft.Payload).toBe('-1');
    expect(notesOf('aws lambda invoke --function-name f out --qualifier')).toEqual([
      '--qualifier has no value and was ignored.',
    ]);
  });

  test.each([
    ['--query Payload', '--query'],
    ['--debug', '--debug'],
    ['--cli-read-timeout 5', '--cli-read-timeout'],
    ['--no-verify-ssl', '--no-verify-ssl'],
    ['--ca-bundle /x.pem', '--ca-bundle'],
    ['--no-sign-request', '--no-sign-request'],
    ['--output text', '--output'],
    ['--frob x', '--frob'],
  ])('%s is reported', (option, label) => {
    expect(notesOf(`aws lambda invoke --function-name f ${option} out`)).toEqual([
      `${label} was ignored, because Invoke doesn't support it.`,
    ]);
  });

  test("that match this extension's behavior aren't reported", () => {
    const options = '--no-cli-pager --output json --cli-read-timeout 0 --cli-binary-format raw-in-base64-out';
    expect(notesOf(`aws lambda invoke --function-name f ${options} out`)).toEqual([]);
  });

  test('determine whether the payload is base64', () => {
    const payload = (options: string) =>
      importAwsCommand(`aws lambda invoke --function-name f ${options} out`)?.draft.Payload;
    expect(payload('--cli-binary-format raw-in-base64-out --payload MTIz')).toBe('MTIz');
    expect(payload('--cli-binary-format base64 --payload MTIz')).toBe('123');
    expect(payload('--cli-binary-format base64 --payload 1234')).toBe('1234');
    expect(payload('--payload MTIz')).toBe('123');
  });

  test('are followed by one output file, and other words are reported', () => {
    expect(notesOf('aws lambda invoke --function-name f --payload {"a": 1} out')).toEqual([
      '"1}" was ignored, because it doesn\'t belong to an option.',
    ]);
  });
});

describe('the endpoint', () => {
  test.each([
    ['aws lambda invoke --endpoint-url http://127.0.0.1:3001 --function-name f out', 'http://127.0.0.1:3001'],
    ['awslocal lambda invoke --function-name f out', 'http://localhost:4566'],
    ['LOCALSTACK_HOST=host:4510 awslocal lambda invoke --function-name f out', 'http://host:4510'],
    ['awslocal --endpoint-url http://x:1 lambda invoke --function-name f out', 'http://x:1'],
    ['AWS_ENDPOINT_URL=http://x:1 aws lambda invoke --function-name f out', 'http://x:1'],
    [
      'AWS_ENDPOINT_URL_LAMBDA=http://x:2 AWS_ENDPOINT_URL=http://x:1 aws lambda invoke --function-name f out',
      'http://x:2',
    ],
    ['docker exec localstack awslocal lambda invoke --function-name f out', 'http://localhost:4566'],
  ])('of %s is imported', (line, endpoint) => {
    expect(importAwsCommand(line)?.endpoint).toBe(endpoint);
    expect(looksLikeAwsCommand(line)).toBe(true);
  });

  test('is omitted if invalid, and no message contains it', () => {
    const imported = importAwsCommand('aws lambda invoke --endpoint-url user:topsecret@host --function-name f out');
    expect(imported?.endpoint).toBeUndefined();
    expect(imported?.notes.map((note) => toSentence(note))).toEqual([
      "The endpoint was ignored, because it doesn't begin with http:// or https://.",
    ]);
    expect(
      notesOf('aws lambda invoke --endpoint-url https://u:topsecret@h/?k=v --function-name f out').join(),
    ).not.toContain('topsecret');
  });
});

describe('around a command', () => {
  test.each([
    'OUT=$(aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out)',
    'echo "$(aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out)"',
    'RESULT=`aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out`',
    '(aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out)',
    '{ aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out; }',
    '$out = aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out',
    '$out = (aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out | ConvertFrom-Json).StatusCode',
    'aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out > "my log.txt" 2>&1 && jq . < out',
    'aws lambda invoke > "my log.txt" --function-name f --payload \'{"a":"(x)"}\' out',
    'aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out &> "a b" # the "best" function',
    'aws lambda invoke --function-name f --payload \'{"a":"(x)"}\' /dev/stdout | jq -r \'.a | "x"\'',
    '# first\naws lambda \\\r\n  invoke \\\r\n --function-name f \\\r\n --payload \'{"a":"(x)"}\' out',
    'cat <<EOF > x.json\n{"it\'s": 1}\nEOF\naws lambda invoke --function-name f --payload \'{"a":"(x)"}\' out',
    'bash -c \'aws lambda invoke --function-name f --payload "{\\"a\\":\\"(x)\\"}" out\'',
    'eval "aws lambda invoke --function-name f --payload \'{\\"a\\":\\"(x)\\"}\' out"',
  ])('other text is ignored: %s', (line) => {
    expect(importAwsCommand(line)?.draft).toMatchObject({ FunctionName: 'f', Payload: '{"a":"(x)"}' });
    expect(notesOf(line)).toEqual([]);
    expect(looksLikeAwsCommand(line)).toBe(true);
  });

  test.each([
    ['file:///dev/stdin', '/dev/stdin'],
    ['fileb:///dev/stdin', '/dev/stdin'],
    ['file://-', '-'],
    ['fileb:///dev/fd/0', '/dev/fd/0'],
    ['fileb:///proc/self/fd/0', '/proc/self/fd/0'],
    ['file://<(jq -c . "a b.json")', '<(jq -c . "a b.json")'],
    ['file://', 'file://'],
  ])('a payload from %s is reported', (value, label) => {
    const line = `echo '{}' | aws lambda invoke --function-name f --qualifier live --payload ${value} out`;
    const imported = importAwsCommand(line);
    expect(imported?.payloadPath).toBeUndefined();
    expect(imported?.draft).toMatchObject({ FunctionName: 'f', Qualifier: 'live', Payload: '' });
    expect(notesOf(line)).toEqual([`The payload wasn't read from ${label}. Paste it into the form.`]);
  });

  test.each([
    ['fileb://$PWD/a.json', 'a.json'],
    ['"fileb://${PWD}/a.json"', 'a.json'],
    ['fileb://$(pwd)/a.json', 'a.json'],
    ['fileb://~/a.json', '~/a.json'],
  ])('the path of %s is relative to the workspace', (value, path) => {
    const line = `aws lambda invoke --function-name f --payload ${value} out`;
    expect(importAwsCommand(line)?.payloadPath).toBe(path);
    expect(notesOf(line)).toEqual([]);
  });

  test('a path inside a container is reported', () => {
    const line =
      'docker run --rm -v ~/.aws:/root/.aws amazon/aws-cli lambda invoke --function-name f --payload fileb:///data/a.json out';
    expect(importAwsCommand(line)?.payloadPath).toBeUndefined();
    expect(notesOf(line)).toEqual(["The payload wasn't read from /data/a.json. Paste it into the form."]);
  });

  test('a shell expansion between aws and lambda is reported', () => {
    expect(importAwsCommand('aws $OPTS lambda invoke --function-name f out')?.draft.FunctionName).toBe('f');
    expect(notesOf('aws $OPTS lambda invoke --function-name f out')).toEqual([
      "$OPTS wasn't expanded and was imported as text.",
    ]);
  });

  test('long text without a command is read in linear time', () => {
    const texts = [
      'aws '.repeat(50_000),
      '$('.repeat(50_000),
      "aws lambda '".repeat(20_000),
      `${'('.repeat(50_000)}aws lambda invoke`,
    ];
    const read = texts.map((text) => [importAwsCommand(text)?.draft.FunctionName, looksLikeAwsCommand(text)]);
    expect(read).toEqual([
      [undefined, false],
      [undefined, false],
      [undefined, false],
      ['', true],
    ]);
  }, 20_000);
});
