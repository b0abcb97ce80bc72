import { expect, test } from 'vitest';
import { sdkLanguageOf } from '../../../../src/core/functions/runtimeSdk.ts';
import { importsBoto3, nodeSdkImports } from '../../../../src/core/functions/sdkImports.ts';

test.each([
  ["import { S3Client } from '@aws-sdk/client-s3';", ['@aws-sdk/client-s3']],
  ['import {\n  S3Client,\n} from "@aws-sdk/client-s3/dist-cjs/index.js";', ['@aws-sdk/client-s3']],
  ["import '@smithy/types'; export * from '@aws-sdk/lib-storage';", ['@smithy/types', '@aws-sdk/lib-storage']],
  ['const { SQS } = require("@aws-sdk/client-sqs"), again = require("@aws-sdk/client-sqs");', ['@aws-sdk/client-sqs']],
  ['await import(`@aws-sdk/client-sns`);', ['@aws-sdk/client-sns']],
  ['import{a}from"@aws-sdk/util-dynamodb";', ['@aws-sdk/util-dynamodb']],
  ["import aws from 'aws-sdk'; import other from '@other/client';", []],
  ["const text = 'see @aws-sdk/client-s3';", []],
  ["require('@aws-sdk/../x'); require('@aws-sdk/' + name); require('@aws-sdk/-x');", []],
])('the imports of %s', (code, names) => {
  expect(nodeSdkImports(code)).toEqual(names);
});

test.each([
  ['import boto3', true],
  ['x = 1\n    from botocore.exceptions import ClientError', true],
  ['from s3transfer import manager', true],
  ['import boto3_helpers', false],
  ['# boto3', false],
  ['import json', false],
])('whether Python code imports boto3: %j', (code, expected) => {
  expect(importsBoto3(code)).toBe(expected);
});

test.each([
  ['nodejs24.x', 'node'],
  ['nodejs18.x', 'node'],
  ['nodejs16.x', undefined],
  ['nodejs8.10', undefined],
  ['nodejs', undefined],
  ['python3.8', 'python'],
  ['provided.al2023', undefined],
])('the SDK in %s', (runtime, language) => {
  expect(sdkLanguageOf(runtime)).toBe(language);
});
