import { describe, expect, test } from 'vitest';
import { toInvocation } from '../../../../src/core/invocation/draft.ts';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { importCliInput, toCliInput } from '../../../../src/core/importExport/cliInput.ts';
import {
  toBashCommand,
  toPowerShellCommand,
  type ExportedInvocation,
} from '../../../../src/core/importExport/exportCommand.ts';

const ODD = [
  "it's",
  '"quoted"',
  '`tick`',
  '$HOME $(id) %PATH%',
  'back\\slash \\" \\\\',
  'new\nline\ttab',
  'ünï ☃ 😀 ’‘',
  '-dash',
  '!bang & | ; <>',
  "''",
];

describe('an exported command', () => {
  test.each(ODD)('in bash and PowerShell is imported unchanged with %j', (text) => {
    const exported: ExportedInvocation = {
      invocation: {
        FunctionName: 'orders',
        Qualifier: '$LATEST',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        ClientContext: JSON.stringify({ custom: { text } }),
        payload: { kind: 'typed', text: JSON.stringify({ text }) },
      },
      payload: { kind: 'text', text: JSON.stringify({ text }) },
      profile: text,
      region: 'eu-west-1',
    };
    for (const command of [toBashCommand(exported), toPowerShellCommand(exported)]) {
      const imported = importAwsCommand(command);
      expect(imported && toInvocation(imported.draft), command).toEqual(exported.invocation);
      expect(imported?.profile).toBe(text);
      expect(imported?.region).toBe('eu-west-1');
      expect(imported?.notes).toEqual([]);
    }
  });

  test('contains the region of the ARN and the payload file, and disables retries', () => {
    const command = toBashCommand({
      invocation: {
        FunctionName: 'arn:aws:lambda:us-west-2:123456789012:function:f',
        InvocationType: 'DryRun',
        payload: { kind: 'none' },
      },
      payload: { kind: 'file', path: '/w/a b.json' },
      region: 'eu-west-1',
    });
    expect(command).toBe(`AWS_MAX_ATTEMPTS=1 aws lambda invoke \\
  --function-name arn:aws:lambda:us-west-2:123456789012:function:f \\
  --invocation-type DryRun \\
  --region us-west-2 \\
  --payload 'fileb:///w/a b.json' \\
  --cli-read-timeout 0 \\
  response.json
`);
  });

  test('as --cli-input-json is imported unchanged', () => {
    const invocation = {
      FunctionName: 'f',
      InvocationType: 'RequestResponse',
      LogType: 'None',
      ClientContext: '{"custom":{"ü":1}}',
      payload: { kind: 'typed', text: '{"☃": 1e400}' },
    } as const;
    const imported = importCliInput(toCliInput(invocation, '{"☃": 1e400}'));
    expect(imported && toInvocation(imported.draft)).toEqual(invocation);
    // The response mode isn't a field of the input.
    const streamed = toCliInput({ ...invocation, InvokeMode: 'RESPONSE_STREAM' }, '{"☃": 1e400}');
    expect(streamed).toBe(toCliInput(invocation, '{"☃": 1e400}'));
  });
});
