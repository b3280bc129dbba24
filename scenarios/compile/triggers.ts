import type { Compiled, FlowRow } from './flows.js';
import type { Leg } from './legs.js';

/**
 * Flows of a command whose deliveries an answer answers: those that reach its sender, since the end that got the command
 * answers it. An error of a node on the way answers what passes the node, once, when it gets to its first end. What a
 * system sends on about a command that it never saw, it sends for each leg of the command.
 */
export function triggersOf(command: Compiled, rows: readonly FlowRow[], answerLegs: readonly Leg[]): number[] {
  const senders = new Set(answerLegs.flatMap((leg) => leg.ways.flatMap((way) => way.from.split(', '))));
  const reached = command.flows.filter((flow) => rows[flow]!.way.to.split(', ').some((actor) => senders.has(actor)));
  if (reached.length > 0) return reached;
  const firstEnds = command.flows.filter((flow) => rows[flow]!.way === rows[flow]!.leg.ways[0]);
  return firstEnds.filter((flow) => {
    const { hops } = rows[flow]!.way.route;
    return hops.some((hop) => senders.has(hop.from) || senders.has(hop.to));
  });
}

/** Legs of an answer over which it goes back, one for each backhaul, and their share of the answers. */
export interface WayBack {
  readonly legs: readonly Leg[];
  readonly share: number;
}

/**
 * How an answer goes a command's way back: by the same devices and option where it can, over the command's backhaul, or
 * over each where the command does not depend on it (each backhaul has its own areas). Where devices or options differ,
 * those that fit best share the answers by their numbers.
 */
export function waysBack(command: Leg, answers: readonly Leg[]): WayBack[] {
  const possible = answers.filter(
    ({ backhaul }) => command.backhaul === '' || backhaul === '' || backhaul === command.backhaul,
  );
  const fit = (leg: Leg) => (leg.devices === command.devices ? 2 : 0) + (leg.option === command.option ? 1 : 0);
  const best = Math.max(...possible.map(fit));
  const ways = new Map<string, Leg[]>();
  for (const leg of possible.filter((candidate) => fit(candidate) === best)) {
    const key = `${leg.devices}|${leg.option}`;
    ways.set(key, [...(ways.get(key) ?? []), leg]);
  }
  const counts = [...ways.values()].map((legs) => legs[0]!.count);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [...ways.values()].map((legs, i) => ({ legs, share: counts[i]! / total }));
}
