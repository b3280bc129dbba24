/** Where and when messages start, answers included. */
import { type AreaRange, eachServingRange } from './area-range.js';
import { ownRates } from './own-rates.js';
import { type Plan, Process } from './plan.js';
import { type Load, walkSource } from './walk.js';

export interface ExpectedLoads {
  /** Per source; the loads of one source may overlap: they add up. */
  readonly loads: readonly (readonly Load[])[];
  /** Per source: 1 where every replication has the same number of messages. */
  readonly deterministic: Uint8Array;
}

/**
 * Expected messages of every source per range of instances and bin. Sources of their own have one load, their range;
 * an answer has its probability times the deliveries (of every listener) that cause it, in the instances of its range,
 * in the same bin. Answers may cause answers; their sources are resolved after those of their triggers.
 * O((sources + causes) x hops x bins).
 * @throws Error when answers cause each other in a circle.
 */
export function expectedLoads(plan: Plan): ExpectedLoads {
  const { sources, causes } = plan;
  const rates = ownRates(plan);
  const loads: Load[][] = sources.name.map((_, source) => {
    if (sources.process[source] === Process.caused) return [];
    return [{ ...rangeOf(plan, source), devices: sources.devices[source], perBin: rates.perBin(source) }];
  });
  const deliveriesOf: Load[][] = plan.flows.name.map(() => []);
  const causesOf = rowsByTrigger(plan);

  for (const source of inOrderOfCause(plan, causesOf)) {
    for (const row of causesOf.bySource[source]) {
      const deliveries = deliveriesOf[causes.trigger[row]];
      for (const load of deliveries) answer(plan, source, causes.probability[row], load, loads[source]);
    }
    loads[source] = merged(loads[source]);
    if (!sourceTriggers(plan, source, causesOf)) continue;
    for (const load of loads[source]) {
      walkSource(plan, source, load, {
        delivery({ flow, kind, first, count, deliveries, devices }) {
          if (causesOf.byTrigger[flow].length === 0) return;
          const perBin = load.perBin.map((messages) => messages * deliveries);
          deliveriesOf[flow].push({ kind, first, count, devices, perBin });
        },
      });
    }
  }
  return { loads, deterministic: Uint8Array.from(sources.name, (_, source) => Number(rates.deterministic(source))) };
}

/** Adds what `source` answers to deliveries: in its own area kind and its own range of instances. */
function answer(plan: Plan, source: number, probability: number, deliveries: Load, into: Load[]): void {
  const range = rangeOf(plan, source);
  eachServingRange(plan.areas, deliveries, range.kind, (servingFirst, servingCount, weight) => {
    const first = Math.max(servingFirst, range.first);
    const end = Math.min(servingFirst + servingCount, range.first + range.count);
    if (first >= end) return;
    const perBin = deliveries.perBin.map((messages) => messages * weight * probability);
    into.push({ kind: range.kind, first, count: end - first, devices: deliveries.devices, perBin });
  });
}

function rangeOf(plan: Plan, source: number): AreaRange {
  const { kind, firstInstance, instanceCount } = plan.sources;
  return { kind: kind[source], first: firstInstance[source], count: instanceCount[source] };
}

/** Loads of the same range and devices become one, so that their number does not grow along chains of answers. */
function merged(loads: readonly Load[]): Load[] {
  const byRange = new Map<string, Load>();
  for (const load of loads) {
    const key = `${load.first} ${load.count} ${load.devices}`;
    const known = byRange.get(key);
    const perBin = known === undefined ? load.perBin : known.perBin.map((messages, b) => messages + load.perBin[b]);
    byRange.set(key, { ...load, perBin });
  }
  return [...byRange.values()];
}

interface CauseIndex {
  /** Rows of the cause table per trigger flow and per caused source. */
  readonly byTrigger: readonly (readonly number[])[];
  readonly bySource: readonly (readonly number[])[];
}

function rowsByTrigger(plan: Plan): CauseIndex {
  const byTrigger: number[][] = plan.flows.name.map(() => []);
  const bySource: number[][] = plan.sources.name.map(() => []);
  plan.causes.trigger.forEach((flow, row) => {
    byTrigger[flow].push(row);
    bySource[plan.causes.source[row]].push(row);
  });
  return { byTrigger, bySource };
}

function flowsOf(plan: Plan, source: number): Uint32Array {
  return plan.sources.flowItem.subarray(plan.sources.flowStart[source], plan.sources.flowStart[source + 1]);
}

function sourceTriggers(plan: Plan, source: number, index: CauseIndex): boolean {
  return flowsOf(plan, source).some((flow) => index.byTrigger[flow].length > 0);
}

/** Sources such that a source comes after every source whose deliveries cause it (Kahn). O(sources + causes). */
function inOrderOfCause(plan: Plan, index: CauseIndex): number[] {
  const missing = new Uint32Array(plan.sources.name.length);
  const caused = (source: number) =>
    [...flowsOf(plan, source)].flatMap((flow) => index.byTrigger[flow].map((row) => plan.causes.source[row]));
  for (let source = 0; source < missing.length; source++) for (const target of caused(source)) missing[target]++;
  const order = Array.from(missing.keys()).filter((source) => missing[source] === 0);
  // The list grows while it is walked.
  for (const source of order) {
    for (const target of caused(source)) {
      missing[target]--;
      if (missing[target] === 0) order.push(target);
    }
  }
  if (order.length < missing.length) {
    const stuck = plan.sources.name.filter((_, source) => missing[source] > 0);
    throw new Error(`plan: answers cause each other in a circle, among: ${stuck.join(', ')}`);
  }
  return order;
}
