import { COMMON, commonOptions, parse, type CommonOptions, type Options } from './commonArguments.ts';
import { UsageError } from './usageError.ts';

export interface TestOptions extends CommonOptions {
  /** The names of presets. Empty for all. */
  readonly presets: readonly string[];
  /** Empty for all. */
  readonly tags: readonly string[];
  readonly concurrency: number;
  /** Stop after the first failed test. */
  readonly bails: boolean;
  readonly updatesSnapshots: boolean;
  readonly format: 'text' | 'json' | 'tap';
  readonly junitFile?: string;
}

export const TEST_OPTIONS = {
  ...COMMON,
  preset: { type: 'string', multiple: true, default: [] },
  tag: { type: 'string', multiple: true, default: [] },
  concurrency: { type: 'string', default: '1' },
  bail: { type: 'boolean', default: false },
  'update-snapshots': { type: 'boolean', default: false },
  junit: { type: 'string' },
  json: { type: 'boolean', default: false },
  tap: { type: 'boolean', default: false },
} as const satisfies Options;

/** Above this, the command line itself would be the bottleneck. */
const MAX_CONCURRENCY = 1000;

/** Parses the options of `test`. Throws UsageError. */
export function parseTestOptions(args: readonly string[]): TestOptions | 'help' {
  const { values, positionals } = parse('test', args, TEST_OPTIONS);
  if (values.help) return 'help';
  const [extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument "${extra}". To run one preset, use --preset.`, 'test');
  const concurrency = Number(values.concurrency);
  if (!/^\d+$/.test(values.concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY)
    throw new UsageError(`Invalid --concurrency ${values.concurrency}. Use a number from 1 to 1000.`, 'test');
  if (values.json && values.tap) throw new UsageError('Use either --json or --tap, not both.', 'test');
  return {
    ...commonOptions(values, 'test'),
    presets: values.preset,
    tags: values.tag,
    concurrency,
    bails: values.bail,
    updatesSnapshots: values['update-snapshots'],
    format: values.json ? 'json' : values.tap ? 'tap' : 'text',
    ...(values.junit !== undefined && { junitFile: values.junit }),
  };
}
