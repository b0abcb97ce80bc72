import type { Frame } from 'playwright-core';
import { BenchWindow, type Extensions } from './benchWindow.ts';
import { fillIn } from './clicks.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const RUNS = 7;
/** The requested size. The function overestimates the size of its rows and returns less. */
const REQUESTED_BYTES = 7_200_000;
const MIN_BYTES = 5_900_000;

interface Timings {
  readonly first: number;
  readonly complete: number;
  readonly longestBlock: number;
  readonly byteLength: number;
}

/**
 * Times from the arrival of the first byte until the first screen and the complete response are shown; longest blocked
 * time.
 */
function invoke(frame: Frame): Promise<Timings> {
  return frame.evaluate(
    () =>
      new Promise<Timings>((done) => {
        let arrivedAt: number | undefined;
        let first: number | undefined;
        let longestBlock = 0;
        let before = 0;
        const ticking = setInterval(() => {
          const now = performance.now();
          if (arrivedAt !== undefined) longestBlock = Math.max(longestBlock, now - before);
          before = now;
        });
        const afterPaint = (then: () => void) => requestAnimationFrame(() => setTimeout(then));
        interface Part {
          readonly offset: number;
          readonly byteLength: number;
          readonly bytes: Uint8Array;
        }
        const listener = ({ data: message }: MessageEvent<{ type?: string; response?: Part } & Partial<Part>>) => {
          // The outcome brings the first part.
          const data = message.type === 'response' ? (message as Part) : message.response;
          if (data === undefined) return;
          const start = (arrivedAt ??= performance.now());
          if (data.offset === 0) afterPaint(() => (first = performance.now() - start));
          if (data.offset + data.bytes.byteLength < data.byteLength) return;
          window.removeEventListener('message', listener, true);
          const finish = () => {
            const viewer = document.querySelector('#response-text .cm-editor');
            if (viewer === null || viewer.hasAttribute('aria-busy')) {
              afterPaint(finish); // it formats
              return;
            }
            clearInterval(ticking);
            const complete = performance.now() - start;
            done({ first: first ?? complete, complete, longestBlock, byteLength: data.byteLength });
          };
          afterPaint(finish);
        };
        window.addEventListener('message', listener, true); // before the page's listener
        document.getElementById('invoke')?.click();
      }),
  );
}

/** A 6 MB response: arrival in the form → shown. */
export async function largeResponseRows({ lambdaInvoke, probe }: Extensions): Promise<Row[]> {
  const all: Timings[] = [];
  const window = await BenchWindow.open([lambdaInvoke, probe]);
  try {
    await window.send({ do: 'command', command: 'lambdaInvoke.invokeFunction' });
    const { frame } = await window.webview();
    await fillIn(frame, 'large');
    await frame.locator('#payloadKind input[value="typed"]').check();
    await frame.locator('#Payload').fill(`{"bytes":${REQUESTED_BYTES}}`);
    for (let run = 0; run < RUNS; run++) {
      const timings = await invoke(frame);
      if (timings.byteLength < MIN_BYTES) throw new Error(`only ${timings.byteLength} bytes received`);
      all.push(timings);
      await window.idle(1000);
    }
  } finally {
    await window.close();
  }
  const row = (name: string, part: 'first' | 'complete' | 'longestBlock', max: number): Row => ({
    name: `6 MB response: ${name}`,
    value: median(all.map((timings) => timings[part])),
    unit: 'ms',
    aim: { max: max, of: 'value' },
  });
  return [
    row('first screen', 'first', 120),
    row('formatted', 'complete', 500),
    row('longest block', 'longestBlock', 50),
  ];
}
