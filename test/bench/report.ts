import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'bytes' | 'MB' | 'calls/s';
  /** What it is held against, measured in the same session. */
  readonly against?: { readonly name: string; readonly value: number };
  /** The most it may be: as a value, as a ratio to what it is held against, or as so much more than that. */
  readonly aim?: { readonly most: number; readonly of: 'value' | 'ratio' | 'difference' };
}

const round = (value: number) => (value < 10 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10);

function judged({ value, against, aim }: Row): number | undefined {
  if (aim === undefined) return undefined;
  if (aim.of === 'value' || against === undefined) return value;
  return aim.of === 'ratio' ? value / against.value : value - against.value;
}

/** Whether the aim is met; undefined where there is none. */
function meetsAim(row: Row): boolean | undefined {
  const found = judged(row);
  return found === undefined || row.aim === undefined ? undefined : found <= row.aim.most;
}

function aimText({ unit, aim }: Row): string {
  switch (aim?.of) {
    case undefined:
      return '';
    case 'value':
      return `≤ ${aim.most} ${unit}`;
    case 'ratio':
      return `≤ ${aim.most} ×`;
    case 'difference':
      return `≤ +${aim.most} ${unit}`;
  }
}

function cells(row: Row): string[] {
  const { name, value, unit, against } = row;
  const isMet = meetsAim(row);
  return [
    name,
    `${round(value)} ${unit}`,
    against === undefined ? '' : `${round(against.value)} ${unit} (${against.name})`,
    against === undefined ? '' : `${round(value / against.value)} ×`,
    aimText(row),
    isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
  ];
}

function table(rows: readonly Row[]): string {
  const all = [['what', 'median', 'against', 'ratio', 'aim', ''], ...rows.map(cells)];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** Prints the table and writes it as JSON into out/bench. */
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
