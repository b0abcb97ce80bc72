import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../../src/core/messages/messages.ts';
import { readTemplate } from '../../../../../src/core/functions/template/readTemplate.ts';
import { readService } from '../../../../support/readService.ts';

const service = (value: string, head = '') => `service: shop
${head}
provider: { name: aws, runtime: nodejs22.x, stage: qa }
functions: { f: { handler: a.b, environment: { V: '${value}' } } }`;

interface Given {
  readonly head?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly shell?: Readonly<Record<string, string>>;
}

const valueOf = (value: string, { head, ...given }: Given) =>
  readService(service(value, head), given).functions[0]?.fn.environment['V'];

describe('${env:…}', () => {
  const FILES = {
    '.env': 'A=env\nB=env\nC=env',
    '.env.qa': 'A=stage\nB=stage',
    '.env.dev': 'A=dev',
    'shared.env': 'A=shared\nC=shared\nD=shared',
    'shared/.env': 'D=folder\nE=folder',
    'shared/.env.qa': 'D=folder-stage',
  };

  test.each<[string, Given, string | undefined]>([
    ['${env:A}', { files: FILES, shell: { A: 'shell' } }, 'shell'],
    ['${env:A}', { files: FILES }, 'stage'],
    ['${env:C}', { files: FILES }, 'env'],
    ['${env:D}', { files: FILES }, undefined],
    ['${env:A}', { files: FILES, head: 'useDotenv: true' }, 'stage'],
    ['${env:C}', { files: FILES, head: 'useDotenv: true' }, 'env'],
    ['${env:A}', { files: FILES, head: 'useDotenv: false' }, undefined],
    ['${env:C}', { files: FILES, head: 'useDotenv: ./shared.env' }, 'env'],
    ['${env:D}', { files: FILES, head: 'useDotenv: ./shared.env' }, 'shared'],
    ['${env:D}', { files: FILES, head: 'useDotenv: shared' }, 'folder-stage'],
    ['${env:E}', { files: FILES, head: 'useDotenv: [shared.env, shared/]' }, 'folder'],
    ['${env:D}', { files: FILES, head: 'useDotenv: [shared.env, shared/]' }, 'shared'],
    ['${env:A}', { files: FILES, head: "frameworkVersion: '3'" }, undefined],
    ['${env:A}', { files: FILES, head: "frameworkVersion: '3'\nuseDotenv: true" }, 'stage'],
    ['${env:C}', { files: FILES, head: "frameworkVersion: '3'\nuseDotenv: true" }, undefined],
    ['${env:C}', { files: { '.env': 'C=env' }, head: 'frameworkVersion: 3\nuseDotenv: true' }, 'env'],
    ['${env:C}', { files: FILES, head: "frameworkVersion: '>=2.0.0 <4.0.0'\nuseDotenv: true" }, undefined],
    ['${env:C}', { files: FILES, head: "frameworkVersion: '^3.38 || ^4.0'" }, 'env'],
    ['${env:A}-${env:B}', { files: FILES }, 'stage-stage'],
    ['${env:X, env:A}', { files: FILES }, 'stage'],
    ['${env:${self:custom.name}}', { files: FILES, head: 'custom: { name: A }' }, 'stage'],
    ['${env:X, ""}', { files: FILES }, ''],
  ])('%s with %j', (value, given, expected) => {
    expect(valueOf(value, given)).toBe(expected);
  });

  test('without a stage of its own, the .env file of dev is read', () => {
    const text = "service: s\nprovider: aws\nfunctions: { f: { handler: a.b, name: '${env:A}' } }";
    expect(readService(text, { files: FILES }).functions[0]?.name).toBe('dev');
  });

  test('the stage itself can come from the shell, but not from a .env file', () => {
    const text = (stage: string) =>
      `service: s\nprovider: { name: aws, stage: '${stage}' }\nfunctions: { f: { handler: a.b, name: 'f-\${sls:stage}-\${env:STAGE}' } }`;
    const nameOf = (shell: Record<string, string>) =>
      readService(text("${env:STAGE, ''dev''}"), { files: { '.env': 'STAGE=file' }, shell }).functions[0]?.name;
    expect(nameOf({ STAGE: 'prod' })).toBe('f-prod-prod');
    expect(nameOf({})).toBe('f-dev-file');
    const custom = `service: s
custom: { stage: "\${env:STAGE, 'dev'}" }
provider: { name: aws, stage: "\${env:STAGE, 'dev'}" }
functions: { f: { handler: a.b, name: 'f-\${sls:stage}-\${self:custom.stage}' } }`;
    expect(readService(custom, { files: { '.env': 'STAGE=file' } }).functions[0]?.name).toBe('f-dev-file');
  });

  test('.env files are requested only for ${env:…}', () => {
    const neededOf = (value: string) => readTemplate({ file: 'serverless.yml', text: service(value) }).neededFiles;
    expect(neededOf('x')).toEqual([]);
    expect(neededOf('${env:A}')).toEqual(['.env.qa', '.env']);
  });

  test.each(['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'aws_secret_access_key', 'PWD'])(
    '%s of the shell is never used',
    (name) => {
      const shell = { [name]: 'from-the-shell' };
      expect(valueOf(`\${env:${name}}`, { shell })).toBeUndefined();
      expect(valueOf(`\${env:${name}}`, { shell, files: { '.env': `${name}=own` } })).toBe('own');
    },
  );

  test('a copy of a credential under another name is never used', () => {
    const shell = { AWS_SECRET_ACCESS_KEY: 'a-long-secret-value', COPY: 'x a-long-secret-value' };
    expect(valueOf('${env:COPY}', { shell })).toBeUndefined();
  });

  test.each(['toString', '__proto__', 'constructor'])('%s is an ordinary name', (name) => {
    expect(valueOf(`\${env:${name}}`, { shell: {} })).toBeUndefined();
  });

  test('a missing variable is named, with the place to set it', () => {
    const { functions, problems } = readService(service('${env:API_KEY}'));
    expect(problems).toEqual([]);
    expect(functions[0]?.notes.map((note) => toSentence(note))).toEqual([
      "Not set locally: V. Set API_KEY in a .env file or in VS Code's environment.",
    ]);
  });

  test('values never appear in messages', () => {
    const files = { '.env': 'SECRET=hunter2\nPATHS=a/${env:NOTHING}' };
    const text = service('${file(${env:SECRET}.yml):a} ${env:PATHS} ${file(config.js):${env:SECRET}}');
    expect(JSON.stringify(readService(text, { files }).functions[0]?.notes)).not.toContain('hunter2');
    expect(JSON.stringify(readService(text, { files }).problems)).not.toContain('hunter2');
  });
});

describe('serverless-dotenv-plugin', () => {
  const FILES = {
    '.env': 'A=env\nB=env\nC=env',
    '.env.local': 'A=local\nB=local',
    '.env.development': 'A=development',
    '.env.test': 'A=test',
    'config/.env': 'D=config',
  };
  const environmentOf = (custom: string, shell: Record<string, string> = {}) => {
    const text = `service: s
plugins: [serverless-dotenv-plugin]
custom: ${custom}
provider: { name: aws, runtime: nodejs22.x, environment: { A: provider, P: provider } }
functions: { f: { handler: a.b, environment: { C: own } } }`;
    return readService(text, { files: FILES, shell }).functions[0]?.fn.environment;
  };

  test('its variables override those of the provider, but not those of the function', () => {
    expect(environmentOf('{}')).toEqual({ A: 'development', P: 'provider', B: 'local', C: 'own' });
  });

  test.each<[string, Record<string, string>]>([
    ['{ dotenv: { include: [B] } }', { A: 'provider', P: 'provider', B: 'local', C: 'own' }],
    ['{ dotenv: { exclude: [A] } }', { A: 'provider', P: 'provider', B: 'local', C: 'own' }],
    ['{ dotenv: { path: config/.env } }', { A: 'provider', P: 'provider', D: 'config', C: 'own' }],
    ['{ dotenv: { basePath: config/ } }', { A: 'provider', P: 'provider', D: 'config', C: 'own' }],
  ])('%s', (custom, expected) => {
    expect(environmentOf(custom)).toEqual(expected);
  });

  test('NODE_ENV selects the file, and .env.local is not for tests', () => {
    expect(environmentOf('{}', { NODE_ENV: 'test' })).toEqual({ A: 'test', P: 'provider', B: 'env', C: 'own' });
  });
});
