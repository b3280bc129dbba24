/** Runs of a plan with counters in front of its sources, and what they have to obey. */
import type { Plan } from '../sim/plan.js';
import type { ReplicationStats } from '../sim/replication.js';
import { simulateReplications } from '../sim/replications.js';
import { type Volumetrics, volumetrics } from '../sim/volumetrics.js';
import { type Consequences, consequences } from './consequences.js';
import { answerClaims, type Claim, ownClaims } from './laws.js';
import { withTaps } from './taps.js';

/** Sums of bytes in another order, relative; sizes need not be whole. */
const ROUNDING = 1e-12;

export interface Run {
  /** With taps: links from `firstTap` on are counters. */
  readonly plan: Plan;
  readonly firstTap: number;
  readonly seed: string;
  readonly stats: ReplicationStats;
  readonly expected: Volumetrics;
  readonly claims: readonly Claim[];
  /** Answers that leave some time after their command: no claim about them. */
  readonly unclaimed: readonly string[];
  /** What the messages that were started must have brought about. */
  readonly due: Consequences;
}

/**
 * Simulates `simulated`, once per seed and all at the same time, and holds it against the volumetrics of `claimed`, which
 * is the same plan but in the proof of the proof.
 */
export async function runSeeds(simulated: Plan, seeds: readonly string[], claimed = simulated): Promise<Run[]> {
  const tapped = withTaps(claimed);
  const expected = volumetrics(tapped.plan);
  const given = withTaps(simulated).plan;
  const all = await Promise.all(seeds.map((seed) => simulateReplications({ ...given, seed }, [1], { workers: 1 })));
  return all.map(([stats], i) => {
    const { plan, firstTap } = tapped;
    const at = (source: number, instance: number) =>
      stats!.links.messages[stats!.linkStart[firstTap + source]! + instance]!;
    const started = (source: number) => {
      const first = plan.sources.firstInstance[source]!;
      let total = 0;
      for (let n = 0; n < plan.sources.instanceCount[source]!; n++) total += at(source, first + n);
      return total;
    };
    const answers = answerClaims(plan, stats!, started);
    return {
      plan,
      firstTap,
      seed: seeds[i]!,
      stats: stats!,
      expected,
      claims: [...ownClaims(plan, expected, started), ...answers.claims],
      unclaimed: answers.spread,
      due: consequences(plan, at),
    };
  });
}

/** Flows of which messages vanish or appear: in flight at the start + sent must be delivered + lost + in flight at the end. */
export function unbalanced({ plan, stats: { flows } }: Run): string[] {
  return plan.flows.name.filter(
    (_, f) => flows.inFlightStart[f]! + flows.sent[f]! !== flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!,
  );
}

/** Flows that the started messages do not account for. */
export function unaccountedFlows({ plan, stats, due }: Run): string[] {
  return plan.flows.name.filter((_, f) => stats.flows.sent[f] !== due.delivered[f]);
}

/**
 * Link templates (all instances, one direction) whose messages or bytes the started messages do not account for, but for
 * messages that were under way, or dropped before they got there.
 */
export function unaccountedLinks(run: Run): string[] {
  const { plan, stats, due, firstTap } = run;
  const allowance = underWay(run);
  const sum = (column: Float64Array, link: number) => {
    let total = 0;
    for (let i = stats.linkStart[link]!; i < stats.linkStart[link + 1]!; i++) total += column[i]!;
    return total;
  };
  return plan.links.name.slice(0, firstTap).filter((_, link) => {
    const messages = Math.abs(sum(stats.links.messages, link) - sum(due.messages, link));
    const bytes = Math.abs(sum(stats.links.bytes, link) - sum(due.bytes, link));
    return messages > allowance.messages[link]! || bytes > allowance.bytes[link]! + ROUNDING * sum(due.bytes, link);
  });
}

/** Messages of all link templates that may differ from what was started: under way at an end of the run, or lost. */
export function tolerated(run: Run): number {
  return underWay(run).messages.reduce((sum, messages) => sum + messages, 0);
}

/** Per link template: messages and bytes of flows whose trees cross it that were in flight at an end, or lost. */
function underWay({ plan, stats: { flows }, firstTap }: Run): { messages: Float64Array; bytes: Float64Array } {
  const { hops, sources } = plan;
  const messages = new Float64Array(firstTap);
  const bytes = new Float64Array(firstTap);
  const crossed = plan.links.name.map(() => new Map<number, number>()); // flow -> largest size on the wire
  for (let source = 0; source < sources.name.length; source++) {
    const below = (hop: number): number[] => {
      const found = hops.deliverFlow[hop]! < 0 ? [] : [hops.deliverFlow[hop]!];
      for (let child = hops.child[hop]!; child >= 0; child = hops.sibling[child]!) found.push(...below(child));
      const link = crossed[hops.link[hop]!]!;
      const wireB = sources.sizeB[source]! + hops.overheadB[hop]!;
      for (const flow of found) link.set(flow, Math.max(link.get(flow) ?? 0, wireB));
      return found;
    };
    below(sources.rootHop[source]!);
  }
  for (let link = 0; link < firstTap; link++) {
    for (const [flow, wireB] of crossed[link]!) {
      const under = flows.inFlightStart[flow]! + flows.inFlightEnd[flow]! + flows.lost[flow]!;
      messages[link]! += under;
      bytes[link]! += under * wireB;
    }
  }
  return { messages, bytes };
}

export interface Share {
  readonly network: string;
  readonly direction: number;
  readonly simulatedB: number;
  readonly expectedB: number;
  readonly simulatedMessages: number;
  readonly expectedMessages: number;
}

/** Offered and expected bytes and messages per network and direction, mean of the runs. */
export function byNetwork(runs: readonly Run[]): Share[] {
  const { plan, firstTap, expected } = runs[0]!;
  const shares = new Map<string, Share>();
  for (let link = 0; link < firstTap; link++) {
    const key = `${plan.links.network[link]} ${plan.links.direction[link]}`;
    const share = shares.get(key) ?? {
      network: plan.links.network[link]!,
      direction: plan.links.direction[link]!,
      simulatedB: 0,
      expectedB: 0,
      simulatedMessages: 0,
      expectedMessages: 0,
    };
    const total = { ...share };
    for (let i = expected.linkStart[link]!; i < expected.linkStart[link + 1]!; i++) {
      total.expectedB += expected.links.bytes[i]!;
      total.expectedMessages += expected.links.messages[i]!;
      for (const { stats } of runs) {
        total.simulatedB += stats.links.bytes[i]! / runs.length;
        total.simulatedMessages += stats.links.messages[i]! / runs.length;
      }
    }
    shares.set(key, total);
  }
  return [...shares.values()];
}
