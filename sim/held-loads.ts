/** Messages that wait before a hop and go on together (plan.holds): how many carriers, and how long the wait. */
import { eachServingRange } from './area-range.js';
import { binCount, binSeconds } from './bins.js';
import { type FrameCut, type HopTime, timeOf } from './hop-times.js';
import type { Plan } from './plan.js';
import { type Batches, batches } from './queueing/batches.js';
import type { HopVisit, Load } from './walk.js';

/** What one row of the holds gathers before one link, per instance of the link and bin: i * bins + b. */
export interface HeldLoad {
  readonly hold: number;
  readonly link: number;
  /** A hop that it stands before: gives the carriers' overhead, gaps and acknowledgements. */
  readonly hop: number;
  readonly messages: Float64Array;
  readonly appB: Float64Array;
  /** Deliveries that let go what is held. */
  readonly asks: Float64Array;
  /** Per instance, of messages that start together: their number, and it times batch and spread. */
  readonly together: Float64Array;
  readonly batches: Float64Array;
  readonly spreadsS: Float64Array;
  /** Most urgent class of those held. */
  priority: number;
  /** Premises of an instance over which they spread; the columns are those of one. */
  copiesInUse: number;
}

/** A carrier of an instance and bin. */
export interface Carrier extends Batches {
  readonly perS: number;
  readonly appB: number;
  readonly time: HopTime;
}

/** Adds `load` as it crosses `visit`, whose hop has a hold. O(instances x bins). */
export function hold(plan: Plan, held: HeldLoad[], source: number, load: Load, visit: HopVisit, sends: number): void {
  const { hops, links, sources, areas, time } = plan;
  const bins = binCount(time);
  const row = hops.hold[visit.hop];
  const link = hops.link[visit.hop];
  let into = held.find((one) => one.hold === row && one.link === link);
  if (into === undefined) {
    const instances = areas.instances[links.kind[link]];
    const column = () => new Float64Array(instances * bins);
    const perInstance = () => new Float64Array(instances);
    into = {
      hold: row,
      link,
      hop: visit.hop,
      messages: column(),
      appB: column(),
      asks: column(),
      together: perInstance(),
      batches: perInstance(),
      spreadsS: perInstance(),
      priority: sources.priority[source],
      copiesInUse: 1,
    };
    held.push(into);
  }
  into.priority = Math.min(into.priority, sources.priority[source]);
  into.copiesInUse = Math.max(into.copiesInUse, visit.copiesInUse);
  const { messages, appB, together, batches: sizes, spreadsS } = into;
  eachServingRange(areas, visit, links.kind[link], (first, count, weight) => {
    const factor = (weight * visit.messages * visit.reach * sends) / visit.copiesInUse;
    for (let i = first; i < first + count; i++) {
      let all = 0;
      for (let b = 0; b < bins; b++) {
        const crossing = load.perBin[b] * factor;
        messages[i * bins + b] += crossing;
        appB[i * bins + b] += crossing * sources.sizeB[source];
        all += crossing;
      }
      const batch = load.batch * factor;
      if (load.batch <= 1 || batch <= 1) continue;
      together[i] += all;
      sizes[i] += all * batch;
      spreadsS[i] += all * load.spreadS;
    }
  });
}

/** Adds the deliveries that ask for what is held. O(deliveries x instances x bins). */
export function ask(plan: Plan, held: readonly HeldLoad[], deliveries: readonly (readonly Load[])[]): void {
  const bins = binCount(plan.time);
  for (const { hold: row, link, asks } of held) {
    const flow = plan.holds.untilFlow[row];
    for (const load of flow < 0 ? [] : deliveries[flow]) {
      eachServingRange(plan.areas, load, plan.links.kind[link], (first, count, weight) => {
        for (let i = first; i < first + count; i++) {
          for (let b = 0; b < bins; b++) asks[i * bins + b] += load.perBin[b] * weight;
        }
      });
    }
  }
}

