import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { read, type ReadContext } from './read.ts';

/** The maximum depth of nested stacks. */
const MAX_DEPTH = 3;

/**
 * Lists the functions of a stack and its nested stacks (up to 3 levels) as a map from logical ID to function name. If a
 * logical ID occurs twice, the outer stack wins. Rejects with InvokeError.
 * Source: CloudFormation API reference, ListStackResources.
 */
export async function listStackFunctions(
  context: ReadContext,
  stackName: string,
): Promise<ReadonlyMap<string, string>> {
  const { clients, connection, config, signal } = context;
  const service = clients.service('cloudformation', connection, config);
  const client = new CloudFormationClient(service);
  const where = service.endpoint ?? `CloudFormation in ${connection.region}`;
  const functions = new Map<string, string>();

  async function list(StackName: string, depth: number): Promise<void> {
    let NextToken: string | undefined;
    const nested: string[] = [];
    do {
      const page = await read(`the stack ${stackName}`, { ...context, where }, (track) =>
        client.send(
          track(new ListStackResourcesCommand({ StackName, ...(NextToken !== undefined && { NextToken }) })),
          { abortSignal: signal },
        ),
      );
      for (const { LogicalResourceId: id, PhysicalResourceId: name, ResourceType } of page.StackResourceSummaries ??
        []) {
        if (id === undefined || name === undefined) continue;
        if (ResourceType === 'AWS::Lambda::Function' && !functions.has(id)) functions.set(id, name);
        if (ResourceType === 'AWS::CloudFormation::Stack') nested.push(name);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    if (depth === MAX_DEPTH) return;
    for (const name of nested) await list(name, depth + 1);
  }

  await list(stackName, 1);
  client.destroy();
  return functions;
}
