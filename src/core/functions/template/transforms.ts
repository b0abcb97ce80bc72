import { message, type Message } from '../../messages/messages.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** Transforms that don't add functions, or that are applied locally. A version can follow the name. */
const KNOWN = ['AWS::Serverless-', 'AWS::LanguageExtensions', 'AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-'];

function namesOf(transform: unknown): string[] {
  const transforms: unknown[] = Array.isArray(transform) ? transform : [transform];
  return transforms.flatMap((one) => {
    const name = textOf(one) ?? textOf(record(one)['Name']);
    return name === undefined ? [] : [name];
  });
}

/** Whether a resource is a module, whose resources are known only to CloudFormation. */
function isModule(resource: unknown): boolean {
  return textOf(record(resource)['Type'])?.endsWith('::MODULE') === true;
}

/**
 * Problems for macros, Fn::Transform, and modules, which can add functions to a template during deployment. Source:
 * CloudFormation user guide, "Macros" and "Modules".
 */
export function transformProblems(file: string, template: Values, resources: Values): Message[] {
  const names = [
    ...namesOf(template['Transform']),
    ...namesOf(template['Fn::Transform']),
    ...namesOf(resources['Fn::Transform']),
    ...Object.entries(resources).flatMap(([logicalId, resource]) => (isModule(resource) ? [logicalId] : [])),
  ];
  const unknown = new Set(names.filter((name) => !KNOWN.some((known) => name.startsWith(known))));
  return [...unknown].map((name) => message('addedWhenDeployed', file, name));
}
