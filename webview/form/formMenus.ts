import * as l10n from '@vscode/l10n';
import type { PayloadFileChoice } from '../../src/protocol/messages.ts';
import type { FunctionAction } from '../../src/protocol/toHost.ts';
import { byId } from '../dom.ts';
import { attachMenu, type MenuGroup, type MenuItem } from '../menu.ts';
import { post } from '../vscodeApi.ts';

interface FormActions {
  isLocal(): boolean;
  hasPreset(): boolean;
  checkPermission(): void;
  debug(): void;
  invokeOnTwoTargets(): void;
  saveAs(): void;
  copyAs(): void;
  choosePayload(uri: string): void;
  functionAction(action: FunctionAction): void;
}

let files: readonly PayloadFileChoice[] = [];

/** Replaces the files in the menu for the payload's file. */
export function offerFiles(choices: readonly PayloadFileChoice[]): void {
  files = choices;
}

function fileGroups(choose: (uri: string) => void): MenuGroup[] {
  const itemsOf = (group: PayloadFileChoice['group']): MenuItem[] =>
    files
      .filter((file) => file.group === group)
      .map(({ label, uri }) => ({ label, title: label, run: () => choose(uri) }));
  return [
    { label: l10n.t('Recent files'), items: itemsOf('recent') },
    { label: l10n.t('Workspace'), items: itemsOf('workspace') },
    {
      items: [{ id: 'browse', label: l10n.t('Choose File…'), run: () => post({ type: 'browsePayload' }) }],
    },
  ];
}

/** Connects the menus of the form: function, payload file, and the rest. */
export function attachFormMenus(form: FormActions): void {
  const ask = (action: FunctionAction, label: string): MenuItem => ({
    id: `ask-${action}`,
    label,
    run: () => form.functionAction(action),
  });
  attachMenu(byId('function-menu'), () => [
    {
      items: [
        ask('console', l10n.t('Open in Console')),
        ask('copyArn', l10n.t('Copy ARN')),
        ask('logGroup', l10n.t('Open Log Group')),
        ask('followLog', l10n.t('Follow Log…')),
      ],
    },
    { items: [ask('statistics', l10n.t('Show Statistics')), ask('facts', l10n.t('Refresh'))] },
  ]);
  attachMenu(byId('file-menu'), () => fileGroups((uri) => form.choosePayload(uri)));
  const permission: MenuItem = {
    id: 'check-permission',
    label: l10n.t('Check Permission'),
    title: 'DryRun',
    run: () => form.checkPermission(),
  };
  const debug: MenuItem = { id: 'debug-locally', label: l10n.t('Debug Locally'), run: () => form.debug() };
  const twoTargets: MenuItem = {
    id: 'invoke-on-two-targets',
    label: l10n.t('Invoke on Two Targets…'),
    title: l10n.t('Compares two versions, aliases, regions, or profiles, or Local with AWS'),
    run: () => form.invokeOnTwoTargets(),
  };
  attachMenu(byId('form-menu'), () => [
    { items: [form.isLocal() ? debug : permission, twoTargets] }, // local functions need no permission
    {
      items: [
        ...(form.hasPreset() ? [{ id: 'save-preset-as', label: l10n.t('Save As…'), run: () => form.saveAs() }] : []),
        {
          id: 'copy-as',
          label: l10n.t('Copy As…'),
          title: l10n.t('AWS CLI, JavaScript, Python'),
          run: () => form.copyAs(),
        },
      ],
    },
  ]);
}
