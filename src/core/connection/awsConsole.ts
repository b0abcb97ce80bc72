/** The AWS Management Console's host for a region. Undefined for isolated partitions, which have no public address. */
function consoleHost(region: string): string | undefined {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  if (region.startsWith('eusc-')) return `${region}.console.amazonaws-eusc.eu`;
  return /^[a-z]{2}-iso/.test(region) ? undefined : `${region}.console.aws.amazon.com`;
}

/** The partition of a region. Source: the partitions of the AWS SDK. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  const isolated = /^[a-z]{2}-iso([a-z]?)-/.exec(region);
  if (isolated === null) return 'aws';
  return isolated[1] === '' ? 'aws-iso' : `aws-iso-${isolated[1] ?? ''}`;
}

/** The URL of a function in the console, or undefined for isolated partitions. */
export function functionConsoleUrl(region: string, name: string, qualifier?: string): string | undefined {
  const host = consoleHost(region);
  if (host === undefined) return undefined;
  const isVersion = qualifier !== undefined && /^\d+$/.test(qualifier);
  const kind = isVersion ? 'versions' : 'aliases';
  const part = qualifier === undefined || qualifier.startsWith('$') ? '' : `/${kind}/${encodeURIComponent(qualifier)}`;
  const address = `/lambda/home?region=${region}#/functions/${encodeURIComponent(name)}${part}`;
  return `https://${host}${address}`;
}

/** The URL of a log group in the console. CloudWatch encodes names twice, with `$` instead of `%`. */
export function logGroupConsoleUrl(region: string, logGroup: string): string | undefined {
  const host = consoleHost(region);
  if (host === undefined) return undefined;
  const encoded = encodeURIComponent(encodeURIComponent(logGroup)).replaceAll('%', '$');
  return `https://${host}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encoded}`;
}

/** The URL of an X-Ray trace in the console. Undefined if the region's console is unknown. */
export function traceConsoleUrl(region: string, traceId: string): string | undefined {
  const host = consoleHost(region);
  return host && `https://${host}/cloudwatch/home?region=${region}#xray:traces/${encodeURIComponent(traceId)}`;
}

/** A function's ARN, optionally qualified. */
export function functionArn(
  { region, accountId, name }: { readonly region: string; readonly accountId: string; readonly name: string },
  qualifier?: string,
): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
