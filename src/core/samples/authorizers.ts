import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import { anonymousCaller } from './anonymousCaller.ts';
import type { Sample } from './sample.ts';

/** A TOKEN authorizer receives only one header. */
export const authorizerToken: Sample = {
  name: 'Lambda Authorizer TOKEN',
  group: 'Identity',
  description: 'A REST API calls a TOKEN authorizer with the value of a header.',
  event: {
    type: 'TOKEN',
    authorizationToken: 'Bearer example-token',
    methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:exampleapi/prod/GET/orders/A-1001',
  } satisfies APIGatewayTokenAuthorizerEvent,
};

/** The type requires `authorizer`, but an authorizer's own event doesn't have it. */
type RequestAuthorizerEvent = Omit<APIGatewayRequestAuthorizerEvent, 'requestContext'> & {
  requestContext: Omit<APIGatewayRequestAuthorizerEvent['requestContext'], 'authorizer'>;
};

/** A REQUEST authorizer of a REST API receives the whole request except its body. */
export const authorizerRequest: Sample = {
  name: 'Lambda Authorizer REQUEST',
  group: 'Identity',
  description: 'A REST API calls a REQUEST authorizer with a request (payload format 1.0).',
  event: {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:exampleapi/prod/GET/orders/A-1001',
    resource: '/orders/{orderId}',
    path: '/orders/A-1001',
    httpMethod: 'GET',
    headers: { Accept: 'application/json', Host: 'api.example.com', 'X-Tenant': 'tenant-12' },
    multiValueHeaders: { Accept: ['application/json'], Host: ['api.example.com'], 'X-Tenant': ['tenant-12'] },
    queryStringParameters: { expand: 'items' },
    multiValueQueryStringParameters: { expand: ['items'] },
    pathParameters: { orderId: 'A-1001' },
    stageVariables: {},
    requestContext: {
      accountId: '123456789012',
      apiId: 'exampleapi',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      extendedRequestId: 'EXAMPLE-extended-request-id=',
      httpMethod: 'GET',
      identity: anonymousCaller('198.51.100.24', 'orders-client/2.4'),
      path: '/prod/orders/A-1001',
      protocol: 'HTTP/1.1',
      requestId: '7a3d2b95-4e6c-4f10-8b8d-2c3e4f5a6b7c',
      requestTime: '17/Mar/2026:09:24:05 +0000',
      requestTimeEpoch: 1773739445123,
      resourceId: 'ex4mpl',
      resourcePath: '/orders/{orderId}',
      stage: 'prod',
    },
  } satisfies RequestAuthorizerEvent,
};

/** An HTTP API's authorizer, payload format 2.0. */
export const authorizerHttpApi: Sample = {
  name: 'Lambda Authorizer HTTP API (v2)',
  group: 'Identity',
  description: 'An HTTP API calls a Lambda authorizer with a request (payload format 2.0).',
  event: {
    version: '2.0',
    type: 'REQUEST',
    routeArn: 'arn:aws:execute-api:eu-west-1:123456789012:exampleapi/$default/GET/orders/A-1001',
    identitySource: ['Bearer example-token'],
    routeKey: 'GET /orders/{orderId}',
    rawPath: '/orders/A-1001',
    rawQueryString: 'expand=items',
    cookies: ['session=example-session'],
    headers: { accept: 'application/json', authorization: 'Bearer example-token', host: 'api.example.com' },
    queryStringParameters: { expand: 'items' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'exampleapi',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: {
        method: 'GET',
        path: '/orders/A-1001',
        protocol: 'HTTP/1.1',
        sourceIp: '198.51.100.24',
        userAgent: 'orders-client/2.4',
      },
      requestId: 'EXAMPLErequestId=',
      routeKey: 'GET /orders/{orderId}',
      stage: '$default',
      time: '17/Mar/2026:09:24:05 +0000',
      timeEpoch: 1773739445123,
    },
    pathParameters: { orderId: 'A-1001' },
    stageVariables: { tableName: 'orders-prod' },
  } satisfies APIGatewayRequestAuthorizerEventV2,
};
