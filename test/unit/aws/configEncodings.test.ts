import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSharedConfig } from '../../../src/aws/credentials/sharedConfig.ts';
import { createAwsFiles, type AwsFiles } from '../../support/awsFiles.ts';

const CONFIG = '[profile dev]\nregion = eu-west-1\n\n[default]\nregion = us-east-1\n';
const CREDENTIALS = '[dev]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n';

let files: AwsFiles;

beforeEach(async () => {
  files = await createAwsFiles();
});

afterEach(() => files.remove());

test.each([
  ['plain', ''],
  ['with a byte order mark', '\ufeff'],
])('AWS config files are parsed the same: %s, with LF and CRLF', async (_, mark) => {
  for (const lineEnd of ['\n', '\r\n']) {
    const written = (text: string) => mark + text.replaceAll('\n', lineEnd);
    await files.write({ config: written(CONFIG), credentials: written(CREDENTIALS) });
    const { profiles, names, problems } = await readSharedConfig(files.environment);
    expect(problems).toEqual([]);
    expect(names).toEqual(['dev', 'default']);
    expect(profiles).toEqual({
      dev: { region: 'eu-west-1', aws_access_key_id: 'AKIDEXAMPLE', aws_secret_access_key: 'secret' },
      default: { region: 'us-east-1' },
    });
  }
});

test('an AWS config file in UTF-16 is reported', async () => {
  await files.write({ config: CONFIG, credentials: CREDENTIALS });
  await writeFile(files.environment['AWS_CONFIG_FILE'] ?? '', Buffer.from(`\ufeff${CONFIG}`, 'utf16le'));
  const { problems } = await readSharedConfig(files.environment);
  expect(problems.map(({ message }) => message.code)).toContain('configNotUtf8');
});
