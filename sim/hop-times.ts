/** How long messages hold what carries them, attempt by attempt, where nobody else is in the way. */

import { isCast } from './casts.js';
import type { Medium, PolledAccess } from './media.js';
import { Direction, Discipline, type Plan, SizeLaw } from './plan.js';
import { attempts } from './queueing/attempts.js';

/** A message of one source (or a carrier) on one hop. Seconds; third moments of sums by the gamma distribution. */
export interface HopTime {
  /** On the medium, first attempts. */
  readonly bytes: number;
  readonly frames: number;
  /** Mean airtime of a frame, of its gap and of its acknowledgement. */
  readonly frameS: number;
  readonly gapS: number;
  readonly ackS: number;
  /** Time that the message holds its server: E[S], E[S²], E[S³]; messages that are given up included. */
  readonly serviceS: number;
  readonly serviceSqS2: number;
  readonly serviceCubeS3: number;
  /** Σ P² and Σ P³ over the pieces between which others may go first; those of the service where there is one. */
  readonly pieceSqS2: number;
  readonly pieceCubeS3: number;
  /** From the first bit to the last that arrives, of messages that get through: what is fixed, and what repetitions (or drawn sizes) add. */
  readonly sendS: number;
  readonly repeatS: number;
  readonly repeatVarS2: number;
  /** Of the above what follows the first frame, and what follows the first piece. */
  readonly afterFrameS: number;
  readonly afterPieceS: number;
  /** Share lost by noise and fades, repetitions used up; collisions not included. */
  readonly lost: number;
  /** Share of the listeners of a message to everybody who do not hear it: it is neither acknowledged nor repeated. */
  readonly unheard: number;
  /** Airtime on the medium: copies, polls, and all relays of a mesh included. */
  readonly airtimeS: number;
}

/** Frames and their place, as `framings` and `holds` give them. */
export interface FrameCut {
  readonly bytes: number;
  readonly frames: number;
  /** Airtime of all frames together, and of a full one. */
  readonly airS: number;
  readonly fullS: number;
  readonly fullB: number;
  readonly gapS: number;
  readonly ackS: number;
}

export type FindTime = (plan: Plan, hop: number, once: FrameCut) => HopTime;

export class HopTimes {
  private readonly plan: Plan;
  /** Latest time per hop, and the size that it is for: sources of a tree mostly have one size. */
  private readonly known: (HopTime | undefined)[];
  private readonly knownB: Float64Array;

  private readonly find: FindTime;

  /** @param find `timeOf`, or who has its results */
  constructor(plan: Plan, find: FindTime = timeOf) {
    this.plan = plan;
    this.find = find;
    this.known = new Array<HopTime | undefined>(plan.hops.link.length);
    this.knownB = new Float64Array(plan.hops.link.length);
  }

  /** O(1) where the hop has been asked for this size before, else O(retries). */
  of(source: number, hop: number): HopTime {
    const { hops, sources } = this.plan;
    const wireB = sources.sizeB[source] + hops.overheadB[hop];
    const known = this.known[hop];
    if (known !== undefined && (this.knownB[hop] === wireB || hops.framing[hop] >= 0)) return known;
    const once = this.find(this.plan, hop, messageCut(this.plan, hop, wireB));
    const isDrawn = sources.sizeLaw[source] !== SizeLaw.fixed;
    const found = isDrawn ? drawn(once, sources.sizeB[source] / wireB) : once;
    this.known[hop] = found;
    this.knownB[hop] = wireB;
    return found;
  }
}

/** A message of `wireB` bytes on its hop; the framing's where it has one. */
function messageCut({ hops, framings, links }: Plan, hop: number, wireB: number): FrameCut {
  const row = hops.framing[hop];
  if (row < 0) {
    const airS = (8 * wireB) / links.rateBps[hops.link[hop]];
    return { bytes: wireB, frames: 1, airS, fullS: airS, fullB: wireB, gapS: 0, ackS: 0 };
  }
  const full = framings.frames[row] - 1;
  return {
    bytes: full * framings.fullB[row] + framings.lastB[row],
    frames: full + 1,
    airS: full * framings.fullS[row] + framings.lastS[row],
    fullS: full > 0 ? framings.fullS[row] : framings.lastS[row],
    fullB: full > 0 ? framings.fullB[row] : framings.lastB[row],
    gapS: framings.gapS[row],
    ackS: framings.ackS[row],
  };
}

