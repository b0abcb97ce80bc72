import * as l10n from '@vscode/l10n';
import { confirmingPattern } from '../../src/core/connection/confirmPatterns.ts';
import { describeVariants, withChain, type ConnectionView } from '../../src/core/connection/connection.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { parseFunctionName } from '../../src/core/functions/functionName.ts';
import { byId, create, setLine, setText, setTitle } from '../dom.ts';
import { sentence } from '../localize.ts';

/** The pattern that makes the connection, or the function on it, require confirmation. */
function protectingPattern(connection: ConnectionView, draft: Draft): string | undefined {
  const { confirmPatterns = [], protectedBy, profileName = '' } = connection;
  const accountId = connection.kind === 'aws' ? connection.accountId : undefined;
  const { FunctionName, Qualifier, InvocationType } = draft;
  if (InvocationType === 'DryRun') return undefined;
  const request = {
    FunctionName: FunctionName.trim(),
    InvocationType,
    ...(Qualifier.trim() !== '' && { Qualifier: Qualifier.trim() }),
  };
  return protectedBy ?? confirmingPattern(confirmPatterns, request, { profile: profileName, accountId });
}

/** Shows a badge and the color of a connection that requires confirmation. */
function showProtection(pattern: string | undefined): void {
  const protection = byId('protection');
  protection.hidden = pattern === undefined;
  byId('form').classList.toggle('protected', pattern !== undefined);
  const text = pattern === undefined ? '' : l10n.t('Protected ("{0}"): confirmation required', pattern);
  if (protection.title === text) return;
  setTitle(protection, text);
  const badge = create('span', '', pattern === undefined ? '' : l10n.t('protected'));
  badge.setAttribute('aria-hidden', 'true');
  protection.replaceChildren(badge, create('span', 'visually-hidden', text));
}

/** Shows profile, region, account and endpoint. A region in the function's ARN takes precedence. */
export function showConnection(connection: ConnectionView | undefined, draft: Draft): void {
  const isAws = connection?.kind === 'aws';
  const endpoint = byId('endpoint');
  const account = byId('account');
  byId('region').hidden = !isAws;
  account.hidden = !isAws;
  byId('function-tools').hidden = !isAws;
  endpoint.hidden = !isAws || connection.endpoint === undefined;
  const text = isAws && connection.problem !== undefined ? sentence(connection.problem) : '';
  setText(byId('connection-problem'), text);
  if (connection === undefined) return;
  showProtection(protectingPattern(connection, draft));
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
