import { combine, unitOf } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import type { Program } from '../program.js';
import type { Hearing } from './air.js';
import { GATEWAY } from './senders.js';
import { transmitterKey } from './transmitter-key.js';

/**
 * Hearing on a medium of one hop: the gateway and everybody hear each other; of two endpoints, each pair is drawn by
 * itself, for the whole run. Leaves out geometry: in the field those whom a station does not hear are neighbours.
 */
export class HiddenPairs implements Hearing {
  private readonly hiddenShare: number;
  private readonly key: number;

  constructor(program: Program, { hiddenShare }: Medium, transmitter: number) {
    this.hiddenShare = hiddenShare;
    this.key = transmitterKey(program, transmitter, 'hidden');
  }

  /** O(1). */
  hears(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.hiddenShare === 0 || a === GATEWAY || b === GATEWAY) return true;
    return unitOf(combine(combine(this.key, Math.min(a, b)), Math.max(a, b))) >= this.hiddenShare;
  }

  /** Some listener or other hears both. */
  disturbsCast(caster: number, other: number): boolean {
    return caster !== other;
  }
}
