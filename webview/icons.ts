/** Paths on a 16 × 16 grid like VS Code's icons. The inner shape is cut out of the outer one. */
const CIRCLE = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';
const SHAPES = {
  success: `${CIRCLE}M4.6 8.2l.9-.9 1.6 1.6 3.5-3.7.9.9-4.4 4.6z`,
  error: `${CIRCLE}M5.2 6.1l.9-.9L8 7.1l1.9-1.9.9.9L8.9 8l1.9 1.9-.9.9L8 8.9l-1.9 1.9-.9-.9L7.1 8z`,
  neutral: `${CIRCLE}M5.5 5.5h5v5h-5z`,
  shield: 'M8 1l6 2v4.5c0 3.6-2.6 6.2-6 7.5-3.4-1.3-6-3.9-6-7.5V3zM7.4 5l.2 4h.8l.2-4zM7.4 10.2h1.2v1.2H7.4z',
  warning: 'M8 1.5L15 14H1zM7.4 6l.2 4h.8l.2-4zM7.4 11h1.2v1.2H7.4z',
} as const;

const SVG = 'http://www.w3.org/2000/svg';

/** Creates a decorative icon in the text color. The text next to it has the meaning. */
export function icon(name: keyof typeof SHAPES): SVGElement {
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
