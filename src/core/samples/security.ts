import type { SecretsManagerRotationEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** One of the four steps, in order: createSecret, setSecret, testSecret, finishSecret. */
export const secretsManagerRotation: Sample = {
  name: 'Secrets Manager Rotation',
  group: 'Operations',
  description: 'Secrets Manager rotates a secret. It invokes the function for each of the four steps.',
  event: {
    Step: 'createSecret',
    SecretId: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/database-ExAmPl',
    ClientRequestToken: 'f2b3a41d-c0e4-4198-a305-a4b02b3c4d5f',
  } satisfies SecretsManagerRotationEvent,
};

/** The event of an AWS Config rule. Source: AWS Config Developer Guide. The types package has no type for it. */
interface ConfigRuleEvent {
  version: '1.0';
  /** JSON text: the configuration item that changed, or the period that ended. */
  invokingEvent: string;
  /** JSON text. */
  ruleParameters: string;
  /** The token for PutEvaluations. */
  resultToken: string;
  eventLeftScope: boolean;
  executionRoleArn: string;
  configRuleArn: string;
  configRuleName: string;
  configRuleId: string;
  accountId: string;
}

/** A configuration change. A periodic rule has the message type 'ScheduledNotification' and no item. */
export const configRule: Sample = {
  name: 'AWS Config Rule',
  group: 'Operations',
  description: 'A custom AWS Config rule evaluates a changed resource.',
  event: {
    version: '1.0',
    invokingEvent: JSON.stringify({
      configurationItem: {
        configurationItemCaptureTime: '2026-03-17T09:24:05.123Z',
        configurationItemStatus: 'OK',
        awsAccountId: '123456789012',
        awsRegion: 'eu-west-1',
        availabilityZone: 'Regional',
        resourceType: 'AWS::S3::Bucket',
        resourceId: 'example-archive',
        resourceName: 'example-archive',
        ARN: 'arn:aws:s3:::example-archive',
        tags: { team: 'billing' },
        relationships: [],
        configuration: { name: 'example-archive' },
        supplementaryConfiguration: { BucketVersioningConfiguration: { status: 'Off' } },
      },
      notificationCreationTime: '2026-03-17T09:24:07.481Z',
      messageType: 'ConfigurationItemChangeNotification',
    }),
    ruleParameters: JSON.stringify({ requiredStatus: 'Enabled' }),
    resultToken: 'EXAMPLE-result-token',
    eventLeftScope: false,
    executionRoleArn: 'arn:aws:iam::123456789012:role/config-recorder',
    configRuleArn: 'arn:aws:config:eu-west-1:123456789012:config-rule/config-rule-exampl',
    configRuleName: 'bucket-versioning',
    configRuleId: 'config-rule-exampl',
    accountId: '123456789012',
  } satisfies ConfigRuleEvent,
};
