import type { CodeCommitTriggerEvent, CodePipelineEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** The function calls PutJobSuccessResult or PutJobFailureResult. */
export const codePipelineJob: Sample = {
  name: 'CodePipeline Job',
  group: 'Operations',
  description: 'A pipeline runs an Invoke action and waits for the result of the job.',
  event: {
    'CodePipeline.job': {
      id: 'cf8071ea-9db1-4e65-80d2-718df8091a2b',
      accountId: '123456789012',
      data: {
        actionConfiguration: {
          configuration: {
            FunctionName: 'smoke-test',
            UserParameters: JSON.stringify({ url: 'https://staging.example.com/health', expectedStatus: 200 }),
          },
        },
        inputArtifacts: [
          {
            name: 'BuildOutput',
            revision: null,
            location: {
              type: 'S3',
              s3Location: {
                bucketName: 'example-pipeline-artifacts',
                objectKey: 'orders-release/BuildOutp/example.zip',
              },
            },
          },
        ],
        outputArtifacts: [],
        artifactCredentials: {
          accessKeyId: 'EXAMPLE-ACCESS-KEY-ID',
          secretAccessKey: 'example-secret-access-key',
          sessionToken: 'example-session-token',
        },
      },
    },
  } satisfies CodePipelineEvent,
};

/** A push to a branch. */
export const codeCommitTrigger: Sample = {
  name: 'CodeCommit Trigger',
  group: 'Operations',
  description: 'A user pushes to a repository with a trigger.',
  event: {
    Records: [
      {
        eventId: 'd09182fb-aec2-4f76-81e3-829e091a2b3c',
        eventVersion: '1.0',
        eventTime: '2026-03-17T09:24:05.123+0000',
        eventTriggerName: 'check-style',
        eventPartNumber: 1,
        eventTotalParts: 1,
        eventName: 'ReferenceChanges',
        eventTriggerConfigId: 'e1a2930c-bfd3-4087-92f4-93af1a2b3c4e',
        eventSource: 'aws:codecommit',
        eventSourceARN: 'arn:aws:codecommit:eu-west-1:123456789012:orders-api',
        awsRegion: 'eu-west-1',
        userIdentityARN: 'arn:aws:iam::123456789012:user/niamh',
        customData: 'style=strict',
        codecommit: {
          references: [{ commit: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c', ref: 'refs/heads/main' }],
        },
      },
    ],
  } satisfies CodeCommitTriggerEvent,
};
