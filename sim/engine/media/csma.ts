import type { CsmaAccess, Medium } from '../../media.js';
import { type AccessRules, Act } from './access-rules.js';
import type { Air } from './air.js';
import { Contention } from './contention.js';
import type { OpenMedium } from './host.js';
import type { Job } from './parcels.js';
import { Draw, uniformOf } from './senders.js';
import { Star } from './star.js';

/**
 * Unslotted CSMA/CA (IEEE 802.15.4-2020, 6.2.5.1): waits for uniformly 0 .. 2^BE - 1 unit backoffs, then listens for
 * `ccaS`. If it hears anybody meanwhile: NB + 1, BE + 1 up to its most, and again, unless NB exceeds `backoffs`; then the
 * attempt fails. If not, its frame starts a turn-around later; those who end their listening before that do not hear it.
 * A radio that is bound to send an acknowledgement does not find the channel idle.
 */
export class CsmaRules implements AccessRules {
  readonly sendAfterS: number;
  readonly ackAfterS: number;
  readonly memoryS: number;
  readonly copies = 1;
  readonly spreadS = 0;
  private readonly access: CsmaAccess;
  private readonly againWithinS: number;

  /** @param againWithinS further wait before a repetition, see Arq.backoffS */
  constructor(access: CsmaAccess, againWithinS = 0) {
    this.access = access;
    this.againWithinS = againWithinS;
    this.sendAfterS = access.turnaroundS;
    this.ackAfterS = access.turnaroundS;
    this.memoryS = access.ccaS;
  }

  begin(job: Job): void {
    job.busy = 0;
    job.exponent = this.access.leastExponent;
    job.atS += this.backoffS(job);
  }

  act(job: Job, air: Air): number {
    const { ccaS, backoffs, mostExponent } = this.access;
    const nowS = job.atS;
    if (!air.isBusy(job.at, nowS - ccaS, nowS) && !air.isBound(job.at, nowS - ccaS)) return Act.send;
    job.busy++;
    if (job.busy > backoffs) return Act.giveUp;
    job.exponent = Math.min(job.exponent + 1, mostExponent);
    job.atS = nowS + this.backoffS(job);
    return Act.wait;
  }

  giveUpAfterS(busy: number, attemptsLeft: number): number {
    const { backoffs, ccaS } = this.access;
    return (backoffs - busy + attemptsLeft * (backoffs + 1)) * ccaS; // each assessment takes as long
  }

  again(job: Job): void {
    job.atS += uniformOf(job.key, Draw.spread, job.tries) * this.againWithinS;
  }

  /** From now to the end of the next assessment. */
  private backoffS(job: Job): number {
    const { backoffs, unitBackoffS, ccaS } = this.access;
    const u = uniformOf(job.key, Draw.backoff, job.tries * (backoffs + 1) + job.busy);
    return Math.floor(u * (1 << job.exponent)) * unitBackoffS + ccaS;
  }
}

export const openCsma: OpenMedium = (host, medium, transmitter) =>
  new Contention(
    host,
    medium,
    transmitter,
    new CsmaRules(accessOf(medium), medium.arq?.backoffS),
    new Star(host.program, medium, transmitter),
  );

function accessOf({ access, name }: Medium): CsmaAccess {
  if (access.kind !== 'csma-802.15.4') throw new Error(`plan: ${name} is no CSMA of 802.15.4`);
  return access;
}
