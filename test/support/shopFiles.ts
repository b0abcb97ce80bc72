// Two functions of a template that check their payload, and payload files for them.

const TEMPLATE = `Resources:
  Checks:
    Type: AWS::Serverless::Function
    Properties: { Handler: checks.handler, Runtime: nodejs22.x, CodeUri: . }
  Stock:
    Type: AWS::Serverless::Function
    Properties: { Handler: checks.handler, Runtime: nodejs22.x, CodeUri: . }
`;

const HANDLER = `export async function handler({ fails, statusCode }) {
  console.log('checking', { fails, statusCode });
  if (fails) throw new Error('out of stock');
  return statusCode === undefined ? 'checked' : { statusCode, body: '' };
}
`;

export const SHOP_FILES = {
  'shop/template.yaml': TEMPLATE,
  'shop/checks.mjs': HANDLER,
  'shop/payloads/first.json': '{}',
  'shop/payloads/second.json': '{ "fails": true }',
  'shop/payloads/third.json': '{ "statusCode": 404 }',
  'shop/inputs/stock.json': '{}',
  'shop/inputs/any.json': '{}',
  'shop/settings.json': '{}',
};
