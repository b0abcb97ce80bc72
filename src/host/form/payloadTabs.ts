import * as vscode from 'vscode';
import { PAYLOAD_SCHEME } from '../contributions.ts';

/** The tabs of payload editors. */
export function payloadTabs(): { readonly tab: vscode.Tab; readonly uri: vscode.Uri }[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap((tab) => {
    const uri = tab.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
    return uri?.scheme === PAYLOAD_SCHEME ? [{ tab, uri }] : [];
  });
}

/** Closes the payload editors from before a reload of the window. Their texts are in their forms. */
export async function closeRestoredPayloads(): Promise<void> {
  const tabs = payloadTabs().map(({ tab }) => tab);
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
