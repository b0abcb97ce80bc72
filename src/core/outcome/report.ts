/** The figures Lambda reports of one invocation. Times in milliseconds, memory in MB. Absent where the log has none. */
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
