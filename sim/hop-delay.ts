/** What a message meets on one hop of its way, in one server instance: waits, access, repetitions, loss. */
import type { Carrier } from './held-loads.js';
import { type HopTime, meanHops } from './hop-times.js';
import type { Medium } from './media.js';
import { Direction, type Plan } from './plan.js';
import { attempts } from './queueing/attempts.js';
import { firstCopy } from './queueing/media/aloha.js';
import type { Contended } from './queueing/media/contended.js';
import type { Wait } from './queueing/wait.js';
import { isCast, ringShares, type ServerDelays } from './server-delays.js';
import type { ServerLoads } from './server-loads.js';

/** The result of `of`, used again by the next call. Seconds. */
export class HopDelay {
  fixedS = 0;
  /** Mean and variance of what is left to chance, and the probability that it is 0. */
  randomS = 0;
  varS2 = 0;
  idle = 1;
  lost = 0;

  private readonly plan: Plan;
  private readonly loads: ServerLoads;
  private readonly delays: ServerDelays;

  constructor(plan: Plan, loads: ServerLoads, delays: ServerDelays) {
    this.plan = plan;
    this.loads = loads;
    this.delays = delays;
  }

  /** A message with times `one` of class `c` at server instance `at`. O(classes), on contended media O(retries). */
  of(hop: number, at: number, c: number, one: HopTime, carrier: Carrier | undefined): void {
    const { links, hops, servers, media } = this.plan;
    const link = hops.link[hop];
    const medium: Medium | undefined = media[servers.medium[links.server[link]]];
    this.fixedS = one.sendS + links.delayS[link];
    this.randomS = 0;
    this.varS2 = 0;
    this.idle = 1;
    this.lost = one.lost;
    const isDown = links.direction[link] === Direction.down;
    const contended = this.delays.contended[at];
    if (contended !== undefined && medium !== undefined) {
      this.contend(hop, at, c, one, medium, contended, isDown);
    } else {
      this.queue(at, c, one, medium, isDown);
      if (one.repeatS > 0) this.add(one.repeatS, one.repeatVarS2, (1 - (medium?.frameLoss ?? 1)) ** one.frames);
    }
    if (carrier !== undefined) this.add(carrier.heldS, carrier.heldSqS2 - carrier.heldS ** 2, 0);
  }

  private add(meanS: number, varS2: number, idle: number): void {
    this.randomS += meanS;
    this.varS2 += Math.max(0, varS2);
    this.idle *= idle;
  }

  private addWait({ meanS, meanSqS2, idle }: Wait): void {
    this.add(meanS, meanS === Infinity ? Infinity : meanSqS2 - meanS * meanS, idle);
  }

  /** The server's queue, or on a polled medium the wait for one's poll. */
  private queue(at: number, c: number, { afterPieceS }: HopTime, medium: Medium | undefined, isDown: boolean): void {
    const { delays, loads } = this;
    const downWait = delays.downWait[at];
    if (isDown && downWait !== undefined) {
      this.addWait(downWait);
      return;
    }
    const row = at * loads.classes.length + c;
    this.add(delays.waitS[row], delays.waitVarS2[row], delays.idle[row]);
    if (afterPieceS > 0 && delays.interruptedS[row] > 0) {
      let abovePerS = 0;
      for (let above = row - c; above < row; above++) abovePerS += loads.perS[above];
      const uninterrupted = Math.exp(-abovePerS * afterPieceS);
      this.add(delays.interruptedS[row] * afterPieceS, delays.interruptedVarS2[row] * afterPieceS, uninterrupted);
    }
    const access = medium?.access;
    if (access?.kind === 'half-duplex') {
      const share = delays.turns[at];
      this.add(share * access.turnaroundS, share * (1 - share) * access.turnaroundS ** 2, 1);
    }
    const grants = delays.grants[at];
    if (grants !== undefined) {
      const { meanS, varS2, lost } = isDown ? grants.down : grants.up;
      if (meanS > 0) this.add(meanS, varS2, 0);
      this.lost = 1 - (1 - this.lost) * (1 - lost);
    }
  }

  /** Frame by frame and attempt by attempt, on each relay of a mesh anew. */
  private contend(
    hop: number,
    at: number,
    c: number,
    one: HopTime,
    medium: Medium,
    met: Contended,
    isDown: boolean,
  ): void {
    const { access, arq } = medium;
    const { frames, sendS } = one;
    if (met.outside !== '') {
      this.add(NaN, NaN, 0);
      this.lost = NaN;
      return;
    }
    const downWait = this.delays.downWait[at];
    const row = at * this.loads.classes.length + c;
    if (isDown && downWait !== undefined) this.addWait(downWait);
    else this.add(this.delays.waitS[row], this.delays.waitVarS2[row], this.delays.idle[row]);

    const tries = attempts(met.lost, isCast(this.plan, hop) ? 0 : (arq?.retries ?? 0));
    let hopS = frames * (met.accessS + tries.failed * met.failedS);
    let hopVarS2 = frames * (met.accessVarS2 + tries.failedVar * met.failedS ** 2 + tries.failed * met.failedVarS2);
    let atOnce = met.accessS > 0 ? 0 : (1 - met.lost) ** frames;
    let hopThrough = (1 - tries.lost) ** frames;
    const inner = access.kind === 'mesh' ? access.hop : access;
    if (inner.kind === 'aloha' && arq === undefined) {
      const copy = firstCopy(1 - hopThrough, inner.copies, inner.spreadS);
      hopS = frames * met.accessS + copy.meanS;
      hopVarS2 = frames * met.accessVarS2 + copy.meanSqS2 - copy.meanS ** 2;
      atOnce = met.accessS > 0 ? 0 : copy.atOnce;
      hopThrough = 1 - copy.lost;
    }
    const rings = ringShares(access);
    const hops = meanHops(rings);
    const hopsVar = rings.reduce((sum, share, ring) => sum + share * (ring + 1 - hops) ** 2, 0);
    const eachS = sendS + hopS + (access.kind === 'mesh' ? access.relayS : 0);
    this.add(hopS + (hops - 1) * eachS, hops * hopVarS2 + hopsVar * eachS ** 2, hops > 1 ? 0 : atOnce);
    const through = rings.reduce((sum, share, ring) => sum + share * hopThrough ** (ring + 1), 0);
    this.lost = 1 - through * (1 - medium.residualLoss);
  }
}
