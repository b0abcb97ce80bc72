import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'bytes' | 'MB' | 'calls/s';
  /** What the value is compared with, measured in the same session. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** The maximum of the value, of its ratio to the baseline, or of its difference from the baseline. */
  readonly aim?:
    | { readonly max: number; readonly of: 'value' | 'ratio' | 'difference' }
    /** The minimum of the ratio, where more is better. */
    | { readonly min: number; readonly of: 'ratio' };
}

const round = (value: number) => (value < 10 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10);

function comparedValue({ value, baseline, aim }: Row): number | undefined {
  if (aim === undefined) return undefined;
  if (aim.of === 'value' || baseline === undefined) return value;
  return aim.of === 'ratio' ? value / baseline.value : value - baseline.value;
}

/** Whether the aim is met; undefined if there is none. */
function meetsAim(row: Row): boolean | undefined {
  const compared = comparedValue(row);
  if (compared === undefined || row.aim === undefined) return undefined;
  return 'min' in row.aim ? compared >= row.aim.min : compared <= row.aim.max;
}

function aimText({ unit, aim }: Row): string {
  if (aim !== undefined && 'min' in aim) return `≥ ${aim.min} ×`;
  switch (aim?.of) {
    case undefined:
      return '';
    case 'value':
      return `≤ ${aim.max} ${unit}`;
    case 'ratio':
      return `≤ ${aim.max} ×`;
    case 'difference':
      return `≤ +${aim.max} ${unit}`;
  }
}

function cells(row: Row): string[] {
  const { name, value, unit, baseline } = row;
  const isMet = meetsAim(row);
  return [
    name,
    `${round(value)} ${unit}`,
    baseline === undefined ? '' : `${round(baseline.value)} ${unit} (${baseline.name})`,
    baseline === undefined ? '' : `${round(value / baseline.value)} ×`,
    aimText(row),
    isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
  ];
}

function table(rows: readonly Row[]): string {
  const all = [['measurement', 'median', 'baseline', 'ratio', 'aim', ''], ...rows.map(cells)];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** Prints the table and writes it as JSON to out/bench. */
export async function report(rows: readonly Row[]): Promise<void> {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${process.platform} ${process.arch}`;
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const changes = git('status', '--porcelain') === '' ? '' : ' with changes';
  const commit = git('rev-parse', '--short', 'HEAD') + changes;
  const date = new Date().toISOString();
  console.log(`\n${date.slice(0, 10)}, commit ${commit}, ${machine}\n\n${table(rows)}`);
  await mkdir('out/bench', { recursive: true });
  const judgedRows = rows.map((row) => ({ ...row, ...(row.aim !== undefined && { isMet: meetsAim(row) }) }));
  await writeFile('out/bench/bench.json', JSON.stringify({ date, commit, machine, rows: judgedRows }, undefined, 2));
}
