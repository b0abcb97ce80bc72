/** Paths on a 16 × 16 grid like VS Code's icons. The inner shape is cut out of the outer one. */
const CIRCLE = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';
const SHAPES = {
  success: `${CIRCLE}M4.6 8.2l.9-.9 1.6 1.6 3.5-3.7.9.9-4.4 4.6z`,
  error: `${CIRCLE}M5.2 6.1l.9-.9L8 7.1l1.9-1.9.9.9L8.9 8l1.9 1.9-.9.9L8 8.9l-1.9 1.9-.9-.9L7.1 8z`,
  neutral: `${CIRCLE}M5.5 5.5h5v5h-5z`,
  shield: 'M8 1l6 2v4.5c0 3.6-2.6 6.2-6 7.5-3.4-1.3-6-3.9-6-7.5V3zM7.4 5l.2 4h.8l.2-4zM7.4 10.2h1.2v1.2H7.4z',
  warning: 'M8 1.5L15 14H1zM7.4 6l.2 4h.8l.2-4zM7.4 11h1.2v1.2H7.4z',
  copy: 'M5 1h8.5v10.5H5zM6 2v8.5h6.5V2zM2.5 4H4v1h-.5v8.5H10V13h1v1.5H2.5z',
  save: 'M7.5 1.5h1v7l2.6-2.6.7.7L8 10.4 4.2 6.6l.7-.7 2.6 2.6zM2 10h1v3.5h10V10h1v4.5H2z',
  openEditor: 'M9 2h5v5h-1V3.7L7.9 8.9l-.8-.8L12.3 3H9zM2 3h5v1H3v9h9V9h1v5H2z',
} as const;

export type IconName = keyof typeof SHAPES;

const SVG = 'http://www.w3.org/2000/svg';

/** Creates a decorative icon in the text color. The text next to it has the meaning. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[name]);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
