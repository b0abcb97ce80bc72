import { describe, expect, test } from 'vitest';
import { parseLaunchConfigurations } from '../../../../src/core/importExport/launchConfigurations.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

describe('launch.json', () => {
  const text = `{
    // the Toolkit's
    "configurations": [
      { "type": "node", "request": "launch", "name": "no" },
      {
        "type": "aws-sam", "request": "direct-invoke", "name": "orders",
        "invokeTarget": { "target": "template", "templatePath": "template.yaml", "logicalId": "Orders" },
        "lambda": { "payload": { "json": { "id": 12345678901234567890 /* big */ } }, "environmentVariables": { "A": "b" } },
        "aws": { "credentials": "profile:dev", "region": "eu-west-1" }
      },
      {
        "type": "aws-sam", "request": "direct-invoke", "name": "by handler",
        "invokeTarget": { "target": "code", "projectRoot": "src", "lambdaHandler": "app/billing.handler" },
        "lambda": { "payload": { "path": "events/a.json" } },
      },
    ]
  }`;
  const configurations = parseLaunchConfigurations(text);

  test('has direct-invoke configurations, and large numbers keep all digits', () => {
    expect(configurations.map(({ name }) => name)).toEqual(['orders', 'by handler']);
    const [orders, billing] = configurations;
    expect(orders?.imported).toMatchObject({
      draft: { FunctionName: 'Orders', LogType: 'Tail' },
      profile: 'dev',
      region: 'eu-west-1',
    });
    expect(orders?.imported.draft.Payload).toContain('12345678901234567890');
    expect(orders?.imported.notes.map((note) => toSentence(note)).join()).toContain(
      'Environment variables were ignored',
    );
    expect(billing?.imported).toMatchObject({
      draft: { FunctionName: 'billing' },
      payloadPath: 'events/a.json',
      notes: [],
    });
  });
});
