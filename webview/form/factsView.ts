import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import { describeFunction } from '../../src/core/invocation/invocation.ts';
import { byId, create, setLine } from '../dom.ts';
import { sentence, t } from '../localize.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import type { ToForm } from '../../src/protocol/messages.ts';

type Said = Extract<ToForm, { type: 'facts' }>;

function rows(facts: FunctionFacts): (readonly [label: string, value: string])[] {
  const all: (readonly [string, string | undefined])[] = [
    [t('Runtime'), facts.PackageType === 'Image' ? t('container image') : facts.Runtime],
    [t('Handler'), facts.Handler],
    [t('Architecture'), facts.Architectures?.join(', ')],
    [t('Memory'), facts.MemorySize === undefined ? undefined : t('{0} MB', facts.MemorySize)],
    [t('Timeout'), facts.Timeout === undefined ? undefined : t('{0} s', facts.Timeout)],
    [t('Version'), facts.Version],
    [t('State'), [facts.State, facts.StateReason].filter(Boolean).join(': ')],
    [t('Last update'), [facts.LastUpdateStatus, facts.LastUpdateStatusReason].filter(Boolean).join(': ')],
    [t('Last modified'), facts.LastModified?.replace('T', ' ').replace(/\.\d+\+0000$/, ' UTC')],
    [t('Package'), facts.PackageType],
    [t('Tracing'), facts.Tracing],
    [t('Log group'), facts.LogGroup],
    [t('Log format'), facts.LogFormat],
    [t('Tenants'), facts.TenantIsolationMode],
    [t('Durable'), facts.isDurable ? t('yes') : t('no')],
    [t('Function URL'), facts.UrlInvokeMode ?? t('none')],
    [t('Description'), facts.Description],
  ];
  return all.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value] as const]));
}

let shown: Said | undefined;

/** Why the facts are not there, and a button that asks again. */
function problemView(problem: Message, onTryAgain: () => void): HTMLElement[] {
  const button = create('button', 'link', t('Try Again'));
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
  setLine(byId('facts-of'), t('About {0}', describeFunction(said)));
  if (said.problem !== undefined) return box.replaceChildren(...problemView(said.problem, onTryAgain));
  if (said.facts === undefined) return box.replaceChildren(create('p', 'note', t('Asking Lambda…')));
  const list = create('dl', '');
  for (const [label, value] of rows(said.facts)) {
    list.append(create('div', '', create('dt', '', label), create('dd', '', value)));
  }
  box.replaceChildren(list, ...said.facts.notes.map((note) => create('p', 'note', sentence(note))));
}
