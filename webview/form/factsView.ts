import * as l10n from '@vscode/l10n';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import { describeFunction } from '../../src/core/invocation/invocation.ts';
import { byId, create, setLine } from '../dom.ts';
import { sentence } from '../localize.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import type { ToForm } from '../../src/protocol/messages.ts';

type Said = Extract<ToForm, { type: 'facts' }>;

function rows(facts: FunctionFacts): (readonly [label: string, value: string])[] {
  const all: (readonly [string, string | undefined])[] = [
    [l10n.t('Runtime'), facts.PackageType === 'Image' ? l10n.t('Container image') : facts.Runtime],
    [l10n.t('Handler'), facts.Handler],
    [l10n.t('Architecture'), facts.Architectures?.join(', ')],
    [l10n.t('Memory'), facts.MemorySize === undefined ? undefined : l10n.t('{0} MB', facts.MemorySize)],
    [l10n.t('Timeout'), facts.Timeout === undefined ? undefined : l10n.t('{0} s', facts.Timeout)],
    [l10n.t('Version'), facts.Version],
    [l10n.t('State'), [facts.State, facts.StateReason].filter(Boolean).join(': ')],
    [l10n.t('Last update'), [facts.LastUpdateStatus, facts.LastUpdateStatusReason].filter(Boolean).join(': ')],
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

let shown: Said | undefined;

/** Why the facts are not there, and a button that asks again. */
function problemView(problem: Message, onTryAgain: () => void): HTMLElement[] {
  const button = create('button', 'link', l10n.t('Try Again'));
  button.setAttribute('type', 'button');
  button.addEventListener('click', onTryAgain);
  return [create('p', '', sentence(problem)), button];
}

/** Shows what is known of the function: its facts, that they are being read, or why they cannot be. */
export function showFacts(said: Said | undefined, onTryAgain: () => void): void {
  if (said === shown) return; // drawn anew with every key, it would be read out again
  shown = said;
  byId('facts').hidden = said === undefined;
  const box = byId('facts-body');
  if (said === undefined) return box.replaceChildren();
  setLine(byId('facts-of'), l10n.t('About {0}', describeFunction(said)));
  if (said.problem !== undefined) return box.replaceChildren(...problemView(said.problem, onTryAgain));
  if (said.facts === undefined) return box.replaceChildren(create('p', 'note', l10n.t('Loading…')));
  const list = create('dl', '');
  for (const [label, value] of rows(said.facts)) {
    list.append(create('div', '', create('dt', '', label), create('dd', '', value)));
  }
  box.replaceChildren(list, ...said.facts.notes.map((note) => create('p', 'note', sentence(note))));
}
