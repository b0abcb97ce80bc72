import type { Frame } from 'playwright-core';
import { BenchWindow, type Extensions } from './benchWindow.ts';
import { fillIn } from './clicks.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const RUNS = 7;
/** What is asked for; the function's rows are a little shorter than it reckons. */
const ASKED_BYTES = 7_200_000;
const LEAST_BYTES = 5_900_000;

interface Shown {
  readonly first: number;
  readonly whole: number;
  readonly longestBlock: number;
  readonly byteLength: number;
}

/** From the first byte's arrival in the form to the first screen and to the whole, and how long nothing else could run. */
function invoke(frame: Frame): Promise<Shown> {
  return frame.evaluate(
    () =>
      new Promise<Shown>((done) => {
        let arrived: number | undefined;
        let first: number | undefined;
        let longestBlock = 0;
        let before = 0;
        const ticking = setInterval(() => {
          const now = performance.now();
          if (arrived !== undefined) longestBlock = Math.max(longestBlock, now - before);
          before = now;
        });
        const painted = (then: () => void) => requestAnimationFrame(() => setTimeout(then));
        const listener = ({
          data,
        }: MessageEvent<{ type?: string; offset: number; byteLength: number; bytes: Uint8Array }>) => {
          if (data.type !== 'response') return;
          const start = (arrived ??= performance.now());
          if (data.offset === 0) painted(() => (first = performance.now() - start));
          if (data.offset + data.bytes.byteLength < data.byteLength) return;
          window.removeEventListener('message', listener, true);
          painted(() => {
            clearInterval(ticking);
            const whole = performance.now() - start;
            done({ first: first ?? whole, whole, longestBlock, byteLength: data.byteLength });
          });
        };
        window.addEventListener('message', listener, true); // before the page's own
        document.getElementById('invoke')?.click();
      }),
  );
}

/** A 6 MB response: its arrival in the form → shown. */
export async function largeResponseRows({ ours, probe }: Extensions): Promise<Row[]> {
  const all: Shown[] = [];
  const window = await BenchWindow.open([ours, probe]);
  try {
    await window.ask({ do: 'command', command: 'lambdaInvoke.invokeFunction' });
    const { frame } = await window.webview();
    await fillIn(frame, 'large');
    await frame.locator('#payloadKind input[value="typed"]').check();
    await frame.locator('#Payload textarea').fill(`{"bytes":${ASKED_BYTES}}`);
    for (let run = 0; run < RUNS; run++) {
      const shown = await invoke(frame);
      if (shown.byteLength < LEAST_BYTES) throw new Error(`only ${shown.byteLength} bytes came`);
      all.push(shown);
      await window.idle(1000);
    }
  } finally {
    await window.close();
  }
  const row = (name: string, part: 'first' | 'whole' | 'longestBlock', most: number): Row => ({
    name: `6 MB response: ${name}`,
    value: median(all.map((shown) => shown[part])),
    unit: 'ms',
    aim: { most, of: 'value' },
  });
  return [row('first screen', 'first', 120), row('whole', 'whole', 350), row('longest block', 'longestBlock', 50)];
}
