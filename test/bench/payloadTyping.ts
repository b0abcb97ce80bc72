import type { Frame } from 'playwright-core';
import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const KEYS = 21;
const PAYLOAD_BYTES = 1_048_576;

function payload(): string {
  const record = { id: 9007199254740993n.toString(), name: 'item', tags: ['a', 'b'], nested: { value: 1.5, ok: true } };
  const text = JSON.stringify(record, undefined, 2);
  return `[\n${Array.from({ length: Math.ceil(PAYLOAD_BYTES / (text.length + 2)) }, () => text).join(',\n')}\n]`;
}

/** Shows the payload as the host does, and waits until the editor has it. */
async function showPayload(frame: Frame, text: string): Promise<void> {
  await frame.locator('#Payload .cm-line').first().waitFor();
  await frame.evaluate((shown) => globalThis.postMessage({ type: 'payloadTyped', text: shown }), text);
  await frame.locator('#Payload .cm-line', { hasText: '9007199254740993' }).first().waitFor();
}

type TypingWindow = Window & { keyTimes?: number[] };

/** Records the work for each key: its events, and the next frame up to its end. */
function recordKeys(): void {
  const times: number[] = [];
  (globalThis as unknown as TypingWindow).keyTimes = times;
  const afterTask = (then: (time: number) => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(undefined);
  };
  globalThis.addEventListener(
    'keydown',
    () => {
      const start = performance.now();
      afterTask((handled) =>
        requestAnimationFrame(() => {
          const frame = performance.now();
          afterTask((painted) => times.push(handled - start + painted - frame));
        }),
      );
    },
    { capture: true },
  );
}

/** Typing in the middle of a payload of 1 MB. */
export async function payloadTypingRows({ lambdaInvoke, probe }: Extensions): Promise<Row[]> {
  const window = await BenchWindow.open([lambdaInvoke, probe]);
  try {
    await window.send({ do: 'command', command: 'lambdaInvoke.invokeFunction' });
    const { frame } = await window.webview();
    await showPayload(frame, payload());
    await frame.locator('#Payload .cm-line').nth(5).click();
    await window.idle(3000);
    await frame.evaluate(recordKeys);
    for (let key = 0; key < KEYS; key++) {
      await window.page.keyboard.press('x');
      await window.idle(100);
    }
    const times = await frame.evaluate(() => (globalThis as unknown as TypingWindow).keyTimes ?? []);
    if (times.length < KEYS) throw new Error(`only ${times.length} keys recorded`);
    return [
      { name: 'key in a 1 MB payload', value: median(times), unit: 'ms', aim: { max: 16, of: 'value' } },
      { name: 'key in a 1 MB payload: slowest', value: Math.max(...times), unit: 'ms' },
    ];
  } finally {
    await window.close();
  }
}
