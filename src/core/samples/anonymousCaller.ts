import type { APIGatewayEventIdentity } from 'aws-lambda';

/** A REST API caller without AWS credentials. API Gateway sends every key, mostly null. */
export function anonymousCaller(sourceIp: string, userAgent: string): APIGatewayEventIdentity {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: null,
    userAgent,
    userArn: null,
  };
}
