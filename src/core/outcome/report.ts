/** The figures of a REPORT line. Times in milliseconds, memory in MB. Absent if not in the log. */
export interface Report {
  requestId?: string;
  durationMs?: number;
  billedDurationMs?: number;
  memorySizeMB?: number;
  maxMemoryUsedMB?: number;
  initDurationMs?: number;
  restoreDurationMs?: number;
  billedRestoreDurationMs?: number;
  xrayTraceId?: string;
  status?: string;
  errorType?: string;
}
