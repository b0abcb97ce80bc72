// npm run bench: measures the packaged extension and its baselines, prints a table and writes out/bench/bench.json.
// Arguments select groups. Requests go to loopback only, and each group takes minutes at most.
import { ensureChromium } from '../host/chromium.ts';
import { mustRun } from '../host/command.ts';
import { activationRows } from '../bench/activation.ts';
import { packageExtensions } from '../bench/benchWindow.ts';
import { browseRows } from '../bench/browsing.ts';
import { clickRows } from '../bench/clicks.ts';
import { commandLineRows } from '../bench/commandLine.ts';
import { followingRows } from '../bench/following.ts';
import { formRows } from '../bench/forms.ts';
import { hostLoopRows } from '../bench/hostLoop.ts';
import { largeResponseRows } from '../bench/largeResponse.ts';
import { listingRows } from '../bench/listing.ts';
import { memoryRows } from '../bench/memory.ts';
import { payloadTypingRows } from '../bench/payloadTyping.ts';
import { localRows } from '../bench/localEndpoints.ts';
import { presetsViewRows } from '../bench/presetsView.ts';
import { testsViewRows } from '../bench/testsView.ts';
import { processRows } from '../bench/processes.ts';
import { report, type Row } from '../bench/report.ts';
import { sizeRows } from '../bench/sizes.ts';

const GROUPS = {
  sizes: sizeRows,
  loop: hostLoopRows,
  activation: activationRows,
  form: formRows,
  clicks: clickRows,
  large: largeResponseRows,
  typing: payloadTypingRows,
  following: followingRows,
  memory: memoryRows,
  presets: presetsViewRows,
  tests: testsViewRows,
  processes: processRows,
  cli: commandLineRows,
  locals: localRows,
  listing: listingRows,
  browse: browseRows,
} as const;

const selected = process.argv.slice(2);
const unknown = selected.filter((name) => !(name in GROUPS));
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Groups: ${Object.keys(GROUPS).join(', ')}`);

await mustRun('npm', ['run', '--silent', 'package']);
await ensureChromium();
const extensions = await packageExtensions();
const rows: Row[] = [];
for (const [name, group] of Object.entries(GROUPS)) {
  if (selected.length > 0 && !selected.includes(name)) continue;
  console.log(`measuring ${name}…`);
  rows.push(...(await group(extensions)));
}
await report(rows);
process.exit();
