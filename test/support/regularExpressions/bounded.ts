/**
 * Expressions that recheck can't prove linear, because they have lookarounds or are too large. Their input is capped,
 * and a test runs them on attacks of that size.
 */
interface Bounded {
  readonly source: string;
  readonly flags?: string;
  readonly cap: number;
  /** File and text that enforce the cap. */
  readonly enforcedBy: readonly [file: string, text: string];
}

/** LIMITS.FunctionName. */
const name = {
  cap: 256,
  enforcedBy: ['src/core/functions/functionName.ts', 'text.length > LIMITS.FunctionName'],
} as const;
/** MAX_LINE_LENGTH of stackFrames.ts. */
const line = { cap: 2000, enforcedBy: ['src/core/outcome/stackFrames.ts', 'text.length > MAX_LINE_LENGTH'] } as const;
/** MAX_READ of logTail.ts. */
const log = { cap: 16_384, enforcedBy: ['src/core/outcome/logTail.ts', 'log.slice(-MAX_READ)'] } as const;

export const BOUNDED: readonly Bounded[] = [
  {
    source: String.raw`^(?:arn:(?<partition>aws[a-zA-Z-]*)?:lambda:(?<arnRegion>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):(?<arnAccount>\d{12}):|(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?)(?:function:)?(?<name>[a-zA-Z0-9\-_.]+)(?::(?<qualifier>\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9\-_]+))?$`,
    ...name,
  },
  {
    source: String.raw`^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$`,
    cap: 8192,
    enforcedBy: ['src/local/http/authorization.ts', 'authorization.length > MAX_AUTHORIZATION'],
  },
  { source: String.raw`\bXRAY TraceId:\s*(?:(\S+)(?=\s)|(1-[\da-f]{8}-[\da-f]{24})$)`, ...log },
  { source: String.raw`Status:\s*(?:(timeout|error|success|failure)\b|(\w+)(?=\s))`, flags: 'y', ...log },
  {
    source: String.raw`^([\w-]+)(?=[\s,;|])|^(?:\s+)?([\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12})(?=[\s,;|]|$)`,
    ...log,
  },
  {
    source: String.raw`(?!REPORT|START|END|INIT|RESTORE|XRAY)[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*:(?:[^\t\n]*(?=\t)|\s*\d+(?:\.\d+)?\s?[A-Za-z]+(?=[\s,;|]|$))`,
    flags: 'y',
    ...log,
  },
  {
    source: String.raw`\b[a-z][a-z\d+.-]{0,31}:\/\/[^\s"'<>]+`,
    flags: 'gi',
    cap: 8192,
    enforcedBy: ['src/core/connection/endpointAddress.ts', 'capText(text)'],
  },
  { source: String.raw`(?<!_)REPORT\s+RequestId:[ \t]*`, flags: 'g', ...log },
  { source: String.raw`(?<!\\)(?:\\\\)*"`, flags: 'g', ...log },
  {
    source: String.raw`^(?:\[[^\]\n]*\]|<[^>\n]*>|\{[^}\n]*\}|"[^"\n]*"|[^\s,;|:[<{"]+)(?=[\s,;|])`,
    ...log,
  },
  {
    source: String.raw`(?:^|[\s(])(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^\s:()"'<>|*?]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?(?!\d|:?-\d)`,
    ...line,
  },
];

/**
 * Files that build an expression: from constants, where each matches at most two characters, or from what the user
 * enters to find.
 */
export const BUILT: readonly string[] = ['src/core/messages/visibleText.ts', 'webview/editor/find/findQuery.ts'];
