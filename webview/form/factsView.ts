import * as l10n from '@vscode/l10n';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import { describeReason } from '../../src/core/functions/functionState.ts';
import { capacityProviderName, effectiveTimeout, LATEST_PUBLISHED } from '../../src/core/functions/managedInstances.ts';
import { describeFunction } from '../../src/core/invocation/invocation.ts';
import { byId, create, setLine, setName } from '../dom.ts';
import { sentence } from '../localize.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import type { ToForm } from '../../src/protocol/messages.ts';

type FactsMessage = Extract<ToForm, { type: 'facts' }>;

/** Grouped as in messages: 32,768. */
const grouped = (number: number) => number.toLocaleString('en-US');

type Row = readonly [label: string, value: string | undefined];

function timeoutText({ Timeout }: FunctionFacts): string | undefined {
  if (Timeout === undefined) return undefined;
  const synchronous = effectiveTimeout(Timeout, 'RequestResponse');
  return synchronous === Timeout
    ? l10n.t('{0} s', grouped(Timeout))
    : l10n.t('{0} s (synchronous), {1} s (asynchronous and event sources)', grouped(synchronous), grouped(Timeout));
}

/** The meaning of a reason code, or the code if it's unknown, and Lambda's own text. */
function reasonText(code: string | undefined, text: string | undefined): string | undefined {
  const known = code === undefined ? undefined : describeReason(code);
  const meaning = known === undefined ? code : `${sentence(known)} (${code})`;
  return [meaning, text].filter((part) => part !== undefined).join(' · ');
}

function managedRows(facts: FunctionFacts): Row[] {
  if (facts.isManaged !== true) return [];
  const { CapacityProviderArn: arn, ExecutionEnvironmentMemoryGiBPerVCpu: memory } = facts;
  const { PerExecutionEnvironmentMaxConcurrency: concurrency } = facts;
  return [
    [l10n.t('Compute'), l10n.t('Managed instances')],
    [l10n.t('Capacity provider'), arn === undefined ? undefined : capacityProviderName(arn)],
    [l10n.t('Concurrency per environment'), concurrency === undefined ? undefined : grouped(concurrency)],
    [l10n.t('Memory per vCPU'), memory === undefined ? undefined : l10n.t('{0} GiB', memory)],
    [l10n.t('Default version'), LATEST_PUBLISHED],
  ];
}

function rows(facts: FunctionFacts): (readonly [label: string, value: string])[] {
  const all: Row[] = [
    [l10n.t('Runtime'), facts.PackageType === 'Image' ? l10n.t('Container image') : facts.Runtime],
    [l10n.t('Handler'), facts.Handler],
    [l10n.t('Architecture'), facts.Architectures?.join(', ')],
    [l10n.t('Memory'), facts.MemorySize === undefined ? undefined : l10n.t('{0} MB', grouped(facts.MemorySize))],
    [l10n.t('Timeout'), timeoutText(facts)],
    ...managedRows(facts),
    [l10n.t('Version'), facts.Version],
    [l10n.t('State'), facts.State],
    [l10n.t('State reason'), reasonText(facts.StateReasonCode, facts.StateReason)],
    [l10n.t('Last update'), facts.LastUpdateStatus],
    [
      l10n.t('Reason for the update status'),
      reasonText(facts.LastUpdateStatusReasonCode, facts.LastUpdateStatusReason),
    ],
    [l10n.t('Last modified'), facts.LastModified?.replace('T', ' ').replace(/\.\d+\+0000$/, ' UTC')],
    [l10n.t('Package type'), facts.PackageType],
    [l10n.t('Tracing'), facts.Tracing],
    [l10n.t('Log group'), facts.LogGroup],
    [l10n.t('Log format'), facts.LogFormat],
    [l10n.t('Tenant isolation'), facts.TenantIsolationMode],
    [l10n.t('Durable'), facts.isDurable ? l10n.t('Yes') : l10n.t('No')],
    [l10n.t('Function URL'), facts.UrlInvokeMode ?? l10n.t('None')],
    [l10n.t('Description'), facts.Description],
  ];
  return all.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value] as const]));
}

/** The most important facts in one line: `nodejs22.x · 256 MB · 30 s · Active`. The timeout of synchronous invocations. */
function factsLine({ PackageType, Runtime, MemorySize, Timeout, State, isManaged }: FunctionFacts): string {
  return [
    PackageType === 'Image' ? l10n.t('Container image') : Runtime,
    isManaged === true ? l10n.t('Managed instances') : undefined,
    MemorySize === undefined ? undefined : l10n.t('{0} MB', grouped(MemorySize)),
    Timeout === undefined ? undefined : l10n.t('{0} s', effectiveTimeout(Timeout, 'RequestResponse')),
    State,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The error with a button to try again. */
function problemView(problem: Message, onTryAgain: () => void): HTMLElement[] {
  const button = create('button', 'link', l10n.t('Try Again'));
  button.setAttribute('type', 'button');
  button.addEventListener('click', onTryAgain);
  return [create('p', '', sentence(problem)), button];
}

let shown: FactsMessage | undefined;

/** Shows the function's configuration, that it's loading, or why it can't be read. */
export function showFacts(update: FactsMessage | undefined, onTryAgain: () => void): void {
  if (update === shown) return; // otherwise screen readers would repeat it with every key
  shown = update;
  const details = byId<HTMLDetailsElement>('facts');
  const line = byId('facts-of');
  const box = byId('facts-body');
  details.hidden = update === undefined;
  byId('about').hidden = update !== undefined;
  if (update === undefined) return box.replaceChildren();
  const name = describeFunction(update);
  if (update.problem !== undefined) {
    setLine(line, l10n.t('About {0}', name));
    details.open = true;
    return box.replaceChildren(...problemView(update.problem, onTryAgain));
  }
  if (update.facts === undefined) {
    setLine(line, l10n.t('Loading…'));
    return box.replaceChildren();
  }
  setLine(line, factsLine(update.facts) || l10n.t('About {0}', name));
  const list = create('dl', '');
  setName(list, l10n.t('About {0}', name));
  for (const [label, value] of rows(update.facts)) {
    list.append(create('div', '', create('dt', '', label), create('dd', '', value)));
  }
  box.replaceChildren(list, ...update.facts.notes.map((note) => create('p', 'note', sentence(note))));
}
