import type { LocalFunctionView } from '../../src/core/functions/localFunctionView.ts';

/** A Node.js function that a template in the workspace folder `/w` defines, unless `fields` say otherwise. */
export function localFunctionView(name: string, fields: Partial<LocalFunctionView> = {}): LocalFunctionView {
  return {
    name,
    plainName: name,
    otherNames: [],
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    timeout: 3,
    memorySize: 128,
    folder: '/w',
    file: '/w/template.yaml',
    fileName: 'template.yaml',
    notes: [],
    canDebug: true,
    ...fields,
  };
}
