import type { DcfAccess } from '../../media.js';
import { type AccessRules, Act } from './access-rules.js';
import type { Air } from './air.js';
import type { Job } from './parcels.js';
import { Draw, uniformOf } from './senders.js';

/** Times are rounded: what is so near the end of a slot is at its end. */
const SLOT_PRECISION = 1e-3;

/**
 * DCF of IEEE 802.11 for radios of a mesh, basic access, see dcf.ts: counts a backoff of uniformly 0 .. CW slots down
 * while it has heard nobody for DIFS, and sends at its end; CW + 1 doubles with each attempt at a frame. What happened
 * on the air is looked up when the countdown would have ended: neither slots nor the frames of others cost an event.
 *
 * Every frame draws a backoff, also the one that finds the medium idle: late by leastWindow / 2 slots on average.
 */
export class DcfRules implements AccessRules {
  readonly sendAfterS = 0;
  readonly ackAfterS: number;
  readonly memoryS: number;
  readonly copies = 1;
  readonly spreadS = 0;
  private readonly access: DcfAccess;

  constructor(access: DcfAccess) {
    this.access = access;
    this.ackAfterS = access.sifsS;
    this.memoryS = access.difsS + (access.mostWindow + 1) * access.slotS;
  }

  begin(job: Job): void {
    const { leastWindow, mostWindow } = this.access;
    const window = Math.min((leastWindow + 1) * 2 ** job.attempt - 1, mostWindow);
    job.slots = Math.floor(uniformOf(job.key, Draw.backoff, job.tries) * (window + 1));
    job.countedFromS = job.atS;
    job.atS = this.endS(job);
  }

  act(job: Job, air: Air): number {
    const { slotS, difsS } = this.access;
    const nowS = job.atS;
    for (;;) {
      const endS = this.endS(job);
      const heard = air.firstHeard(job.at, job.countedFromS, endS);
      if (heard === undefined) break;
      const slots = Math.floor((heard.startS - job.countedFromS - difsS) / slotS + SLOT_PRECISION);
      job.slots -= Math.min(job.slots, Math.max(0, slots));
      job.countedFromS = heard.endS;
    }
    const fromS = Math.max(job.countedFromS, air.sentByS(job.at));
    job.countedFromS = fromS;
    const endS = this.endS(job);
    if (endS <= nowS) return Act.send;
    job.atS = endS;
    return Act.wait;
  }

  giveUpAfterS(): number {
    return Number.POSITIVE_INFINITY;
  }

  again(): void {}

  /** End of the countdown if nobody is heard. */
  private endS(job: Job): number {
    return job.countedFromS + this.access.difsS + job.slots * this.access.slotS;
  }
}
