import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { hasTooManyValues } from '../json/jsonShape.ts';
import { isRecord } from '../json/isRecord.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { strictJson } from '../json/jsonText.ts';
import { message, type Message } from '../messages/messages.ts';
import { toImportedDraft, type ImportedInvocation } from './importedInvocation.ts';

/** A direct-invoke configuration of the AWS Toolkit in launch.json. */
export interface LaunchConfiguration {
  readonly name: string;
  readonly imported: ImportedInvocation;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The profile in `profile:dev`. Other credential providers of the AWS Toolkit aren't supported. */
function profileOf(credentials: unknown): string | undefined {
  return typeof credentials === 'string' ? /^(?:profile:)(.+)$/.exec(credentials)?.[1] : undefined;
}

function functionName(target: Record<string, unknown>): string {
  const handler = text(target['lambdaHandler']);
  return text(target['logicalId']) ?? handler?.split(/[./]/).at(-2) ?? '';
}

function toImported(source: string, node: Node): ImportedInvocation {
  const configuration = record(getNodeValue(node));
  const target = record(configuration['invokeTarget']);
  const lambda = record(configuration['lambda']);
  const aws = record(configuration['aws']);
  const json = findNodeAtLocation(node, ['lambda', 'payload', 'json']);
  const path = text(record(lambda['payload'])['path']);
  // The source text, so that large numbers keep all digits.
  const Payload = json === undefined ? undefined : strictJson(source.slice(json.offset, json.offset + json.length));
  const { draft } = toImportedDraft({
    FunctionName: functionName(target),
    LogType: 'Tail',
    ...(Payload !== undefined && path === undefined && { Payload }),
  });
  const profile = profileOf(aws['credentials']);
  const region = text(aws['region']);
  const notes: Message[] = [];
  if (target['target'] === 'api') notes.push(message('importApi'));
  if (lambda['environmentVariables'] !== undefined) notes.push(message('importEnvironment'));
  return {
    draft,
    notes,
    ...(path !== undefined && { payloadPath: path }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
}

/**
 * Reads the `aws-sam` direct-invoke configurations in launch.json. Source: AWS Toolkit, schema of `aws-sam`
 * configurations.
 */
export function parseLaunchConfigurations(source: string): LaunchConfiguration[] {
  if (hasTooManyValues(source)) return [];
  const root = parseJsonTree(source);
  const nodes = (root && findNodeAtLocation(root, ['configurations'])?.children) ?? [];
  return nodes.flatMap((node) => {
    const { type, request, name } = record(getNodeValue(node));
    if (type !== 'aws-sam' || request !== 'direct-invoke') return [];
    return [{ name: text(name) ?? 'aws-sam', imported: toImported(source, node) }];
  });
}
