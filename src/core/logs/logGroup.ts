import { partitionOf } from '../connection/awsConsole.ts';

const LOG_GROUP_ARN = /^arn:[\w-]+:logs:(?<region>[\w-]+):\d{12}:log-group:(?<name>[^:]+)(?::\*)?$/;

/** The ARN of a log group without `:*` at its end, which only policies accept. Undefined for a name. */
export function logGroupArn(text: string): string | undefined {
  return LOG_GROUP_ARN.test(text) ? text.replace(/:\*$/, '') : undefined;
}

/** The region in the ARN of a log group. Undefined for a name. */
export function logGroupRegion(text: string): string | undefined {
  return LOG_GROUP_ARN.exec(text)?.groups?.['region'];
}

/** The name in a log group's ARN or in `123456789012:name`. A name contains no colon. */
export function logGroupName(text: string): string {
  return text.replace(/:\*$/, '').split(':').at(-1) ?? text;
}

/** The ARN of a log group as policies name it. `*` stands for an unknown account. */
export function logGroupResource(logGroup: string, region: string): string {
  const arn =
    logGroupArn(logGroup) ?? `arn:${partitionOf(region)}:logs:${region}:*:log-group:${logGroupName(logGroup)}`;
  return `${arn}:*`;
}

/** The ARN of a log group in the account and region of a function's ARN. Undefined if that is a name. */
export function logGroupArnOf(functionArn: string, logGroup: string): string | undefined {
  const account = /^(arn:[\w-]+):lambda:([\w-]+:\d{12}):function:/.exec(functionArn);
  return (
    logGroupArn(logGroup) ?? (account === null ? undefined : `${account[1]}:logs:${account[2]}:log-group:${logGroup}`)
  );
}
