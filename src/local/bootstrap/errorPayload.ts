/** An error as Lambda's Node runtime reports it. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** This runtime's own frames say nothing of the function. */
const OWN_FILE = process.argv[1] ?? '\n';

/** A thrown non-Error has its typeof as type and an empty trace, as on Lambda. */
export function toErrorPayload(error: unknown, type?: string): ErrorPayload {
  if (!(error instanceof Error)) {
    return { errorType: type ?? typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? '').split('\n').filter((line) => !line.includes(OWN_FILE));
  if (type !== undefined) return { errorType: type, errorMessage: `${error.name}: ${error.message}`, trace };
  return { errorType: error.name, errorMessage: error.message, trace };
}

/** An error of the runtime itself, named as Lambda names it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
