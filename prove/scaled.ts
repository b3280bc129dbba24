/** A plan in which every flow is frequent, so that a wrong rate cannot hide behind its chance. */
import { type Plan, Process } from '../sim/plan.js';
import { volumetrics } from '../sim/volumetrics.js';

/** Answers that cause answers: longer chains would be left below the wanted number. */
const ROUNDS = 10;

/**
 * The plan with every message brought about at once (no transmission time, no delay, no warm-up), every outcome of a
 * delivery as likely as none, and rates raised by whole factors until each source is expected to start `wanted` messages:
 * its own rate, or the rates of the sources that cause it. Bursts stay as they are. Routes, sizes, windows and fans are
 * the plan's.
 */
export function scaledUp(plan: Plan, wanted: number): Plan {
  const outcomes = new Map<number, Set<number>>();
  plan.causes.trigger.forEach((flow, row) => {
    outcomes.set(flow, (outcomes.get(flow) ?? new Set()).add(plan.causes.group[row]!));
  });
  let scaled: Plan = {
    ...plan,
    time: { ...plan.time, warmUpDays: 0 },
    links: {
      ...plan.links,
      rateBps: plan.links.rateBps.map(() => Number.POSITIVE_INFINITY),
      delayS: plan.links.delayS.map(() => 0),
    },
    causes: {
      ...plan.causes,
      probability: plan.causes.probability.map((_, row) => 1 / (outcomes.get(plan.causes.trigger[row]!)!.size + 1)),
      delayS: plan.causes.delayS.map(() => 0),
      spreadS: plan.causes.spreadS.map(() => 0),
    },
  };
  const rootsOf = ownSourcesBehind(plan);
  for (let round = 0; round < ROUNDS; round++) {
    const { messages } = volumetrics(scaled).sources;
    const factor = new Float64Array(messages.length).fill(1);
    messages.forEach((expected, source) => {
      if (expected === 0 || expected >= wanted) return;
      for (const root of rootsOf[source]!) factor[root] = Math.max(factor[root]!, Math.ceil(wanted / expected));
    });
    if (factor.every((one) => one === 1)) break;
    const periodS = scaled.sources.periodS.map((period, source) => period / factor[source]!);
    scaled = { ...scaled, sources: { ...scaled.sources, periodS } };
  }
  return scaled;
}

/** The plan with other periods, one per source. */
export function withPeriods(plan: Plan, periodS: Float64Array): Plan {
  return { ...plan, sources: { ...plan.sources, periodS } };
}

/** Per source: itself if it has a rate, else the sources with a rate at the beginning of the chains that cause it. */
export function ownSourcesBehind({ sources, causes }: Plan): readonly (readonly number[])[] {
  const sendersOf = new Map<number, number[]>();
  const causedBy = sources.name.map((): number[] => []);
  for (let source = 0; source < sources.name.length; source++) {
    for (let i = sources.flowStart[source]!; i < sources.flowStart[source + 1]!; i++) {
      const flow = sources.flowItem[i]!;
      sendersOf.set(flow, [...(sendersOf.get(flow) ?? []), source]);
    }
  }
  causes.source.forEach((source, row) => {
    causedBy[source]!.push(...(sendersOf.get(causes.trigger[row]!) ?? []));
  });
  return sources.name.map((_, source) => {
    const reached = new Set([source]);
    for (const next of reached) for (const cause of causedBy[next]!) reached.add(cause);
    return [...reached].filter(
      (one) => sources.process[one] === Process.poisson || sources.process[one] === Process.periodic,
    );
  });
}
