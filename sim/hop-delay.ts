/** What a message meets on one hop of its way, in one server instance: waits, access, repetitions, loss. */
import type { Carrier } from './held-loads.js';
import { type HopTime, meanHops } from './hop-times.js';
import type { Medium } from './media.js';
import { Direction, type Plan } from './plan.js';
import { attempts, attemptsByWay } from './queueing/attempts.js';
import { firstCopy } from './queueing/media/aloha.js';
import type { Contended } from './queueing/media/contended.js';
import type { Wait } from './queueing/wait.js';
import { ringShares, type ServerDelays } from './server-delays.js';
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

  /**
   * A message with times `one` of class `c` on a link, at server instance `at`. O(classes), on contended media O(retries).
   * @param isCast the message is for everybody: not acknowledged, not repeated, see `isCast`
   */
  of(link: number, isCast: boolean, at: number, c: number, one: HopTime, carrier: Carrier | undefined): void {
    const { links, servers, media } = this.plan;
    const medium: Medium | undefined = media[servers.medium[links.server[link]]];
    this.fixedS = one.sendS + links.delayS[link];
    this.randomS = 0;
    this.varS2 = 0;
    this.idle = 1;
    this.lost = one.lost;
    const isDown = links.direction[link] === Direction.down;
    const contended = this.delays.contended[at];
    if (contended !== undefined && medium !== undefined) {
      this.contend(isCast, at, c, one, medium, contended, isDown);
    } else {
      this.queue(at, c, one, medium, isDown, link);
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
  private queue(
    at: number,
    c: number,
    { afterPieceS }: HopTime,
    medium: Medium | undefined,
    isDown: boolean,
    link: number,
  ): void {
    const { delays, loads } = this;
    const server = this.plan.links.server[link];
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
      const share = delays.turns[loads.linkStart[link] + at - loads.start[server]];
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
    isForAll: boolean,
    at: number,
    c: number,
    { frames, sendS, unheard }: HopTime,
    medium: Medium,
    rings: readonly Contended[],
    isDown: boolean,
  ): void {
    if (this.delays.outside[at] !== '') {
      this.add(NaN, NaN, 0);
      this.lost = NaN;
      return;
    }
    const downWait = this.delays.downWait[at];
    const row = at * this.loads.classes.length + c;
    if (isDown && downWait !== undefined) this.addWait(downWait);
    else this.add(this.delays.waitS[row], this.delays.waitVarS2[row], this.delays.idle[row]);

    const { access } = medium;
    const isCast = unheard > 0 || isForAll;
    const shares = ringShares(access);
    const hops = meanHops(shares);
    let beyond = 1; // share of the messages that cross this ring
    let [hopThrough, through, atOnce] = [1, 0, 1];
    let eachS = 0;
    shares.forEach((share, i) => {
      const leg = legOf(medium, rings[i], frames, isCast);
      const relayS = i > 0 && access.kind === 'mesh' ? sendS + access.relayS : 0;
      this.randomS += beyond * (leg.meanS + relayS);
      this.varS2 += beyond * leg.varS2;
      eachS += (beyond * (leg.meanS + sendS)) / hops;
      if (i === 0) atOnce = leg.atOnce;
      hopThrough *= leg.through;
      through += share * hopThrough;
      beyond -= share;
    });
    this.varS2 += shares.reduce((sum, share, ring) => sum + share * (ring + 1 - hops) ** 2, 0) * eachS ** 2;
    this.idle *= hops > 1 ? 0 : atOnce;
    this.lost = 1 - through * (isCast ? 1 : 1 - medium.residualLoss);
  }
}

interface Leg {
  /** What access and repetitions add to the airtime. */
  readonly meanS: number;
  readonly varS2: number;
  readonly atOnce: number;
  readonly through: number;
}

function legOf({ access, arq, frameLoss }: Medium, met: Contended, frames: number, isCast: boolean): Leg {
  const hop = access.kind === 'mesh' ? access.hop : access;
  // Noise takes casts listener by listener.
  const lost = isCast ? 1 - (1 - met.lost) / (1 - frameLoss) : met.lost;
  const tries = isCast ? attempts(lost, 0) : attemptsByWay(met.ways, arq?.retries ?? 0);
  const through = (1 - tries.lost) ** frames;
  const accessS = frames * met.accessS;
  const accessVarS2 = frames * met.accessVarS2;
  const isImmediate = met.accessS === 0;
  if (hop.kind === 'aloha' && arq === undefined && !isCast) {
    const copy = firstCopy(1 - through, hop.copies, hop.spreadS);
    return {
      meanS: accessS + copy.meanS,
      varS2: accessVarS2 + copy.meanSqS2 - copy.meanS ** 2,
      atOnce: isImmediate ? copy.atOnce : 0,
      through: 1 - copy.lost,
    };
  }
  return {
    meanS: accessS + frames * tries.failed * met.failedS,
    varS2: accessVarS2 + frames * (tries.failedVar * met.failedS ** 2 + tries.failed * met.failedVarS2),
    atOnce: isImmediate ? (1 - lost) ** frames : 0,
    through,
  };
}
