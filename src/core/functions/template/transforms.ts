import { message, type Message } from '../../messages/messages.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** Transforms that add no functions, or that this reader applies itself. Their versions follow the name. */
const KNOWN = ['AWS::Serverless-', 'AWS::LanguageExtensions', 'AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-'];

function namesOf(transform: unknown): string[] {
  const transforms: unknown[] = Array.isArray(transform) ? transform : [transform];
  return transforms.flatMap((one) => {
    const name = textOf(one) ?? textOf(record(one)['Name']);
    return name === undefined ? [] : [name];
  });
}

/** A module is a type of its own whose resources are known only to CloudFormation. */
function isModule(resource: unknown): boolean {
  return textOf(record(resource)['Type'])?.endsWith('::MODULE') === true;
}

/**
 * Problems for what can add functions to a template only when it's deployed: macros, Fn::Transform, and modules. Source:
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
