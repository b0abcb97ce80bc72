/** The keys that only the runtime sets. */
const KEYS = {
  REQUEST_ID: Symbol.for('_AWS_LAMBDA_REQUEST_ID'),
  X_RAY_TRACE_ID: Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID'),
  TENANT_ID: Symbol.for('_AWS_LAMBDA_TENANT_ID'),
} as const;

type Values = Record<string | symbol, unknown>;

/** Values of the running event, for libraries. Source: `@aws/lambda-invoke-store`, which finds it in `awslambda`. */
class InvokeStore {
  static readonly PROTECTED_KEYS = KEYS;
  #values: Values | undefined;

  getContext(): Values | undefined {
    return this.#values;
  }

  hasContext(): boolean {
    return this.#values !== undefined;
  }

  get(key: string | symbol): unknown {
    return this.#values?.[key];
  }

  set(key: string | symbol, value: unknown): void {
    if (Object.values(KEYS).some((each) => each === key))
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    this.#values ??= {};
    this.#values[key] = value;
  }

  run<T>(values: Values, action: () => T): T {
    this.#values = values;
    return action();
  }

  getRequestId(): unknown {
    return this.get(KEYS.REQUEST_ID) ?? '-';
  }

  getXRayTraceId(): unknown {
    return this.get(KEYS.X_RAY_TRACE_ID);
  }

  getTenantId(): unknown {
    return this.get(KEYS.TENANT_ID);
  }
}

/** The store of this process, which handles one event at a time. */
export const invokeStore = new InvokeStore();

/** Sets the values of a new event, and discards those of the previous one. */
export function resetInvokeStore(requestId: string, traceId: string | undefined): void {
  invokeStore.run({ [KEYS.REQUEST_ID]: requestId, [KEYS.X_RAY_TRACE_ID]: traceId }, () => undefined);
}
