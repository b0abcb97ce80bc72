/** Messages about following a log, by code. */
export const FOLLOW_SENTENCES = {
  liveLogDropped: 'Log lines were dropped, because the function writes them faster than they can be shown.',
  liveTailSilent: "Live Tail didn't start within {0} s.",
  liveTailHour: 'Live Tail stopped after an hour, because AWS charges per minute. Resume to continue.',
  liveTailClosed: 'CloudWatch Logs closed the Live Tail session. Resume to continue.',
} as const;
