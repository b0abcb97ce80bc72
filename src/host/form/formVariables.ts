import { errorText } from '../../core/messages/errorText.ts';
import { message } from '../../core/messages/messages.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { OpenForm } from './openForm.ts';

type Template = Pick<Extract<ToHost, { type: 'invoke' }>, 'invocation' | 'hasVariables' | 'payloadFileVariables'>;

/** The invocation of a form with the values of its variables, if it has any. Undefined if it was canceled. */
export async function resolveInvocation(
  template: Template,
  { controller: { openedPreset: opened }, dependencies }: OpenForm,
): Promise<Invocation | undefined> {
  if (!template.hasVariables) return template.invocation;
  return dependencies.resolveVariables({ ...template, opened });
}

const LOCAL = { kind: 'local' } as const;

/**
 * Resolves the variables of a form, starts the debugger if requested, and invokes: with the debugger always on Local. What
 * is sent, stored and repeated has the values of the variables.
 */
export async function invokeResolved(intent: Extract<ToHost, { type: 'invoke' }>, form: OpenForm): Promise<void> {
  const { controller, dependencies } = form;
  const { invocationId, isDebugged } = intent;
  // Without variables in the same turn, so that nothing comes between the click and the request.
  if (!intent.hasVariables && !isDebugged) return controller.invoke(intent);
  const { connection, openedPreset } = controller;
  const nothingSent = { clientMs: 0, notes: [] };
  try {
    const resolved = await resolveInvocation(intent, form);
    const environment = openedPreset?.environment;
    const invocation = resolved && isDebugged ? await dependencies.debug(resolved, connection, environment) : resolved;
    if (invocation !== undefined) return controller.invoke({ ...intent, invocation }, isDebugged ? LOCAL : connection);
    const declined = { declined: 'confirmation', nothingSent: true } as const;
    const reason = message('notConfirmed');
    controller.invocations.refuse(invocationId, { state: 'cancelled', reason, ...declined, ...nothingSent });
  } catch (error) {
    const reason = isInvokeError(error) ? error.reason : message('unexpected', errorText(error));
    controller.invocations.refuse(invocationId, { state: 'failed', reason, ...nothingSent });
  }
}
