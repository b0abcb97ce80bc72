import { describe, expect, test } from 'vitest';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { looksLikeAwsCommand } from '../../../../src/core/importExport/looksLikeAwsCommand.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const CALL = 'aws lambda invoke --function-name f out';
const notesOf = (text: string) => (importAwsCommand(text)?.notes ?? []).map((note) => toSentence(note));

describe('words before aws', () => {
  test.each([
    ['env AWS_PROFILE=dev CALL', { profile: 'dev' }],
    ['env -u AWS_REGION AWS_PROFILE=dev CALL', { profile: 'dev' }],
    ['/usr/bin/env AWS_PROFILE=dev CALL', { profile: 'dev' }],
    ['AWS_PROFILE=dev AWS_REGION=eu-west-1 CALL', { profile: 'dev', region: 'eu-west-1' }],
    ['AWS_DEFAULT_PROFILE=dev AWS_DEFAULT_REGION=eu-west-1 CALL', { profile: 'dev', region: 'eu-west-1' }],
    ["$env:AWS_PROFILE='dev'; CALL", { profile: 'dev' }],
    ['$env:AWS_PROFILE = "dev"; $env:AWS_REGION = "eu-west-1"; CALL', { profile: 'dev', region: 'eu-west-1' }],
    ['${env:AWS_PROFILE} = "dev"; CALL', { profile: 'dev' }],
    ['Set-Item Env:AWS_PROFILE dev; CALL', { profile: 'dev' }],
    ['set AWS_PROFILE=dev && CALL', { profile: 'dev' }],
    ['set AWS_PROFILE=dev&& CALL', { profile: 'dev' }],
    ['set "AWS_PROFILE=dev" & CALL', { profile: 'dev' }],
    ['export AWS_PROFILE=dev AWS_REGION=eu-west-1 && CALL', { profile: 'dev', region: 'eu-west-1' }],
    ['declare -x AWS_PROFILE=dev; CALL', { profile: 'dev' }],
    ['setenv AWS_PROFILE dev; CALL', { profile: 'dev' }],
    ['set -gx AWS_PROFILE dev; CALL', { profile: 'dev' }],
    ['aws-vault exec dev -- CALL', { profile: 'dev' }],
    ['aws-vault exec dev CALL', { profile: 'dev' }],
    ['aws-vault exec aws -- CALL', { profile: 'aws' }],
    ['aws-vault exec -d 1h --no-session --region eu-west-1 dev -- CALL', { profile: 'dev', region: 'eu-west-1' }],
    ['aws-vault --backend=file exec dev --region=eu-west-1 -- CALL', { profile: 'dev', region: 'eu-west-1' }],
    ['aws-okta exec dev -- CALL', { profile: 'dev' }],
    ['granted exec dev -- CALL', { profile: 'dev' }],
    ['aws-sso exec --profile dev -- CALL', { profile: 'dev' }],
    ['aws2-wrap --profile dev CALL', { profile: 'dev' }],
    ['assume dev --exec "CALL"', { profile: 'dev' }],
    ['assume --exec "CALL" dev', { profile: 'dev' }],
    ['assume -r eu-west-1 dev -e "CALL"', { profile: 'dev', region: 'eu-west-1' }],
    ['assume dev && CALL', { profile: 'dev' }],
    ['. assume dev; CALL', { profile: 'dev' }],
    ['awsume dev && CALL', { profile: 'dev' }],
    ['saml2aws exec --exec-profile dev -- CALL', { profile: 'dev' }],
    ['sudo -u deploy AWS_PROFILE=dev CALL', { profile: 'dev' }],
    ['time AWS_PROFILE=dev CALL', { profile: 'dev' }],
    ['nohup env AWS_PROFILE=dev CALL &', { profile: 'dev' }],
    ['AWS_PROFILE=dev timeout -k 5 60 CALL', { profile: 'dev' }],
    ['AWS_PROFILE=dev nice -n 10 command CALL', { profile: 'dev' }],
    ["AWS_PROFILE=dev bash -c 'CALL'", { profile: 'dev' }],
    ["bash -lc 'export AWS_PROFILE=dev; CALL'", { profile: 'dev' }],
    ["sh -c 'AWS_PROFILE=dev exec CALL'", { profile: 'dev' }],
    ['pwsh -NoProfile -Command "$env:AWS_PROFILE=\'dev\'; CALL"', { profile: 'dev' }],
    ['cmd /c "set AWS_PROFILE=dev && CALL"', { profile: 'dev' }],
    ['OUT=$(AWS_PROFILE=dev CALL)', { profile: 'dev' }],
    ['export AWS_PROFILE=dev; OUT="$(CALL)"', { profile: 'dev' }],
    ['OUT=`AWS_PROFILE=dev CALL`', { profile: 'dev' }],
    ['(AWS_PROFILE=dev CALL)', { profile: 'dev' }],
    ['if ! AWS_PROFILE=dev CALL; then echo no; fi', { profile: 'dev' }],
    [
      'docker run --rm -e AWS_PROFILE=dev -v ~/.aws:/root/.aws amazon/aws-cli lambda invoke --function-name f out',
      { profile: 'dev' },
    ],
    [
      'AWS_PROFILE=dev docker run --rm -it --env AWS_PROFILE -v ~/.aws:/root/.aws public.ecr.aws/aws-cli/aws-cli:2.15 lambda invoke --function-name f out',
      { profile: 'dev' },
    ],
    ['aws-vault exec dev -- aws --profile prod lambda invoke --function-name f out', { profile: 'prod' }],
    ['export AWS_PROFILE=dev; unset AWS_PROFILE; CALL', {}],
    ['AWS_PROFILE=dev env -u AWS_PROFILE CALL', {}],
    ['AWS_PROFILE=dev env -i CALL', {}],
  ] as [string, object][])('%s', (line, expected) => {
    const { draft, profile, region, notes } = importAwsCommand(line.replace('CALL', CALL)) ?? {};
    expect({ name: draft?.FunctionName, profile, region, notes }).toEqual({
      name: 'f',
      profile: undefined,
      region: undefined,
      notes: [],
      ...expected,
    });
    expect(looksLikeAwsCommand(line.replace('CALL', CALL))).toBe(true);
  });

  test.each([
    'sudo',
    'time',
    'nohup',
    'timeout 60',
    'nice',
    'command',
    'exec',
    'env',
    'stdbuf -oL',
    '!',
    'time -p',
    'winpty',
  ])('%s changes nothing', (prefix) => {
    expect(importAwsCommand(`${prefix} ${CALL}`)?.draft.FunctionName).toBe('f');
    expect(notesOf(`${prefix} ${CALL}`)).toEqual([]);
  });

  test.each([
    '/usr/local/bin/aws',
    'aws.exe',
    'AWS.EXE',
    'aws2',
    '.\\aws.exe',
    '"C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe"',
    'python3 -m awscli',
    "& 'C:\\x y\\aws.exe'",
  ])('%s is the AWS CLI', (program) => {
    const line = CALL.replace('aws', () => program);
    expect(importAwsCommand(line)?.draft.FunctionName).toBe('f');
    expect(notesOf(line)).toEqual([]);
  });

  test.each(['chamber exec svc --', 'op run --', 'doppler run --', 'ssh host', 'kubectl exec pod --'])(
    "%s reports that its credentials aren't imported",
    (prefix) => {
      expect(importAwsCommand(`${prefix} ${CALL}`)?.profile).toBeUndefined();
      expect(notesOf(`${prefix} ${CALL}`)).toEqual([
        `The credentials of "${prefix.split(' ')[0] ?? ''}" can't be imported. Select a profile that provides them.`,
      ]);
    },
  );

  test('an IdP account of saml2aws is used as a profile, and reported', () => {
    expect(importAwsCommand(`saml2aws exec -a dev -- ${CALL}`)?.profile).toBe('dev');
    expect(notesOf(`saml2aws exec -a dev -- ${CALL}`)).toHaveLength(1);
  });

  test('access keys are reported without their values', () => {
    const notes = notesOf(`AWS_ACCESS_KEY_ID=AKIDX AWS_SECRET_ACCESS_KEY=topsecret ${CALL}`);
    expect(notes).toEqual(["Access keys aren't imported. Add them to a profile and select it."]);
  });

  test('unknown variables and words are reported, and the others are used', () => {
    expect(notesOf(`AWS_CONFIG_FILE=/x AWS_PROFILE=dev ${CALL}`)).toEqual([
      'The variable AWS_CONFIG_FILE was ignored. The extension uses the environment of VS Code.',
    ]);
    expect(notesOf(`frobnicate --hard ${CALL}`)).toEqual(['"frobnicate --hard" before the command was ignored.']);
    expect(notesOf(`xargs -n1 ${CALL}`)).toEqual(['"xargs -n1" before the command was ignored.']);
  });
});
