import type { Hearing } from './air.js';

/** Who hears whom, and who relays. Endpoints have numbers, the gateway is GATEWAY. */
export interface Layout extends Hearing {
  /** From the end of a leg to the queue of the next radio. */
  readonly relayS: number;
  /** Rings of relays that repeat what the gateway casts. */
  readonly repeatingRings: number;
  /** Where `node` sends what goes up from, or down to, `endpoint`. */
  next(node: number, endpoint: number, isUp: boolean): number;
  /** Legs between `endpoint` and the gateway. */
  legs(endpoint: number): number;
  /** Who repeats a cast message in `ring`, 1 .. repeatingRings, of those who have power. */
  repeaters(ring: number, key: number, hasPower: (node: number) => boolean): readonly number[];
}
