import { EMPTY_DRAFT, type Draft, type VariableUse } from '../../src/core/invocation/draft.ts';
import { INVOCATION_TYPES, INVOKE_MODES, LOG_TYPES } from '../../src/core/invocation/invocation.ts';
import { byId } from '../dom.ts';

const TEXTS = ['FunctionName', 'Qualifier', 'ClientContext', 'TenantId', 'DurableExecutionName'] as const;
const SELECTS = ['InvocationType', 'LogType', 'InvokeMode'] as const;

const text = (name: (typeof TEXTS)[number]) => byId<HTMLInputElement | HTMLTextAreaElement>(name);
const select = (name: (typeof SELECTS)[number]) => byId<HTMLSelectElement>(name);

const payloadKinds = () => document.querySelectorAll<HTMLInputElement>('#payloadKind input');
const isTyped = () => [...payloadKinds()].some(({ checked, value }) => checked && value === 'typed');

function choice<T extends string>(choices: readonly T[], value: string, otherwise: T): T {
  return choices.find((known) => known === value) ?? otherwise;
}

/** The parts of the draft that have their own views. */
type Parts = Pick<Draft, 'Payload' | 'payloadFile' | keyof VariableUse>;

/** Reads the draft from the fields. */
export function readFields(parts: Parts): Draft {
  return {
    ...parts,
    FunctionName: text('FunctionName').value,
    Qualifier: text('Qualifier').value,
    ClientContext: text('ClientContext').value,
    TenantId: text('TenantId').value,
    DurableExecutionName: text('DurableExecutionName').value,
    InvocationType: choice(INVOCATION_TYPES, select('InvocationType').value, EMPTY_DRAFT.InvocationType),
    LogType: choice(LOG_TYPES, select('LogType').value, EMPTY_DRAFT.LogType),
    InvokeMode: choice(INVOKE_MODES, select('InvokeMode').value, EMPTY_DRAFT.InvokeMode),
    payloadKind: isTyped() ? 'typed' : 'file',
  };
}

/** Writes a draft to the fields, except for the payloads. Fields with the same value don't lose their caret. */
export function writeFields(draft: Draft): void {
  for (const name of TEXTS) if (text(name).value !== draft[name]) text(name).value = draft[name];
  for (const name of SELECTS) select(name).value = draft[name];
  for (const kind of payloadKinds()) kind.checked = kind.value === draft.payloadKind;
}

/** Calls back on every change of a field, including each keystroke. */
export function onFieldChange(listener: () => void): void {
  for (const name of TEXTS) text(name).addEventListener('input', listener);
  for (const name of SELECTS) select(name).addEventListener('change', listener);
  for (const kind of payloadKinds()) kind.addEventListener('change', listener);
}
