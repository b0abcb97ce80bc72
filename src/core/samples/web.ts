import type { ALBEvent, AppSyncResolverEvent, LambdaFunctionURLEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** A load balancer with the function as its target. */
export const loadBalancer: Sample = {
  name: 'Application Load Balancer',
  group: 'HTTP',
  description: 'A load balancer forwards a request to a target group with a function.',
  event: {
    requestContext: {
      elb: {
        targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders/0a1b2c3d4e5f6071',
      },
    },
    httpMethod: 'GET',
    path: '/orders',
    // A load balancer doesn't decode parameters.
    queryStringParameters: { status: 'PAID', customer: 'Murphy%20%26%20Sons' },
    headers: {
      accept: 'text/html',
      'accept-language': 'en-IE,en;q=0.8',
      host: 'shop.example.com',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Example/1.0',
      'x-amzn-trace-id': 'Root=1-69b91db5-2c3d4e5f60718293a4b5c6d7',
      'x-forwarded-for': '192.0.2.44',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    body: '',
    isBase64Encoded: false,
  } satisfies ALBEvent,
};

/** A function URL: payload format 2.0 of an HTTP API, without routes and stages. */
export const functionUrl: Sample = {
  name: 'Lambda Function URL',
  group: 'HTTP',
  description: 'A client calls a function URL.',
  event: {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/webhooks/payments',
    rawQueryString: 'attempt=1',
    cookies: ['theme=dark'],
    headers: {
      'content-type': 'application/json',
      host: 'exampleurlid.lambda-url.eu-west-1.example.com',
      'user-agent': 'payments-webhook/1.3',
      'x-amzn-trace-id': 'Root=1-69b91db5-3d4e5f60718293a4b5c6d7e8',
      'x-forwarded-for': '198.51.100.9',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { attempt: '1' },
    requestContext: {
      // 'anonymous' for a caller without credentials, or else the account of the IAM caller.
      accountId: 'anonymous',
      apiId: 'exampleurlid',
      domainName: 'exampleurlid.lambda-url.eu-west-1.example.com',
      domainPrefix: 'exampleurlid',
      http: {
        method: 'POST',
        path: '/webhooks/payments',
        protocol: 'HTTP/1.1',
        sourceIp: '198.51.100.9',
        userAgent: 'payments-webhook/1.3',
      },
      requestId: '8b4e3ca6-5f7d-4a21-9c9e-3d4f5a6b7c8d',
      routeKey: '$default',
      stage: '$default',
      time: '17/Mar/2026:09:24:05 +0000',
      timeEpoch: 1773739445123,
    },
    body: JSON.stringify({ type: 'payment.succeeded', orderId: 'A-1001', amount: 42.5 }),
    isBase64Encoded: false,
  } satisfies LambdaFunctionURLEvent,
};

/** A direct Lambda resolver: the whole resolver context, with a caller from a user pool. */
export const appSyncResolver: Sample = {
  name: 'AppSync Resolver',
  group: 'HTTP',
  description: 'A direct Lambda resolver resolves a GraphQL field.',
  event: {
    arguments: { status: 'PAID', limit: 20 },
    identity: {
      sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
      issuer: 'https://cognito-idp.eu-west-1.example.com/eu-west-1_EXAMPLE01',
      username: 'niamh',
      claims: {
        sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
        'cognito:groups': ['buyers'],
        token_use: 'access',
        iat: 1773735845,
        exp: 1773743045,
      },
      sourceIp: ['192.0.2.61'],
      defaultAuthStrategy: 'ALLOW',
      groups: ['buyers'],
    },
    source: { id: 'C-77', name: 'Niamh' },
    request: {
      headers: { 'content-type': 'application/json', host: 'graphql.example.com', 'x-forwarded-for': '192.0.2.61' },
      domainName: 'graphql.example.com',
    },
    info: {
      selectionSetList: ['id', 'status', 'total'],
      selectionSetGraphQL: '{\n  id\n  status\n  total\n}',
      parentTypeName: 'Customer',
      fieldName: 'orders',
      variables: { status: 'PAID' },
    },
    prev: null,
    stash: {},
  } satisfies AppSyncResolverEvent<{ status: string; limit: number }>,
};
