/** Where and when messages start, answers included. */
import { type AreaRange, eachServingRange } from './area-range.js';
import type { HopTimes } from './hop-times.js';
import { ownRates } from './own-rates.js';
import { type Plan, Process } from './plan.js';
import { attempts } from './queueing/attempts.js';
import { type Load, walkSource } from './walk.js';

export interface ExpectedLoads {
  /** Per source; the loads of one source may overlap: they add up. */
  readonly loads: readonly (readonly Load[])[];
  /** Per source: 1 where every replication has the same number of messages. */
  readonly deterministic: Uint8Array;
  /** Per source: times that a message is sent on average, repetitions by the application after losses included. */
  readonly sends: Float64Array;
  /** Per flow: where it is delivered how often, for flows that cause answers or let held messages go. */
  readonly deliveries: readonly (readonly Load[])[];
}

/**
 * Expected messages of every source per range of instances and bin. Sources of their own have one load, their range;
 * an answer has its probability times the deliveries (of every listener) that cause it, in the instances of its range,
 * in the same bin. Answers may cause answers; their sources are resolved after those of their triggers. What is lost on
 * the way causes nothing; what the application sends again may be answered again.
 * O((sources + causes) x hops x bins).
 * @throws Error when answers cause each other in a circle.
 */
export function expectedLoads(plan: Plan, times: HopTimes): ExpectedLoads {
  const { sources, causes } = plan;
  const lost = (source: number, hop: number) => times.of(source, hop).lost;
  const unheard = (source: number, hop: number) => times.of(source, hop).unheard;
  const rates = ownRates(plan);
  const loads: Load[][] = sources.name.map((_, source) => {
    if (sources.process[source] === Process.caused) return [];
    const perBin = rates.perBin(source);
    const { kind, first, count } = rangeOf(plan, source);
    const { batch, spreadS } = rates.batch(source);
    return [{ kind, first, count, devices: sources.devices[source], perBin, batch, spreadS }];
  });
  const deliveriesOf: Load[][] = plan.flows.name.map(() => []);
  const causesOf = rowsByTrigger(plan);
  const sends = expectedSends(plan, causesOf, lost);
  const isAsking = new Set(plan.holds.untilFlow);

  for (const source of inOrderOfCause(plan, causesOf)) {
    for (const row of causesOf.bySource[source]) {
      const deliveries = deliveriesOf[causes.trigger[row]];
      for (const load of deliveries) answer(plan, source, row, load, loads[source]);
    }
    loads[source] = merged(loads[source]);
    if (!flowsOf(plan, source).some((flow) => causesOf.byTrigger[flow].length > 0 || isAsking.has(flow))) continue;
    for (const load of loads[source]) {
      walkSource(plan, source, load, {
        lost,
        unheard,
        delivery({ flow, kind, first, count, deliveries, devices, reach }) {
          if (causesOf.byTrigger[flow].length === 0 && !isAsking.has(flow)) return;
          const perBin = load.perBin.map((messages) => messages * sends[source] * deliveries * reach);
          const batch = load.batch * deliveries;
          deliveriesOf[flow].push({ kind, first, count, devices, perBin, batch, spreadS: load.spreadS });
        },
      });
    }
  }
  const deterministic = Uint8Array.from(sources.name, (_, source) => Number(rates.deterministic(source)));
  return { loads, deterministic, sends, deliveries: deliveriesOf };
}

/**
 * Times that each source's messages are sent: as often as needed, at most 1 + retries. A message is done when it is
 * delivered and, where it is answered, its answer is; with several receivers the mean counts. Lateness beyond `retryS`
 * is the simulation's affair.
 */
function expectedSends(plan: Plan, index: CauseIndex, lost: (source: number, hop: number) => number): Float64Array {
  const { sources, causes } = plan;
  const sends = new Float64Array(sources.name.length).fill(1);
  for (let source = 0; source < sends.length; source++) {
    if (sources.retries[source] === 0 || sources.retryS[source] === Infinity) continue;
    const answers = [...flowsOf(plan, source)].flatMap((flow) => index.byTrigger[flow]);
    const answered = Math.min(
      1,
      answers.reduce((sum, row) => sum + causes.probability[row], 0),
    );
    const back = answers.reduce(
      (sum, row) => sum + causes.probability[row] * shareDelivered(plan, causes.source[row], lost),
      0,
    );
    const share = answers.reduce((sum, row) => sum + causes.probability[row], 0);
    const done = shareDelivered(plan, source, lost) * (share > 0 ? 1 - answered + (answered * back) / share : 1);
    sends[source] = attempts(1 - done, sources.retries[source]).mean;
  }
  return sends;
}

/** Mean share of a source's messages that reaches its receivers. */
function shareDelivered(plan: Plan, source: number, lost: (source: number, hop: number) => number): number {
  let [reached, all] = [0, 0];
  walkSource(
    plan,
    source,
    { ...rangeOf(plan, source), devices: plan.sources.devices[source] },
    {
      lost,
      delivery({ count, deliveries, reach }) {
        reached += count * deliveries * reach;
        all += count * deliveries;
      },
    },
  );
  return all > 0 ? reached / all : 1;
}

/** Adds what `source` answers to deliveries: in its own area kind and its own range of instances. */
function answer(plan: Plan, source: number, row: number, deliveries: Load, into: Load[]): void {
  const range = rangeOf(plan, source);
  const probability = plan.causes.probability[row];
  const spreadS = Math.max(deliveries.spreadS, plan.causes.spreadS[row]);
  eachServingRange(plan.areas, deliveries, range.kind, (servingFirst, servingCount, weight) => {
    const first = Math.max(servingFirst, range.first);
    const end = Math.min(servingFirst + servingCount, range.first + range.count);
    if (first >= end) return;
    const perBin = deliveries.perBin.map((messages) => messages * weight * probability);
    const batch = Math.max(1, deliveries.batch * weight * probability);
    into.push({ kind: range.kind, first, count: end - first, devices: deliveries.devices, perBin, batch, spreadS });
  });
}

function rangeOf(plan: Plan, source: number): AreaRange {
  const { kind, firstInstance, instanceCount } = plan.sources;
  return { kind: kind[source], first: firstInstance[source], count: instanceCount[source] };
}

/** Loads of the same range and devices become one, so that their number does not grow along chains of answers. */
function merged(loads: Load[]): Load[] {
  if (loads.length < 2) return loads;
  const byRange = new Map<string, Load>();
  for (const load of loads) {
    const key = `${load.first} ${load.count} ${load.devices}`;
    const known = byRange.get(key);
    const perBin = known === undefined ? load.perBin : known.perBin.map((messages, b) => messages + load.perBin[b]);
    const { batch, spreadS } = known !== undefined && known.batch > load.batch ? known : load;
    const { kind, first, count, devices } = load;
    byRange.set(key, { kind, first, count, devices, perBin, batch, spreadS });
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

/** Sources such that a source comes after every source whose deliveries cause it (Kahn). O(sources + causes). */
function inOrderOfCause(plan: Plan, index: CauseIndex): number[] {
  const missing = new Uint32Array(plan.sources.name.length);
  if (plan.causes.trigger.length === 0) return [...missing.keys()];
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
