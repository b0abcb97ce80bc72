import { describe, expect, test } from 'vitest';
import { describeConnection, toStoredConnection } from '../../../../src/core/connection/connection.ts';
import { endpointProblem, shownAddress, withShownAddresses } from '../../../../src/core/connection/endpointAddress.ts';
import { importAwsCommand } from '../../../../src/core/importExport/awsCommand.ts';
import { toHistoryEntry } from '../../../../src/core/history/toHistoryEntry.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { toPreset } from '../../../../src/core/presets/preset.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';

/** Addresses with SECRET in every place where one can be, or seems to be. */
const SECRET_ADDRESSES = [
  'http://user:SECRET@host:4566',
  'HTTPS://user:SECRET@host/path',
  'http://SECRET@host',
  'http://:SECRET@host',
  'http://user:SEC@SECRET@host/',
  'http://user:SECRET%40@host/',
  'http://host/?token=SECRET',
  'http://host?SECRET',
  'http://host/path#SECRET',
  'http://host/?a=b@c&token=SECRET',
  'http://user:SECRET/x@host',
  'http://user:12/SECRET@host',
  'http://user:12?SECRET@host',
  'http://user:SECRET#x@host',
  String.raw`http://user:SECRET\x@host`,
  'user:SECRET@host:4566',
  'localhost:4566/?token=SECRET',
  'ftp://user:SECRET@host',
  '//user:SECRET@host',
  '/login?token=SECRET',
  'http://user:SECRET@',
  ' http://user:SECRET@host',
] as const;

describe('endpoint addresses', () => {
  test.each(SECRET_ADDRESSES)("%s is displayed without its secret and isn't a valid endpoint", (address) => {
    expect(shownAddress(address)).not.toContain('SECRET');
    const problem = endpointProblem(address, 'the connection');
    expect(problem?.code).toBe('endpointTooMuch');
    expect(problem && toSentence(problem)).not.toContain('SECRET');
  });

  test.each(SECRET_ADDRESSES.filter((address) => address.includes('://')))(
    '%s in other text is displayed without its secret',
    (address) => {
      expect(withShownAddresses(`connect to ${address} failed`)).not.toContain('SECRET');
    },
  );

  test.each(SECRET_ADDRESSES)("%s isn't stored or displayed with its secret", (endpoint) => {
    const connection = { kind: 'aws', profile: 'dev', endpoint } as const;
    const invocation = { FunctionName: 'f', InvocationType: 'Event', payload: { kind: 'none' } } as const;
    const outcome = { state: 'accepted', StatusCode: 202, clientMs: 1, connection } as never;
    const shown = [
      describeConnection(connection),
      toStoredConnection(connection),
      toHistoryEntry({ invocationId: '1', invocation, connection, result: { outcome }, at: 1 }),
      toPreset('p', {
        invocation,
        connection,
        toPath: String,
        savedParts: { profile: true, region: true, endpoint: true },
      }),
    ];
    expect(JSON.stringify(shown)).not.toContain('SECRET');
  });

  test.each(SECRET_ADDRESSES)(
    "%s in a presets file is a problem, and the message doesn't contain the secret",
    (endpoint) => {
      const text = JSON.stringify({ presets: [{ name: 'p', FunctionName: 'f', endpoint }] });
      const { entries, problems } = parsePresetsFile(text, 'file');
      expect(entries).toEqual([]);
      expect(problems.map((problem) => toSentence(problem)).join(' ')).not.toContain('SECRET');
    },
  );

  test('an imported command loses its secret', () => {
    const imported = importAwsCommand('aws lambda invoke --function-name f --endpoint-url http://u:SECRET@host/?x out');
    expect(JSON.stringify(imported)).toContain('http://host');
    expect(JSON.stringify(imported)).not.toContain('SECRET');
  });

  test.each([
    'http://localhost:4566',
    'https://vpce-1.lambda.eu-west-1.vpce.amazonaws.com/path',
    'http://[::1]:9/',
    'HTTP://HOST',
  ])('%s is displayed unchanged', (address) => {
    expect(shownAddress(address)).toBe(address);
    expect(endpointProblem(address, 'x')).toBeUndefined();
  });

  test.each(['localhost:4566', 'http://', 'http:///x', '', 'nothing'])("“%s” isn't a valid endpoint", (text) => {
    expect(endpointProblem(text, 'x')?.code).toBe('endpointInvalid');
  });

  test('variables are allowed in a presets file', () => {
    for (const endpoint of ['${env:ENDPOINT}', 'http://${input:Which host?}:${env:PORT}']) {
      const text = JSON.stringify({ presets: [{ name: 'p', FunctionName: 'f', endpoint }] });
      expect(parsePresetsFile(text, 'file').entries).toHaveLength(1);
    }
  });
});
