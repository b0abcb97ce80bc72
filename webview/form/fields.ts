import { EMPTY_DRAFT, type Draft, type VariableUse } from '../../src/core/invocation/draft.ts';
import { INVOCATION_TYPES, INVOKE_MODES, LOG_TYPES } from '../../src/core/invocation/invocation.ts';
import { byId } from '../dom.ts';
import type { Dropdown, TextArea, TextField } from '../toolkit.ts';

const TEXTS = ['FunctionName', 'Qualifier', 'ClientContext', 'TenantId', 'DurableExecutionName', 'Payload'] as const;

const text = (name: (typeof TEXTS)[number]) => byId<TextField | TextArea>(name);
const DROPDOWNS = ['InvocationType', 'LogType', 'InvokeMode'] as const;

const dropdown = (name: (typeof DROPDOWNS)[number]) => byId<Dropdown>(name);

const payloadKinds = () => document.querySelectorAll<HTMLInputElement>('#payloadKind input');
const isTyped = () => [...payloadKinds()].some(({ checked, value }) => checked && value === 'typed');

function choice<T extends string>(choices: readonly T[], value: string, otherwise: T): T {
  return choices.find((known) => known === value) ?? otherwise;
}

/** Reads the draft from the fields. The payload's file isn't a field, so it's passed in. */
export function readFields(payloadFile: string): Omit<Draft, keyof VariableUse> {
  return {
    FunctionName: text('FunctionName').value,
    Qualifier: text('Qualifier').value,
    ClientContext: text('ClientContext').value,
    TenantId: text('TenantId').value,
    DurableExecutionName: text('DurableExecutionName').value,
    Payload: text('Payload').value,
    InvocationType: choice(INVOCATION_TYPES, dropdown('InvocationType').value, EMPTY_DRAFT.InvocationType),
    LogType: choice(LOG_TYPES, dropdown('LogType').value, EMPTY_DRAFT.LogType),
    InvokeMode: choice(INVOKE_MODES, dropdown('InvokeMode').value, EMPTY_DRAFT.InvokeMode),
    payloadKind: isTyped() ? 'typed' : 'file',
    payloadFile,
  };
}

/** Writes a draft to the fields. */
export function writeFields(draft: Omit<Draft, keyof VariableUse>): void {
  for (const name of TEXTS) text(name).value = draft[name];
  for (const name of DROPDOWNS) dropdown(name).value = draft[name];
  for (const kind of payloadKinds()) kind.checked = kind.value === draft.payloadKind;
}

/** Calls back on every change of a field, including each keystroke. */
export function onFieldChange(listener: () => void): void {
  for (const name of TEXTS) text(name).addEventListener('input', listener);
  for (const name of DROPDOWNS) dropdown(name).addEventListener('change', listener);
  for (const kind of payloadKinds()) kind.addEventListener('change', listener);
}
