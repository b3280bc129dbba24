/** Which endpoints of a medium do not hear each other. */
import { combine, hashText, unitOf } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import type { Program } from '../program.js';
import { GATEWAY } from './senders.js';

export class Hearing {
  private readonly hiddenShare: number;
  private readonly key: number;

  constructor({ plan, seed, transmitterServer }: Program, medium: Medium, transmitter: number) {
    const server = transmitterServer[transmitter];
    this.hiddenShare = medium.hiddenShare;
    this.key = combine(
      hashText(`${seed}/hidden/${plan.servers.name[server]}`),
      transmitter - transmitterServer.indexOf(server),
    );
  }

  /**
   * Whether a and b hear each other: each pair is drawn by itself, for the whole run. The gateway and everybody hear each
   * other. Leaves out geometry: in the field those that a station does not hear are neighbours of each other. O(1).
   */
  between(a: number, b: number): boolean {
    if (this.hiddenShare === 0 || a === GATEWAY || b === GATEWAY || a === b) return true;
    return unitOf(combine(combine(this.key, Math.min(a, b)), Math.max(a, b))) >= this.hiddenShare;
  }
}
