import { expect, test } from 'vitest';
import { FormController } from '../../../../src/app/formController.ts';
import { createResults } from '../../../../src/app/results.ts';
import type { InvocationOrder } from '../../../../src/app/runInvocation.ts';
import type { Connection } from '../../../../src/core/connection/connection.ts';
import type { Invocation } from '../../../../src/core/invocation/invocation.ts';
import { invokeResolved } from '../../../../src/host/form/formVariables.ts';
import type { OpenForm } from '../../../../src/host/form/openForm.ts';

const AWS: Connection = { kind: 'aws', profile: 'prod' };
const LOCAL: Connection = { kind: 'local' };

const invocation: Invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } };

/** A form on a connection, on which `meanwhile` is selected while the debugger starts or variables are resolved. */
function openForm(connection: Connection, meanwhile: Connection) {
  const orders: InvocationOrder[] = [];
  const noop = () => undefined;
  const services = {
    post: noop,
    received: () => Promise.resolve(true),
    showFunction: noop,
    fillPayload: noop,
    showConnection: noop,
    postInitialState: noop,
    describePayload: noop,
    findFrames: noop,
  };
  const more = { invocationEnded: noop, returnFocus: noop, postLog: noop, notifyOutcome: noop };
  const controller: FormController = new FormController(
    { ...services, ...more, connection: () => connection, labelOf: (uri) => uri },
    {
      invocations: { start: (_, order) => void orders.push(order) },
      results: createResults().open(),
    },
  );
  const after = (resolved: Invocation) => {
    controller.useFormConnection(meanwhile);
    return Promise.resolve(resolved);
  };
  const dependencies = {
    debug: after,
    resolveVariables: (template: { readonly invocation: Invocation }) => after(template.invocation),
  };
  // Only what `invokeResolved` uses.
  return { orders, form: { controller, dependencies } as unknown as OpenForm };
}

const intent = { type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false } as const;

test.each([
  [LOCAL, AWS],
  [AWS, AWS],
])('a debugged function runs on Local: %j, then %j', async (connection, meanwhile) => {
  const { orders, form } = openForm(connection, meanwhile);
  await invokeResolved({ ...intent, isDebugged: true, hasVariables: false, payloadFileVariables: false }, form);
  expect(orders.map((order) => order.connection)).toEqual([LOCAL]);
});

test('a function whose variables are resolved runs on the connection of the click', async () => {
  const { orders, form } = openForm(LOCAL, AWS);
  await invokeResolved({ ...intent, isDebugged: false, hasVariables: true, payloadFileVariables: false }, form);
  expect(orders.map((order) => order.connection)).toEqual([LOCAL]);
});
