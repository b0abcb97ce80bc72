import * as l10n from '@vscode/l10n';
import { confirmingPattern } from '../../src/core/connection/confirmPatterns.ts';
import { describeVariants, withChain, type ConnectionView } from '../../src/core/connection/connection.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { parseFunctionName } from '../../src/core/functions/functionName.ts';
import { byId, create, setLine, setText, setTitle } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';

/** Shows whether the connection, or the function on it, requires confirmation. */
function showProtection(connection: ConnectionView, draft: Draft): void {
  const { confirmPatterns = [], protectedBy, profileName = '' } = connection;
  const accountId = connection.kind === 'aws' ? connection.accountId : undefined;
  const { FunctionName, Qualifier, InvocationType } = draft;
  const request = {
    FunctionName: FunctionName.trim(),
    InvocationType,
    ...(Qualifier.trim() !== '' && { Qualifier: Qualifier.trim() }),
  };
  const pattern =
    InvocationType === 'DryRun'
      ? undefined
      : (protectedBy ?? confirmingPattern(confirmPatterns, request, { profile: profileName, accountId }));
  const protection = byId('protection');
  protection.hidden = pattern === undefined;
  byId('form').classList.toggle('protected', pattern !== undefined);
  const text = pattern === undefined ? '' : l10n.t('Protected ("{0}"): confirmation required', pattern);
  const shown = create('span', '', text);
  if (protection.textContent !== shown.textContent) protection.replaceChildren(icon('shield'), shown);
}

/** Shows profile, region, account and endpoint. A region in the function's ARN takes precedence. */
export function showConnection(connection: ConnectionView | undefined, draft: Draft): void {
  const isAws = connection?.kind === 'aws';
  const endpoint = byId('endpoint');
  const account = byId('account');
  const problem = byId('connection-problem');
  byId('region').hidden = !isAws;
  account.hidden = !isAws;
  byId('function-tools').hidden = !isAws;
  byId('check-permission').hidden = !isAws; // local functions need no permission
  endpoint.hidden = !isAws || connection.endpoint === undefined;
  const text = isAws && connection.problem !== undefined ? sentence(connection.problem) : '';
  setText(problem, text);
  if (connection === undefined) return;
  showProtection(connection, draft);
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
    setTitle(endpoint, l10n.t('Endpoint from {0}', connection.endpointSource ?? ''));
  }
}
