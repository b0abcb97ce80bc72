import { byId } from '../dom.ts';
import { savedLayout, saveLayout } from '../vscodeApi.ts';

/** In CSS pixels. */
const MIN_LOG = 72;
const MIN_PANEL = 140;
const STEP = 24;
const DEFAULT_SHARE = 0.36;

/** A pane that is lower or narrower than this shows the log as a tab. In CSS pixels. */
const MIN_SPLIT = { width: 440, height: 380 } as const;

/**
 * The height of the log: resizable by mouse and keyboard, and remembered. `onFold` is called with whether the log is a
 * tab, because the pane is too low or too narrow for both.
 */
export function attachSplitter(onFold: (isFolded: boolean) => void): void {
  const main = byId('result-main');
  const log = byId('log');
  const splitter = byId('splitter');
  let isFolded: boolean | undefined;

  const largest = () => Math.max(MIN_LOG, main.clientHeight - MIN_PANEL);

  function show(height: number): void {
    const shown = Math.round(Math.min(largest(), Math.max(MIN_LOG, height)));
    log.style.height = `${shown}px`;
    splitter.setAttribute('aria-valuemin', String(MIN_LOG));
    splitter.setAttribute('aria-valuemax', String(largest()));
    splitter.setAttribute('aria-valuenow', String(shown));
  }

  const preferred = () => savedLayout().logHeight ?? main.clientHeight * DEFAULT_SHARE;

  function resize(height: number): void {
    const logHeight = Math.round(Math.min(largest(), Math.max(MIN_LOG, height)));
    saveLayout({ logHeight });
    show(logHeight);
  }

  splitter.addEventListener('keydown', ({ key }) => {
    const moves: Record<string, number> = {
      ArrowUp: log.offsetHeight + STEP,
      ArrowDown: log.offsetHeight - STEP,
      Home: largest(),
      End: MIN_LOG,
    };
    const height = moves[key];
    if (height !== undefined) resize(height);
  });
  splitter.addEventListener('pointerdown', (event) => {
    splitter.setPointerCapture(event.pointerId);
    const start = event.clientY + log.offsetHeight;
    const move = ({ clientY }: PointerEvent) => show(start - clientY);
    splitter.addEventListener('pointermove', move);
    splitter.addEventListener(
      'lostpointercapture',
      () => {
        splitter.removeEventListener('pointermove', move);
        resize(log.offsetHeight);
      },
      { once: true },
    );
  });
  splitter.addEventListener('dblclick', () => resize(main.clientHeight * DEFAULT_SHARE));

  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = main;
    if (clientHeight === 0) return;
    const folds = clientWidth < MIN_SPLIT.width || clientHeight < MIN_SPLIT.height;
    if (folds !== isFolded) {
      isFolded = folds;
      onFold(folds);
    }
    if (!folds) show(preferred());
  }).observe(main);
}
