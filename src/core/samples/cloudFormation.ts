import type { CloudFormationCustomResourceCreateEvent, CloudFormationCustomResourceUpdateEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

interface SeedProperties {
  ServiceToken: string;
  TableName: string;
  /** A number in the template: CloudFormation passes all scalars as strings. */
  RowCount: string;
}

/** The function answers with a PUT to the response URL. This one doesn't exist. */
export const cloudFormationCreate: Sample = {
  name: 'CloudFormation Custom Resource',
  group: 'Operations',
  description: 'A stack creates a custom resource and waits for a response at the response URL.',
  event: {
    RequestType: 'Create',
    ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:seed-table',
    ResponseURL: 'https://cloudformation-response.example.com/example-presigned-url',
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders-prod/9c5d4eb7-6a8e-4b32-9daf-4e5ac5d6e7f8',
    RequestId: 'ad6e5fc8-7b9f-4c43-aeb0-5f6bd6e7f809',
    LogicalResourceId: 'SeedOrders',
    ResourceType: 'Custom::SeedTable',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:seed-table',
      TableName: 'orders-prod',
      RowCount: '25',
    },
  } satisfies CloudFormationCustomResourceCreateEvent<SeedProperties>,
};

/** An update contains the old properties and the physical ID that the function returned on creation. */
export const cloudFormationUpdate: Sample = {
  name: 'CloudFormation Custom Resource (Update)',
  group: 'Operations',
  description: 'A stack updates a custom resource. The event has the old and new properties.',
  event: {
    RequestType: 'Update',
    ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:seed-table',
    ResponseURL: 'https://cloudformation-response.example.com/example-presigned-url',
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders-prod/9c5d4eb7-6a8e-4b32-9daf-4e5ac5d6e7f8',
    RequestId: 'be7f60d9-8ca0-4d54-bfc1-607ce7f8091a',
    LogicalResourceId: 'SeedOrders',
    PhysicalResourceId: 'orders-prod-seed',
    ResourceType: 'Custom::SeedTable',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:seed-table',
      TableName: 'orders-prod',
      RowCount: '40',
    },
    OldResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:seed-table',
      TableName: 'orders-prod',
      RowCount: '25',
    },
  } satisfies CloudFormationCustomResourceUpdateEvent<SeedProperties>,
};