/**
 * Carriers of an instance in a bin, where messages come as a Poisson stream of the bin's rate, or in batches where most
 * of them start together; asks come at regular intervals. See `batches`. O(messages of a carrier).
 * @returns undefined where nothing is held
 */
export function carrierOf(plan: Plan, held: HeldLoad, instance: number, bin: number): Carrier | undefined {
  const { holds, hops } = plan;
  const bins = binCount(plan.time);
  const at = instance * bins + bin;
  const perS = held.messages[at] / binSeconds(plan.time, bin);
  if (perS <= 0) return undefined;
  const meanB = held.appB[at] / held.messages[at];
  const frameAppB = holds.frameAppB[held.hold];
  const found = gathered(plan, held, instance, bin, perS, meanB);
  const appB = found.messages * meanB;
  const overheadB = hops.overheadB[held.hop];
  const cut = carrierCut(plan, held.hop, held.hold, appB, found.frames, frameAppB, overheadB);
  return { ...found, perS: perS / found.messages, appB, time: timeOf(plan, held.hop, cut) };
}

function gathered(plan: Plan, held: HeldLoad, instance: number, bin: number, perS: number, meanB: number): Batches {
  const { holds, time } = plan;
  const bins = binCount(time);
  const frameAppB = holds.frameAppB[held.hold];
  const perFrame = frameAppB > 0 && meanB > 0 ? frameAppB / meanB : Infinity;
  const most = meanB > 0 ? Math.ceil(holds.sizeB[held.hold] / meanB - 1e-9) : Infinity;
  const ageS = holds.ageS[held.hold];
  const together = held.together[instance];
  const all = sum(held.messages.subarray(instance * bins, (instance + 1) * bins));
  let found: Batches;
  if (2 * together > all) {
    const batch = held.batches[instance] / together;
    const spreadS = held.spreadsS[instance] / together;
    found = batches(spreadS > 0 ? batch / spreadS : 1e9, Math.max(1, Math.min(most, batch)), ageS, perFrame);
    // Nothing more comes after the batch: what is there waits until it is old.
    const isOpen = batch < most && ageS < Infinity;
    if (isOpen) found = { ...found, heldS: Math.max(found.heldS, ageS - spreadS / 2), heldSqS2: ageS * ageS };
  } else {
    found = batches(perS, most, ageS, perFrame);
  }
  const asks = held.asks[instance * bins + bin];
  const allAsks = sum(held.asks.subarray(instance * bins, (instance + 1) * bins));
  if (allAsks <= 0) return found;
  const everyS = asks > 0 ? binSeconds(time, bin) / asks : time.horizonS / allAsks;
  const messages = (perS * everyS) / -Math.expm1(-perS * everyS);
  if (messages >= found.messages) return found;
  const frames = perFrame === Infinity ? 1 : Math.max(1, messages / perFrame + (messages > perFrame ? 0.5 : 0));
  return { messages, frames, heldS: everyS / 2, heldSqS2: (everyS * everyS) / 3 };
}

/** Frames of a carrier: affine in its application bytes but for the number of frames. Without frames: bytes at the link's rate. */
function carrierCut(
  plan: Plan,
  hop: number,
  row: number,
  appB: number,
  frames: number,
  frameAppB: number,
  overheadB: number,
): FrameCut {
  const { holds, hops, framings, links } = plan;
  if (frameAppB <= 0) {
    const bytes = appB + overheadB;
    const airS = (8 * bytes) / links.rateBps[hops.link[hop]];
    return { bytes, frames: 1, airS, fullS: airS, fullB: bytes, gapS: 0, ackS: 0 };
  }
  const framing = hops.framing[hop];
  const filled = appB / frameAppB;
  return {
    bytes: frames * holds.emptyB[row] + filled * (holds.fullB[row] - holds.emptyB[row]),
    frames,
    airS: frames * holds.emptyS[row] + filled * (holds.fullS[row] - holds.emptyS[row]),
    fullS: holds.fullS[row],
    fullB: holds.fullB[row],
    gapS: framing < 0 ? 0 : framings.gapS[framing],
    ackS: framing < 0 ? 0 : framings.ackS[framing],
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
