import { byId } from '../dom.ts';
import { saveLayout, savedLayout } from '../vscodeApi.ts';

/** In percent of the page. layout.css has limits in pixels as well. */
const MIN = 20;
const MAX = 75;
const INITIAL = 40;
const STEP = 2;

/** Resizes the request and the response with the mouse or the keyboard. The size is restored with the page. */
export function connectSplitter(): void {
  const separator = byId('pane-splitter');
  const page = document.documentElement;
  let width = savedLayout().requestWidth;

  function apply(percent: number | undefined): void {
    width = percent === undefined ? undefined : Math.min(MAX, Math.max(MIN, percent));
    if (width === undefined) page.style.removeProperty('--request-width');
    else page.style.setProperty('--request-width', `${width}%`);
    separator.setAttribute('aria-valuenow', String(Math.round(width ?? INITIAL)));
  }

  function set(percent: number | undefined): void {
    apply(percent);
    saveLayout({ requestWidth: width });
  }

  separator.setAttribute('aria-valuemin', String(MIN));
  separator.setAttribute('aria-valuemax', String(MAX));
  apply(width);

  separator.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // the focus stays where it is
    separator.setPointerCapture(event.pointerId);
    const follow = ({ clientX }: PointerEvent) => apply((clientX / window.innerWidth) * 100);
    separator.addEventListener('pointermove', follow);
    separator.addEventListener(
      'lostpointercapture',
      () => {
        separator.removeEventListener('pointermove', follow);
        set(width);
      },
      { once: true },
    );
  });
  separator.addEventListener('dblclick', () => set(undefined));
  separator.addEventListener('keydown', (event) => {
    const now = width ?? INITIAL;
    const widths: Record<string, number | undefined> = {
      ArrowLeft: now - STEP,
      ArrowRight: now + STEP,
      Home: MIN,
      End: MAX,
      Enter: undefined, // as a double click
    };
    if (!Object.hasOwn(widths, event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    set(widths[event.key]);
  });
}
