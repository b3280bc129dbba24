import type { AlohaAccess, Medium } from '../../media.js';
import { type AccessRules, Act } from './access-rules.js';
import { type Air, TOUCH_S } from './air.js';
import { Contention } from './contention.js';
import type { OpenMedium } from './host.js';
import type { Job } from './parcels.js';
import { Draw, uniformOf } from './senders.js';
import { Star } from './star.js';

/**
 * ALOHA (Abramson 1970; slotted: Roberts 1972): sends without listening; slotted: at the start of a slot, k * slotS.
 * Without ARQ a message is sent `copies` times, the first at once, the others uniformly within `spreadS` of it, and
 * arrives when the first copy got through as a whole; frames of different copies are not put together. With ARQ
 * it is sent once, and a lost frame again after the timeout and uniformly within `spreadS`. A radio finishes what it is
 * sending, acknowledgements included, before it sends something else.
 */
export class AlohaRules implements AccessRules {
  readonly sendAfterS = 0;
  readonly ackAfterS = 0;
  readonly memoryS = 0;
  readonly copies: number;
  readonly spreadS: number;
  private readonly slotS: number;

  constructor({ copies, spreadS, slotS }: AlohaAccess) {
    this.copies = copies;
    this.spreadS = spreadS;
    this.slotS = slotS;
  }

  begin(job: Job): void {
    if (this.slotS > 0) job.atS = Math.ceil((job.atS - TOUCH_S) / this.slotS) * this.slotS;
  }

  act(job: Job, air: Air): number {
    if (!air.isBound(job.at, job.atS)) return Act.send;
    job.atS = air.sentByS(job.at);
    this.begin(job);
    return Act.wait;
  }

  giveUpAfterS(): number {
    return Number.POSITIVE_INFINITY;
  }

  again(job: Job): void {
    job.atS += uniformOf(job.key, Draw.backoff, job.tries) * this.spreadS;
  }
}

export const openAloha: OpenMedium = (host, medium, transmitter) =>
  new Contention(
    host,
    medium,
    transmitter,
    new AlohaRules(accessOf(medium)),
    new Star(host.program, medium, transmitter),
  );

function accessOf({ access, name }: Medium): AlohaAccess {
  if (access.kind !== 'aloha') throw new Error(`plan: ${name} is no ALOHA`);
  return access;
}
