/** A SAM function. Globals apply only to this type. */
export const SERVERLESS_FUNCTION = 'AWS::Serverless::Function';

/** Functions that run a web server and can't be invoked. Source: SAM developer guide, AWS::Serverless::WebFunction. */
export const WEB_FUNCTION_TYPES: readonly string[] = ['AWS::Serverless::WebFunction', 'AWS::Lambda::WebFunction'];

export const FUNCTION_TYPES: readonly string[] = [SERVERLESS_FUNCTION, 'AWS::Lambda::Function', ...WEB_FUNCTION_TYPES];

export const LAYER_TYPES: readonly string[] = ['AWS::Serverless::LayerVersion', 'AWS::Lambda::LayerVersion'];

/** The property with the template of a nested stack, by type. */
export const STACK_TEMPLATES: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};
