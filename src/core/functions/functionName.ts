import { otherResource } from './nonFunctionName.ts';
import { LIMITS } from '../invocation/limits.ts';

// The service model's pattern for FunctionName, with named groups.
const FUNCTION_NAME =
  /^(?:arn:(?<partition>aws[a-zA-Z-]*)?:lambda:(?<arnRegion>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):(?<arnAccount>\d{12}):|(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?)(?:function:)?(?<name>[a-zA-Z0-9\-_.]+)(?::(?<qualifier>\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9\-_]+))?$/;

/** The parts of a FunctionName. Only `name` is always present. `isArn` is false for a partial ARN. */
export interface FunctionNameParts {
  readonly isArn: boolean;
  readonly partition?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly name: string;
  readonly qualifier?: string;
}

/**
 * Parses a FunctionName: `name`, `name:qualifier`, `123456789012:function:name` or an ARN. Returns undefined if Lambda
 * would reject it (pattern, 256 characters), and for other Lambda resources such as layers, which also match the
 * pattern. Source: the Lambda service model.
 */
export function parseFunctionName(text: string): FunctionNameParts | undefined {
  if (text.length > LIMITS.FunctionName || otherResource(text) !== undefined) return undefined;
  const groups = FUNCTION_NAME.exec(text)?.groups;
  if (groups?.['name'] === undefined) return undefined;
  const region = groups['arnRegion'] ?? groups['region'];
  const accountId = groups['arnAccount'] ?? groups['account'];
  return {
    isArn: text.startsWith('arn:'),
    name: groups['name'],
    ...(groups['partition'] !== undefined && { partition: groups['partition'] }),
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
    ...(groups['qualifier'] !== undefined && { qualifier: groups['qualifier'] }),
  };
}

/** Splits the qualifier off a name or ARN, so that each has its own field. */
export function splitQualifier(functionName: string): { FunctionName: string; Qualifier?: string } {
  const qualifier = parseFunctionName(functionName)?.qualifier;
  if (qualifier === undefined) return { FunctionName: functionName };
  return { FunctionName: functionName.slice(0, -(qualifier.length + 1)), Qualifier: qualifier };
}
