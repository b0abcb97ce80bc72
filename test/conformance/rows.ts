import { RESPONSE_ROWS } from './responseRows.ts';
import { ERROR_ROWS } from './errorRows.ts';
import { FUNCTION_ERROR_ROWS } from './functionErrorRows.ts';
import type { Row } from './row.ts';
import { RUNTIME_ROWS } from './runtimeRows.ts';

/** All rows. The order matters: one row starts a durable execution that a later one expects to conflict with. */
export const ROWS: readonly Row[] = [...RESPONSE_ROWS, ...RUNTIME_ROWS, ...ERROR_ROWS, ...FUNCTION_ERROR_ROWS];
