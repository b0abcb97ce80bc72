import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import { resolveAwsConnection } from '../../../src/aws/awsConnection.ts';
import { createKeepAliveAgents } from '../../../src/aws/http/keepAliveAgents.ts';
import { request } from 'node:http';
import { startLambdaServer } from '../../support/lambdaServer.ts';

const keys = { aws_access_key_id: 'AKIA', aws_secret_access_key: 's' };

const config = {
  profiles: {
    default: { region: 'eu-west-1' },
    dev: { ...keys, region: 'eu-north-1', endpoint_url: 'http://profile', services: 'local' },
    plain: { ...keys, endpoint_url: 'http://profile' },
    ignoring: { ...keys, endpoint_url: 'http://profile', ignore_configured_endpoint_urls: 'true' },
  },
  sections: { 'services.local': { 'lambda.endpoint_url': 'http://services' } },
  names: ['default', 'dev', 'plain', 'ignoring'],
  sectionNames: ['services.local'],
  problems: [],
};

function resolveConnection(input: object, environment: Record<string, string> = {}) {
  return resolveAwsConnection({ connection: { kind: 'aws' }, ...input }, config, environment);
}

describe('the region', () => {
  const dev = { kind: 'aws', profile: 'dev' } as const;

  test.each<[string, object, Record<string, string>, string | undefined]>([
    ['the ARN’s', { connection: { ...dev, region: 'us-east-1' }, arnRegion: 'us-west-2' }, {}, 'us-west-2'],
    ['the connection’s', { connection: { ...dev, region: 'us-east-1' } }, {}, 'us-east-1'],
    ['the profile’s', { connection: dev }, { AWS_REGION: 'us-east-2' }, 'eu-north-1'],
    [
      'the environment’s, for a profile without region',
      { connection: { kind: 'aws', profile: 'plain' } },
      { AWS_REGION: 'us-east-2' },
      'us-east-2',
    ],
    ['the environment’s, for the default chain', {}, { AWS_REGION: 'us-east-2' }, 'us-east-2'],
    ['the default profile’s', {}, {}, 'eu-west-1'],
    ['AWS_PROFILE’s', {}, { AWS_PROFILE: 'dev' }, 'eu-north-1'],
    ['none', { connection: { kind: 'aws', profile: 'plain' } }, {}, undefined],
  ])('is %s', (_, input, environment, region) => {
    expect(resolveConnection(input, environment).region).toBe(region);
  });
});

describe('the endpoint', () => {
  const profile = (name: string) => ({ connection: { kind: 'aws', profile: name } });

  test.each<[string, object, Record<string, string>, object | undefined]>([
    ['AWS’s default', {}, {}, undefined],
    [
      'the setting’s',
      { ...profile('dev'), endpointSetting: 'http://setting' },
      { AWS_ENDPOINT_URL: 'http://all' },
      { url: 'http://setting', from: 'lambdaInvoke.endpoint' },
    ],
    [
      'the connection’s',
      { connection: { kind: 'aws', profile: 'dev', endpoint: 'http://own' }, endpointSetting: 'http://setting' },
      { AWS_ENDPOINT_URL: 'http://all' },
      { url: 'http://own', from: 'the connection' },
    ],
    [
      'AWS_ENDPOINT_URL_LAMBDA',
      profile('dev'),
      { AWS_ENDPOINT_URL_LAMBDA: 'http://one', AWS_ENDPOINT_URL: 'http://all' },
      { url: 'http://one', from: 'AWS_ENDPOINT_URL_LAMBDA' },
    ],
    [
      'AWS_ENDPOINT_URL',
      profile('dev'),
      { AWS_ENDPOINT_URL: 'http://all' },
      { url: 'http://all', from: 'AWS_ENDPOINT_URL' },
    ],
    ['the services section’s', profile('dev'), {}, { url: 'http://services', from: 'services local' }],
    ['the profile’s', profile('plain'), {}, { url: 'http://profile', from: 'profile plain' }],
    ['ignored by the profile', profile('ignoring'), {}, undefined],
    ['ignored by the environment', profile('plain'), { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' }, undefined],
  ])('is %s', (_, input, environment, endpoint) => {
    expect(resolveConnection(input, environment).endpoint).toEqual(endpoint);
  });
});

test('a socket that was idle for more than 5 s is not reused', async () => {
  const server = await startLambdaServer();
  let now = 0;
  const agents = createKeepAliveAgents({ progresses: new AsyncLocalStorage(), now: () => now });
  const ports: (number | undefined)[] = [];
  const send = () =>
    new Promise<void>((resolve, reject) => {
      agents.closeStaleSockets();
      const sent = request(server.endpoint, { agent: agents.httpAgent, method: 'POST' }, (response) => {
        ports.push(response.socket.localPort);
        response.resume().once('end', () => setImmediate(resolve));
      });
      sent.on('error', reject).end();
    });
  await send();
  now = 5000;
  await send();
  now = 10_001;
  await send();
  expect(ports[1]).toBe(ports[0]);
  expect(ports[2]).not.toBe(ports[1]);
  agents.httpAgent.destroy();
  await server.close();
});
