import type { FunctionLayer } from '../functionLayers.ts';

/** A parameter of a nested stack whose value only a deployed stack has, with the value that replaces it. */
export class PlaceholderParameter {
  readonly placeholder: string;
  /** The layer that the value refers to. */
  readonly layer?: FunctionLayer;

  constructor(placeholder: string, layer?: FunctionLayer) {
    this.placeholder = placeholder;
    if (layer !== undefined) this.layer = layer;
  }
}
