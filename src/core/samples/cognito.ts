import type {
  CustomMessageTriggerEvent,
  PostConfirmationTriggerEvent,
  PreSignUpTriggerEvent,
  PreTokenGenerationTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
} from 'aws-lambda';
import type { Sample } from './sample.ts';

/** A trigger returns the event itself, with its result in `response`. */
export const cognitoPreSignUp: Sample = {
  name: 'Cognito Pre Sign-up',
  group: 'Identity',
  description: 'A user signs up to a user pool. The function can confirm or reject the sign-up.',
  event: {
    version: '1',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_EXAMPLE01',
    userName: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleappclientid00000001' },
    triggerSource: 'PreSignUp_SignUp',
    request: {
      userAttributes: { email: 'niamh@example.com', name: 'Niamh' },
      validationData: { invitation: 'spring' },
      clientMetadata: { locale: 'en-IE' },
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  } satisfies PreSignUpTriggerEvent,
};

/** Runs after confirmation, for example to create a new user's data. */
export const cognitoPostConfirmation: Sample = {
  name: 'Cognito Post Confirmation',
  group: 'Identity',
  description: 'A user pool confirms a new user.',
  event: {
    version: '1',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_EXAMPLE01',
    userName: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleappclientid00000001' },
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    request: {
      userAttributes: {
        sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
        'cognito:user_status': 'CONFIRMED',
        email: 'niamh@example.com',
        email_verified: 'true',
        name: 'Niamh',
      },
    },
    response: {},
  } satisfies PostConfirmationTriggerEvent,
};

/** Cognito sends null for the function to fill in. The types package has only the filled type. */
type PreTokenEvent = Omit<PreTokenGenerationTriggerEvent, 'response'> & { response: { claimsOverrideDetails: null } };

/** Version 1 changes the ID token. */
export const cognitoPreToken: Sample = {
  name: 'Cognito Pre Token Generation',
  group: 'Identity',
  description: 'A user pool generates tokens. The function can change claims of the ID token.',
  event: {
    version: '1',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_EXAMPLE01',
    userName: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleappclientid00000001' },
    triggerSource: 'TokenGeneration_Authentication',
    request: {
      userAttributes: {
        sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
        'cognito:user_status': 'CONFIRMED',
        email: 'niamh@example.com',
        email_verified: 'true',
      },
      groupConfiguration: {
        groupsToOverride: ['buyers'],
        iamRolesToOverride: ['arn:aws:iam::123456789012:role/shop-buyers'],
        preferredRole: 'arn:aws:iam::123456789012:role/shop-buyers',
      },
    },
    response: { claimsOverrideDetails: null },
  } satisfies PreTokenEvent,
};

type PreTokenV2Event = Omit<PreTokenGenerationV2TriggerEvent, 'response'> & {
  response: { claimsAndScopeOverrideDetails: null };
};

/** Version 2 changes the access token and its scopes too. */
export const cognitoPreTokenV2: Sample = {
  name: 'Cognito Pre Token Generation (V2)',
  group: 'Identity',
  description: 'A user pool generates tokens. The function can change both tokens and the scopes.',
  event: {
    version: '2',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_EXAMPLE01',
    userName: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleappclientid00000001' },
    triggerSource: 'TokenGeneration_HostedAuth',
    request: {
      userAttributes: {
        sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
        'cognito:user_status': 'CONFIRMED',
        email: 'niamh@example.com',
        email_verified: 'true',
      },
      groupConfiguration: { groupsToOverride: ['buyers'], iamRolesToOverride: [] },
      scopes: ['openid', 'email', 'orders-api/orders.read'],
    },
    response: { claimsAndScopeOverrideDetails: null },
  } satisfies PreTokenV2Event,
};

/** Code and user name are placeholders: Cognito replaces them after the function returns. */
export const cognitoCustomMessage: Sample = {
  name: 'Cognito Custom Message',
  group: 'Identity',
  description: 'A user pool sends a code. The function can customize the message.',
  event: {
    version: '1',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_EXAMPLE01',
    userName: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleappclientid00000001' },
    triggerSource: 'CustomMessage_SignUp',
    request: {
      userAttributes: {
        sub: '3e1f7b60-9c2d-4d8e-a5b4-6f7081920a1b',
        'cognito:user_status': 'UNCONFIRMED',
        email: 'niamh@example.com',
        email_verified: 'false',
      },
      codeParameter: '{####}',
      linkParameter: '{##Click Here##}',
      usernameParameter: null,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  } satisfies CustomMessageTriggerEvent,
};
