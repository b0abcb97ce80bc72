import * as l10n from '@vscode/l10n';
import { confirmingPattern } from '../../src/core/connection/confirmPatterns.ts';
import { describeVariants, withChain, type ConnectionView } from '../../src/core/connection/connection.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { parseFunctionName } from '../../src/core/functions/functionName.ts';
import { byId, create, setLine, setText, setTitle } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';

/** Shows whether an invocation will be asked about: the connection is guarded, or this function on it. */
function showGuard(connection: ConnectionView, draft: Draft): void {
  const { guards = [], protectedBy, profileName = '' } = connection;
  const accountId = connection.kind === 'aws' ? connection.accountId : undefined;
  const { FunctionName, Qualifier, InvocationType } = draft;
  const asked = {
    FunctionName: FunctionName.trim(),
    InvocationType,
    ...(Qualifier.trim() !== '' && { Qualifier: Qualifier.trim() }),
  };
  const pattern =
    InvocationType === 'DryRun'
      ? undefined
      : (protectedBy ?? confirmingPattern(guards, asked, { profile: profileName, accountId }));
  const guard = byId('guard');
  guard.hidden = pattern === undefined;
  byId('form').classList.toggle('guarded', pattern !== undefined);
  const text = pattern === undefined ? '' : l10n.t('Protected ("{0}"): confirmation required', pattern);
  const shown = create('span', '', text);
  if (guard.textContent !== shown.textContent) guard.replaceChildren(icon('shield'), shown);
}

/** Shows profile, region, account and endpoint beside the Invoke button. A region in the function's ARN counts before all others. */
export function showConnection(connection: ConnectionView | undefined, draft: Draft): void {
  const isAws = connection?.kind === 'aws';
  const endpoint = byId('endpoint');
  const account = byId('account');
  const problem = byId('connection-problem');
  byId('region').hidden = !isAws;
  account.hidden = !isAws;
  byId('function-tools').hidden = !isAws;
  byId('check-permission').hidden = !isAws; // a local function asks nobody
  endpoint.hidden = !isAws || connection.endpoint === undefined;
  const said = isAws && connection.problem !== undefined ? sentence(connection.problem) : '';
  setText(problem, said);
  if (connection === undefined) return;
  showGuard(connection, draft);
  if (connection.kind === 'local') {
    setLine(byId('profile'), l10n.t('Local'));
    return;
  }
  setLine(byId('profile'), connection.profile ?? withChain(l10n.t('Default chain'), connection.chain));
  const arn = parseFunctionName(draft.FunctionName.trim());
  const missing = connection.isPending === true ? '…' : l10n.t('No region');
  const region = arn?.region === undefined ? (connection.region ?? missing) : l10n.t('{0} (from ARN)', arn.region);
  setLine(byId('region'), [region, ...describeVariants(connection)].join(' · '));
  const { accountId, role } = connection;
  setLine(account, accountId === undefined ? l10n.t('Show account') : [accountId, role].filter(Boolean).join(' · '));
  setTitle(account, accountId === undefined ? l10n.t('Look up account and role') : l10n.t('Account and role'));
  if (connection.endpoint !== undefined) {
    setLine(endpoint, connection.endpoint);
    setTitle(endpoint, l10n.t('Endpoint from {0}', connection.endpointFrom ?? ''));
  }
}
