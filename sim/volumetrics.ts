/** Volumetrics: what each link carries in each bin, from rates and windows alone. */
import { eachServingRange } from './area-range.js';
import { binCount } from './bins.js';
import { expectedLoads } from './expected-loads.js';
import { linkLayout } from './link-layout.js';
import type { Plan } from './plan.js';
import { type Load, walkSource } from './walk.js';

/** Expected figures of the measured run. Link instances are laid out as in `ReplicationStats`. */
export interface Volumetrics {
  /** Instance i of link l stands at linkStart[l] + i; premises of an instance are pooled. */
  readonly linkStart: Uint32Array;
  /** Sums over the bins, per link instance; bytes with overhead. */
  readonly links: { readonly bytes: Float64Array; readonly messages: Float64Array };
  /** Per link instance and bin: (linkStart[l] + i) * bins + b. */
  readonly bins: { readonly bytes: Float64Array; readonly messages: Float64Array };
  /** Expected deliveries, every listener counted. */
  readonly flows: { readonly delivered: Float64Array };
  readonly sources: {
    readonly messages: Float64Array;
    /** 1 where every replication has exactly `messages`: whole numbers of periods, bursts within the run. */
    readonly deterministic: Uint8Array;
  };
  /** Per source: where and when its messages start. What everything above is made of. */
  readonly loads: readonly (readonly Load[])[];
}

/** Messages and bytes that a range of instances of one link has in common, per instance and bin. */
interface LinkShare {
  readonly first: number;
  readonly count: number;
  readonly messages: Float64Array;
  readonly bytes: Float64Array;
}

/** Instances are below 2^26, so that a range is one exact number. */
const RANGE_KEY = 2 ** 26;

/**
 * Expected bytes and messages of `plan` per link instance and bin, deliveries per flow and messages per source.
 *
 * A message counts on all its hops in the bin in which it starts: the shift by latency is ignored, and so is the delay
 * of answers, which start in the bin of the delivery that causes them. Nothing is lost: finite buffers and overload are
 * the simulation's affair. Rates of each process: see `ownRates`; answers: see `expectedLoads`.
 *
 * Ranges of equal instances are added up once per link and range, and spread over the instances at the end:
 * O(sources x hops x bins + link instances x bins), milliseconds for thousands of sources.
 * @throws Error when causes form a cycle or an area has no parent where a route needs one: faults of the compiler.
 */
export function volumetrics(plan: Plan): Volumetrics {
  const bins = binCount(plan.time);
  const { loads, deterministic } = expectedLoads(plan);
  const shares: Map<number, LinkShare>[] = plan.links.name.map(() => new Map());
  const delivered = new Float64Array(plan.flows.name.length);
  const messages = Float64Array.from(loads, (own) => sum(own.map((load) => load.count * sum(load.perBin))));

  loads.forEach((own, source) => {
    const sizeB = plan.sources.sizeB[source];
    for (const load of own) {
      const perInstance = sum(load.perBin);
      walkSource(plan, source, load, {
        hop(visit) {
          const link = plan.hops.link[visit.hop];
          const wireB = sizeB + plan.hops.overheadB[visit.hop];
          eachServingRange(plan.areas, visit, plan.links.kind[link], (first, count, weight) => {
            const share = shareOf(shares[link], first, count, bins);
            addScaled(share.messages, load.perBin, weight * visit.messages);
            addScaled(share.bytes, load.perBin, weight * visit.messages * wireB);
          });
        },
        delivery({ flow, count, deliveries }) {
          delivered[flow] += count * deliveries * perInstance;
        },
      });
    }
  });

  const linkStart = linkLayout(plan);
  const instances = linkStart[linkStart.length - 1];
  const total = { bytes: new Float64Array(instances), messages: new Float64Array(instances) };
  const perBin = { bytes: new Float64Array(instances * bins), messages: new Float64Array(instances * bins) };
  shares.forEach((ranges, link) => {
    for (const share of ranges.values()) spreadOver(linkStart[link], share, bins, perBin);
  });
  for (let row = 0; row < instances; row++) {
    total.bytes[row] = sum(perBin.bytes.subarray(row * bins, (row + 1) * bins));
    total.messages[row] = sum(perBin.messages.subarray(row * bins, (row + 1) * bins));
  }
  return {
    linkStart,
    links: total,
    bins: perBin,
    flows: { delivered },
    sources: { messages, deterministic },
    loads,
  };
}

function shareOf(ranges: Map<number, LinkShare>, first: number, count: number, bins: number): LinkShare {
  const key = first * RANGE_KEY + count;
  let share = ranges.get(key);
  if (share === undefined) {
    share = { first, count, messages: new Float64Array(bins), bytes: new Float64Array(bins) };
    ranges.set(key, share);
  }
  return share;
}

function spreadOver(start: number, share: LinkShare, bins: number, perBin: Volumetrics['bins']): void {
  for (let instance = share.first; instance < share.first + share.count; instance++) {
    const at = (start + instance) * bins;
    for (let b = 0; b < bins; b++) {
      perBin.messages[at + b] += share.messages[b];
      perBin.bytes[at + b] += share.bytes[b];
    }
  }
}

function addScaled(into: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i] += values[i] * factor;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
