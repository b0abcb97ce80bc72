import { message, type Message, type MessageCode } from '../messages/messages.ts';

/**
 * Resource types of Lambda other than functions, as in their ARNs. Source: Service Authorization Reference, AWS Lambda.
 */
const OTHER_RESOURCES: Readonly<Record<string, MessageCode>> = {
  'web-function': 'nameIsWebFunction',
  layer: 'nameIsLayer',
  'event-source-mapping': 'nameIsEventSource',
  'code-signing-config': 'nameIsCodeSigning',
  'capacity-provider': 'nameIsCapacityProvider',
};

/**
 * The type of an ARN or partial ARN of a Lambda resource that isn't a function. Otherwise `account:layer:name` would
 * parse as a function named `layer` with the qualifier `name`.
 */
export function otherResource(text: string): MessageCode | undefined {
  const type = /(?:^|:)\d{12}:([a-z-]+):[^:]/.exec(text)?.[1];
  return type !== undefined && Object.hasOwn(OTHER_RESOURCES, type) ? OTHER_RESOURCES[type] : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function addressMessage(text: string): Message | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  if (/^https?:\/\/[a-z0-9]+\.lambda-url\./i.test(text)) return message('nameIsFunctionUrl');
  const name = /[#/]\/?functions\/([^/?#]+)/.exec(text)?.[1];
  const isConsole = /^https?:\/\/[^/]*\bconsole\.(?:aws|amazonaws)/i.test(text);
  return isConsole && name !== undefined ? message('nameIsConsole', decoded(name)) : message('nameIsAddress');
}

function logGroupMessage(text: string): Message | undefined {
  const name = /^(?:arn:[\w-]+:logs:[^/]*:log-group:)?\/aws\/lambda\/([\w-]+)(?::.*)?$/.exec(text)?.[1];
  return name === undefined ? undefined : message('nameIsLogGroup', name);
}

/** What a text is, if it isn't a function name, and what to enter instead. Undefined for unknown text. */
export function nonFunctionMessage(text: string): Message | undefined {
  const locationMessage = addressMessage(text) ?? logGroupMessage(text);
  if (locationMessage !== undefined) return locationMessage;
  const resourceCode = otherResource(text);
  if (resourceCode !== undefined) return message(resourceCode);
  const functionArn = /^(arn:[\w-]+:lambda:[^/]+)\/durable-execution\//.exec(text)?.[1];
  if (functionArn !== undefined) return message('nameIsExecution', functionArn);
  // API Gateway integration URIs contain a function's ARN.
  const integrationArn = /^arn:[\w-]+:apigateway:[^/]*\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/.exec(
    text,
  )?.[1];
  if (integrationArn !== undefined) return message('nameInside', integrationArn);
  const service = /^arn:[\w-]+:([\w-]+):/.exec(text)?.[1];
  return service === undefined || service === 'lambda' ? undefined : message('nameOfService', service);
}
