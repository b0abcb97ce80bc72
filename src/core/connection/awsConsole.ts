/** The console's host by region: of each partition its own. Undefined for partitions whose console has no public address. */
function consoleHost(region: string): string | undefined {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  if (region.startsWith('eusc-')) return `${region}.console.amazonaws-eusc.eu`;
  return /^[a-z]{2}-iso/.test(region) ? undefined : `${region}.console.aws.amazon.com`;
}

/** The partition a region belongs to. Source: the SDK's partitions. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  const isolated = /^[a-z]{2}-iso([a-z]?)-/.exec(region);
  if (isolated === null) return 'aws';
  return isolated[1] === '' ? 'aws-iso' : `aws-iso-${isolated[1] ?? ''}`;
}

/** A function's page in the console; undefined where the partition's console is not known. */
export function functionConsole(region: string, name: string, qualifier?: string): string | undefined {
  const host = consoleHost(region);
  if (host === undefined) return undefined;
  const isVersion = qualifier !== undefined && /^\d+$/.test(qualifier);
  const kind = isVersion ? 'versions' : 'aliases';
  const part = qualifier === undefined || qualifier.startsWith('$') ? '' : `/${kind}/${encodeURIComponent(qualifier)}`;
  const address = `/lambda/home?region=${region}#/functions/${encodeURIComponent(name)}${part}`;
  return `https://${host}${address}`;
}

/** A log group's page in the console. CloudWatch writes names twice encoded, with $ for %. */
export function logGroupConsole(region: string, logGroup: string): string | undefined {
  const host = consoleHost(region);
  if (host === undefined) return undefined;
  const encoded = encodeURIComponent(encodeURIComponent(logGroup)).replaceAll('%', '$');
  return `https://${host}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encoded}`;
}

/** A function's ARN, with its qualifier where there is one. */
export function functionArn(
  { region, accountId, name }: { readonly region: string; readonly accountId: string; readonly name: string },
  qualifier?: string,
): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
