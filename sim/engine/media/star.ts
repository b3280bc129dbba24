import { HiddenPairs } from './hidden-pairs.js';
import type { Layout } from './layout.js';
import { GATEWAY } from './senders.js';

/** Endpoints around a gateway, one hop away. */
export class Star extends HiddenPairs implements Layout {
  readonly relayS = 0;
  readonly repeatingRings = 0;

  next(_node: number, endpoint: number, isUp: boolean): number {
    return isUp ? GATEWAY : endpoint;
  }

  legs(): number {
    return 1;
  }

  repeaters(): readonly number[] {
    return [];
  }
}
