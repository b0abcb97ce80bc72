/** The code of a handler that returns a text. */
export const returns = (text: string) => `exports.handler = async () => ${JSON.stringify(text)};`;

/** A SAM template with functions by logical ID. */
export function template(functions: Readonly<Record<string, object>>, metadata?: object): string {
  const resources = Object.entries(functions).map(([id, properties]) => [
    id,
    {
      Type: 'AWS::Serverless::Function',
      Properties: { Runtime: 'nodejs20.x', Handler: 'app.handler', ...properties },
      ...(metadata !== undefined && { Metadata: metadata }),
    },
  ]);
  return JSON.stringify({ Transform: 'AWS::Serverless-2016-10-31', Resources: Object.fromEntries(resources) });
}

/** The age of the source, in hours. */
export const SOURCE_TIMES = { 'src/app.js': 2 };

/** A project with its build. */
export const SAM = {
  'template.yaml': template({ Orders: { CodeUri: 'src' } }),
  'src/app.js': returns('source'),
  '.aws-sam/build/template.yaml': template({ Orders: { CodeUri: 'Orders' } }),
  '.aws-sam/build/Orders/app.js': returns('build'),
};
