import { answers } from '../../support/lambdaServer.ts';
import { focusedIn } from '../../support/focused.ts';
import { server, window } from './window.ts';

/** The ID of the element with the focus. */
export function focused(): Promise<string> {
  return focusedIn(window);
}

/** Hides the form behind another tab, which discards its page. */
export async function showFile(): Promise<void> {
  await (await window.explorer.row('events/slow.json')).dblclick();
  await window.page.locator('.editor-instance .view-lines').waitFor();
}

/** Selects a profile whose Lambda endpoint is the test server. */
export async function selectLoopback(): Promise<void> {
  await window.writeAwsFiles(
    `[profile loopback]\nregion = eu-west-1\nendpoint_url = ${server.endpoint}\n`,
    '[loopback]\naws_access_key_id = AKIALOOPBACK\naws_secret_access_key = very-secret-key\n',
  );
  await window.selectProfile('loopback');
}

/** Selects the Local connection again, and restores the answers of the test server. */
export async function selectLocal(): Promise<void> {
  server.behave(answers());
  await window.selectProfile('Local');
}
