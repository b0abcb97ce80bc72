import { setName } from './dom.ts';

/** Paths on a 16 × 16 grid like VS Code's icons. The inner shape is cut out of the outer one. */
const CIRCLE = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';
const SHAPES = {
  success: `${CIRCLE}M4.6 8.2l.9-.9 1.6 1.6 3.5-3.7.9.9-4.4 4.6z`,
  error: `${CIRCLE}M5.2 6.1l.9-.9L8 7.1l1.9-1.9.9.9L8.9 8l1.9 1.9-.9.9L8 8.9l-1.9 1.9-.9-.9L7.1 8z`,
  neutral: `${CIRCLE}M5.5 5.5h5v5h-5z`,
  shield: 'M8 1l6 2v4.5c0 3.6-2.6 6.2-6 7.5-3.4-1.3-6-3.9-6-7.5V3zM7.4 5l.2 4h.8l.2-4zM7.4 10.2h1.2v1.2H7.4z',
  warning: 'M8 1.5L15 14H1zM7.4 6l.2 4h.8l.2-4zM7.4 11h1.2v1.2H7.4z',
} as const;

/** Lines on the same grid. */
const LINES = {
  canceled: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM3.4 3.4l9.2 9.2',
  clear: 'M2.5 3.5h11M2.5 7h11M2.5 10.5h5M10 9.5l4 4M14 9.5l-4 4',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 2',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  copyPath: 'M2.5 3.5h5M2.5 3.5v9h3M5.5 8h2M9.5 6.5h4v3h-4zM7.5 12.5h6',
  copyValue:
    'M5.5 2.5c-2 0-1.5 1.5-1.5 3S3.5 8 2.5 8c1 0 1.5 1 1.5 2.5s-.5 3 1.5 3M10.5 2.5c2 0 1.5 1.5 1.5 3s.5 2.5 1.5 2.5c-1 0-1.5 1-1.5 2.5s.5 3-1.5 3',
  find: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.7 3.7',
  follow: 'M2.5 3.5h11M2.5 7h11M2.5 10.5h5M11 9v5M8.8 11.8L11 14l2.2-2.2',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 7v4.5M8 4.5v1',
  key: 'M5 8a2.75 2.75 0 1 0 0 .01zM5 8h9.5v2.5M11.5 8v2',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  newer: 'M6 3.5L10.5 8 6 12.5',
  older: 'M10 3.5L5.5 8l4.5 4.5',
  openEditor: 'M9.5 2.5h4v4M13.5 2.5L8 8M6.5 3.5h-4v10h10v-4',
  person: 'M8 2a2.75 2.75 0 1 0 0 5.5A2.75 2.75 0 0 0 8 2zM2.5 14c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5',
  play: 'M4.5 2.5v11l8.5-5.5z',
  queue: 'M2.5 3.5h11M2.5 8h7M2.5 12.5h5M11 10v4.5M9 12.5l2 2 2-2',
  raw: 'M5 4.5L1.5 8 5 11.5M11 4.5L14.5 8 11 11.5M9.5 3l-3 10',
  repeat: 'M13 8a5 5 0 1 1-1.6-3.7M13.5 2v3h-3',
  statistics: 'M2.5 2.5v11h11M6 11V8.5M9 11V5M12 11V7',
  save: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  wrap: 'M2 3.5h12M2 8h9.5a2.25 2.25 0 0 1 0 4.5H8M9.8 10.5l-2 2 2 2M2 12.5h3',
} as const;

export type IconName = keyof typeof SHAPES | keyof typeof LINES;

const SVG = 'http://www.w3.org/2000/svg';

function pathOf(name: IconName): Readonly<Record<string, string>> {
  if (name in SHAPES) return { d: SHAPES[name as keyof typeof SHAPES], fill: 'currentColor', 'fill-rule': 'evenodd' };
  return {
    d: LINES[name as keyof typeof LINES],
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': name === 'more' ? '2' : '1.2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
}

/** Creates a decorative icon in the text color. The text next to it has the meaning. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  for (const [attribute, value] of Object.entries(pathOf(name))) path.setAttribute(attribute, value);
  svg.append(path);
  return svg;
}

/** Adds the icons to buttons of the page that have only an icon, and names them by their title. */
export function addButtonIcons(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>('button[data-icon]')) {
    button.append(icon(button.dataset['icon'] as IconName)); // form.html spells it as above
    setName(button, button.title);
  }
}
