/** A SAM function, which Globals apply to. */
export const SERVERLESS_FUNCTION = 'AWS::Serverless::Function';

/** Functions that run a web server and have no Invoke. Source: SAM developer guide, AWS::Serverless::WebFunction. */
export const WEB_FUNCTION_TYPES: readonly string[] = ['AWS::Serverless::WebFunction', 'AWS::Lambda::WebFunction'];

export const FUNCTION_TYPES: readonly string[] = [SERVERLESS_FUNCTION, 'AWS::Lambda::Function', ...WEB_FUNCTION_TYPES];

/** The property with the template of a nested stack, by type. */
export const STACK_TEMPLATES: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};
