import type { Memento } from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';

const KEY = 'functionEvents';
const MAX = 200;

type Selected = Readonly<Record<string, string>>;

/** Functions in different files can have the same name. */
function keyOf({ file, plainName }: LocalFunctionView): string {
  return `${file}#${plainName}`;
}

/** The event files that the user selected for functions of this workspace: their URIs, or '' for no payload. */
export class SelectedEvents {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  get(fn: LocalFunctionView): string | undefined {
    return this.#all()[keyOf(fn)];
  }

  /** Removes the selection if `uri` is undefined. */
  async set(fn: LocalFunctionView, uri: string | undefined): Promise<void> {
    const others = Object.entries(this.#all()).filter(([key]) => key !== keyOf(fn));
    const own: [string, string][] = uri === undefined ? [] : [[keyOf(fn), uri]];
    await this.#memento.update(KEY, Object.fromEntries([...others, ...own].slice(-MAX)));
  }

  #all(): Selected {
    return this.#memento.get<Selected>(KEY, {});
  }
}