/** Times of a message that is cut so on `hop`. Frames are taken as equally long. O(retries). */
export function timeOf(plan: Plan, hop: number, once: FrameCut): HopTime {
  const { hops, links, servers, media } = plan;
  const link = hops.link[hop];
  const server = links.server[link];
  const medium: Medium | undefined = media[servers.medium[server]];
  const cut = medium === undefined ? once : overAllHops(medium, once);
  const { frames, airS, gapS } = cut;
  const frameS = airS / frames;
  const isForAll = isCast(plan, hop);
  const polled = polledAccess(medium);
  const isPolled = polled !== undefined && links.direction[link] !== Direction.down;
  // What a poll did not bring, the next one does.
  const polls = isPolled ? { retries: MOST_POLLS, timeoutS: polled.timeoutS + polled.pollS } : undefined;
  const arq = isForAll ? undefined : (medium?.arq ?? polls);
  const ackS = isForAll ? 0 : cut.ackS;
  const frameLoss = medium?.frameLoss ?? 0;
  const tries = attempts(isForAll ? 0 : frameLoss, arq?.retries ?? 0);
  const doneS = frameS + gapS + ackS;
  const failedS = arq === undefined ? doneS : frameS + Math.max(arq.timeoutS, gapS + ackS);

  const frameMeanS = doneS * (1 - tries.lost) + failedS * (tries.mean - (1 - tries.lost));
  const serviceS = frames * frameMeanS;
  const serviceVarS2 = frames * tries.variance * failedS * failedS;
  const perPiece = piecesEvery(plan, server, cut);
  const pieces = Math.ceil(frames / perPiece);
  const pieceS = serviceS * (perPiece / frames);
  const lastS = serviceS - (pieces - 1) * pieceS;
  const pieceVarS2 = serviceVarS2 / pieces;
  const thinned = pipeQuantumS(plan, link, server, cut);
  const repeatS = frames * tries.failed * failedS;
  const sendS = airS + (frames - 1) * (gapS + ackS);
  const firstS = Math.min(sendS, thinned ?? (perPiece >= frames ? sendS : pieceS));
  const [pieceSqS2, pieceCubeS3] =
    thinned === undefined
      ? [
          (pieces - 1) * square(pieceS, pieceVarS2) + square(lastS, pieceVarS2),
          (pieces - 1) * cube(pieceS, pieceVarS2) + cube(lastS, pieceVarS2),
        ]
      : pipePieces(serviceS, thinned);
  return {
    bytes: cut.bytes,
    frames,
    frameS,
    gapS,
    ackS,
    serviceS,
    serviceSqS2: square(serviceS, serviceVarS2),
    serviceCubeS3: cube(serviceS, serviceVarS2),
    pieceSqS2,
    pieceCubeS3,
    sendS,
    repeatS,
    repeatVarS2: frames * tries.failedVar * failedS * failedS,
    afterFrameS: sendS - Math.min(sendS, cut.fullS),
    afterPieceS: sendS - firstS,
    lost: isForAll ? 0 : lostShare(medium, isPolled && medium?.arq === undefined ? 0 : tries.lost, frames),
    unheard: isForAll ? 1 - (1 - frameLoss) ** frames : 0,
    airtimeS: airtimeS(medium, tries.mean, isPolled, isForAll, frames * (frameS + gapS + ackS), frames, ackS),
  };
}

/** Share of the messages of `frames` frames that do not get through; a mesh loses on each of its hops. */
function lostShare(medium: Medium | undefined, frameLost: number, frames: number): number {
  if (medium === undefined) return 0;
  const { access } = medium;
  const copies = access.kind === 'aloha' && medium.arq === undefined ? access.copies : 1;
  const hopThrough = 1 - (1 - (1 - frameLost) ** frames) ** copies;
  const through =
    access.kind === 'mesh' && access.hop.kind !== 'polled'
      ? access.ringShares.reduce((sum, share, ring) => sum + share * hopThrough ** (ring + 1), 0)
      : hopThrough;
  return 1 - through * (1 - medium.residualLoss);
}

