/** A SAM template with these functions, as JSON, which is also YAML. */
export function samTemplate(...names: string[]): string {
  const one = { Type: 'AWS::Serverless::Function', Properties: { Handler: 'index.handler', Runtime: 'nodejs20.x' } };
  return JSON.stringify({ Resources: Object.fromEntries(names.map((name) => [name, one])) });
}

/** A template that includes another one, and passes `Handler` to it. */
export function parentTemplate(templateUrl: string, handler = 'parent.handler'): string {
  const Properties = { TemplateURL: templateUrl, Parameters: { Handler: handler } };
  return JSON.stringify({ Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties } } });
}

/** A template whose function has the handler that its parameter sets, and which can include another one. */
export function childTemplate(name: string, includes?: string): string {
  const Properties = { Handler: { Ref: 'Handler' }, Runtime: 'nodejs20.x' };
  const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: includes } };
  return JSON.stringify({
    Parameters: { Handler: { Type: 'String', Default: 'default.handler' } },
    Resources: {
      [name]: { Type: 'AWS::Serverless::Function', Properties },
      ...(includes !== undefined && { Nested: nested }),
    },
  });
}
