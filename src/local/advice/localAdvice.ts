import { isSdkPackage } from '../../core/functions/runtimeSdk.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { installAdvice } from './installAdvice.ts';
import { layersElsewhere } from '../layers/layerNotes.ts';
import { parseNotFound } from './notFoundError.ts';
import { projectPython, type Runtimes } from '../runtimes/launch.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The handler's module that a plugin of the Serverless Framework adds. Source: serverless-wsgi, README. */
const WSGI_MODULE = 'wsgi_handler';

/**
 * Advice for the error of a local function, from the files of its project: which command installs a missing package, or
 * which layer may have it. `payload` is the error as JSON. Undefined without advice. Never rejects.
 */
export async function localAdvice(
  definition: WorkspaceFunction,
  payload: Buffer,
  runtimes: Runtimes,
): Promise<Message | undefined> {
  const missing = parseNotFound(payload);
  if (missing?.kind === 'handler') return missing.module === WSGI_MODULE ? message('adviceWsgi') : undefined;
  if (missing === undefined) return undefined;
  const elsewhere = layersElsewhere(definition.layers ?? []).join(', ');
  if (missing.kind === 'opt') {
    if (elsewhere !== '') return message('adviceLayerFile', missing.path, elsewhere);
    return missing.isModule ? undefined : message('adviceOptFile', missing.path);
  }
  const { name } = missing;
  const isPython = definition.fn.runtime.startsWith('python');
  const python = isPython ? await projectPython(definition, runtimes).catch(() => undefined) : undefined;
  const install = await installAdvice(definition, name, python);
  if (install !== undefined || elsewhere === '' || isSdkPackage(name)) return install;
  return message('adviceLayer', name, elsewhere);
}