/** Medium time of a message; `onceS` is that of one attempt for each frame, acknowledgements `ackS` included. */
function airtimeS(
  medium: Medium | undefined,
  tries: number,
  isPolled: boolean,
  isCast: boolean,
  onceS: number,
  frames: number,
  ackS: number,
): number {
  if (medium === undefined) return onceS;
  // A frame that failed has no acknowledgement.
  const sentS = onceS * tries - frames * ackS * (tries - 1);
  const { access } = medium;
  switch (access.kind) {
    case 'aloha':
      return medium.arq === undefined && !isCast ? sentS * access.copies : sentS;
    case 'polled':
      return isPolled ? sentS + access.pollS + access.turnaroundS : sentS;
    case 'mesh':
      if (access.hop.kind !== 'polled') return sentS * meanHops(access.ringShares);
      return isPolled ? sentS + access.hop.pollS * meanHops(access.ringShares) + access.hop.turnaroundS : sentS;
    default:
      return sentS;
  }
}

/** In a mesh that is polled the master waits for a frame over all hops; elsewhere every hop is for itself. */
function overAllHops({ access }: Medium, cut: FrameCut): FrameCut {
  if (access.kind !== 'mesh' || access.hop.kind !== 'polled') return cut;
  const hops = meanHops(access.ringShares);
  const relaysS = (hops - 1) * access.relayS;
  return {
    ...cut,
    airS: cut.airS * hops + cut.frames * relaysS,
    fullS: cut.fullS * hops + relaysS,
    ackS: cut.ackS * hops,
  };
}

function polledAccess(medium: Medium | undefined): PolledAccess | undefined {
  const access = medium?.access.kind === 'mesh' ? medium.access.hop : medium?.access;
  return access?.kind === 'polled' ? access : undefined;
}

/** Beyond this many polls in a row nothing is left to lose. */
const MOST_POLLS = 50;

/** Mean of min(ring, most) over the endpoints of a mesh. */
export function meanHops(ringShares: readonly number[], most = Infinity): number {
  return ringShares.reduce((sum, share, ring) => sum + share * Math.min(ring + 1, most), 0);
}

/** Sizes drawn from an exponential distribution, which makes up `share` of the mean; no frames, no quantum. */
function drawn(once: HopTime, share: number): HopTime {
  const fixedS = once.serviceS * (1 - share);
  const meanS = once.serviceS * share;
  const serviceSqS2 = fixedS ** 2 + 2 * fixedS * meanS + 2 * meanS ** 2;
  const serviceCubeS3 = fixedS ** 3 + 3 * fixedS ** 2 * meanS + 6 * fixedS * meanS ** 2 + 6 * meanS ** 3;
  return {
    ...once,
    serviceSqS2,
    serviceCubeS3,
    pieceSqS2: serviceSqS2,
    pieceCubeS3: serviceCubeS3,
    sendS: fixedS,
    repeatS: meanS,
    repeatVarS2: meanS ** 2,
    afterFrameS: 0,
    afterPieceS: 0,
  };
}

/** Frames after which a message yields to others: as many as the quantum holds, at least one; all without a quantum. */
function piecesEvery({ servers }: Plan, server: number, { frames, fullB }: FrameCut): number {
  if (servers.discipline[server] === Discipline.fifo || frames === 1) return frames;
  return Math.min(frames, Math.max(1, Math.floor(servers.quantumB[server] / fullB)));
}

/** Where messages have no frames they yield after each quantum of bytes; undefined: they have, or do not yield. */
function pipeQuantumS({ servers, links }: Plan, link: number, server: number, cut: FrameCut): number | undefined {
  const quantumB = servers.quantumB[server];
  const whole = servers.discipline[server] === Discipline.fifo || cut.frames > 1 || quantumB >= cut.bytes;
  return whole || servers.medium[server] >= 0 ? undefined : (8 * quantumB) / links.rateBps[link];
}

function pipePieces(serviceS: number, everyS: number): [number, number] {
  const whole = Math.floor(serviceS / everyS);
  const restS = serviceS - whole * everyS;
  return [whole * everyS ** 2 + restS ** 2, whole * everyS ** 3 + restS ** 3];
}

const square = (meanS: number, varS2: number): number => meanS * meanS + varS2;

/** Third moment of a gamma variable. */
const cube = (meanS: number, varS2: number): number =>
  meanS > 0 ? meanS ** 3 + 3 * meanS * varS2 + (2 * varS2 * varS2) / meanS : 0;
