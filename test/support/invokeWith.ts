import type { Aws } from '../../src/core/connection/aws.ts';
import { SECRETS, type AwsServices } from './awsServices.ts';

/** A profile with static keys. */
export const BASE = `[base]
aws_access_key_id = AKIABASE
aws_secret_access_key = ${SECRETS.staticSecret}
`;

/** Invokes `hello` with a profile or with the default chain. */
export function invokeWith(aws: Aws, profile?: string, region = 'eu-west-1') {
  const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
  const target = { kind: 'aws', region, ...(profile !== undefined && { profile }) } as const;
  return aws.invoke(request, { target, signal: new AbortController().signal });
}

/** The access key that signed the last Invoke request. */
export function lastAccessKey(services: AwsServices): string | undefined {
  return services.requestsOf('Invoke').at(-1)?.accessKeyId;
}
