import * as l10n from '@vscode/l10n';
import type { Sample, Statistics } from '../../src/core/history/statistics.ts';
import { formatMs } from '../../src/core/outcome/summary.ts';
import { setLine, setName } from '../dom.ts';
import { createSvg, mark, markLabel, marksOf } from './marks.ts';
import { scaleOf, spread } from './scale.ts';

type Timed = Sample & { readonly durationMs: number };

/** In CSS pixels. The margins have the labels. */
const HEIGHT = 220;
const TOP = 10;
const BOTTOM = 14;
const LEFT = 56;
const RIGHT = 92;
const LABEL_GAP = 14;
/** Marks at the ends aren't cut. */
const INSET = 8;

const PERCENTILES = ['p50', 'p90', 'p99'] as const;

interface Context {
  readonly statistics: Statistics;
  readonly width: number;
  /** Formats a time in milliseconds since the epoch. */
  readonly time: (at: number) => string;
}

const isTimed = (sample: Sample): sample is Timed => sample.durationMs !== undefined;

function textAt(text: string, x: number, y: number, anchor: 'start' | 'end'): SVGElement {
  const element = createSvg('text', { x, y, 'text-anchor': anchor, 'dominant-baseline': 'middle' });
  setLine(element, text);
  return element;
}

/** What screen readers read instead of the picture. The tables have the details. */
function describe({ all, cold, functionErrors }: Statistics): string {
  const counts = l10n.t(
    'Invocations: {0}, cold starts: {1}, function errors: {2}',
    all.count,
    cold.count,
    functionErrors,
  );
  if (all.kind === 'values') return counts;
  const [p50, p90, p99] = PERCENTILES.map((name) => formatMs(all[name]));
  return `${counts}, p50: ${p50}, p90: ${p90}, p99: ${p99}`;
}

/** The durations of invocations in their order, with lines for the percentiles. Undefined without durations. */
export function picture(samples: readonly Sample[], { statistics, width, time }: Context): SVGElement | undefined {
  const timed = samples.filter(isTimed);
  if (timed.length === 0) return undefined;
  const scale = scaleOf(timed.map(({ durationMs }) => durationMs).toSorted((one, other) => one - other));
  const [left, right] = [LEFT, Math.max(width - RIGHT, LEFT + 40)];
  const bottom = HEIGHT - BOTTOM;
  const y = (value: number) => bottom - scale.of(value) * (bottom - TOP);
  const step = (right - left - 2 * INSET) / Math.max(timed.length - 1, 1);
  const svg = createSvg('svg', { class: 'picture', width, height: HEIGHT, role: 'img' });
  setName(svg, describe(statistics));
  for (const tick of scale.ticks) {
    svg.append(
      createSvg('path', { class: 'tick', d: `M${left} ${y(tick)}H${right}` }),
      textAt(formatMs(tick), left - 6, y(tick), 'end'),
    );
  }
  const { all } = statistics;
  if (all.kind === 'percentiles') {
    const names = PERCENTILES.toReversed();
    const labels = spread(
      names.map((name) => y(all[name])),
      LABEL_GAP,
      bottom,
    );
    for (const [at, name] of names.entries()) {
      svg.append(
        createSvg('path', { class: 'percentile', d: `M${left} ${y(all[name])}H${right}` }),
        textAt(`${name} ${formatMs(all[name])}`, right + 6, labels[at] ?? bottom, 'start'),
      );
    }
  }
  for (const [at, sample] of timed.entries()) {
    const { durationMs, at: ended } = sample;
    const kinds = marksOf(sample);
    const group = createSvg('g', {});
    const title = createSvg('title', {});
    setLine(title, [formatMs(durationMs), ...kinds.map(markLabel), time(ended)].join(' · '));
    group.append(title, ...kinds.map((kind) => mark(kind, left + INSET + at * step, y(durationMs))));
    svg.append(group);
  }
  return svg;
}

/** Whether the vertical scale of the picture is logarithmic. */
export function isLogarithmic(samples: readonly Sample[]): boolean {
  return scaleOf(samples.flatMap(({ durationMs }) => durationMs ?? []).toSorted((one, other) => one - other))
    .isLogarithmic;
}
