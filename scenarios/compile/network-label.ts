import type { NetworkLabel } from '../../sim/plan.js';
import { kindOfSite } from './areas.js';
import type { CompileContext } from './context.js';
import type { Links } from './links.js';

/** Actors at the ends of links, with domain, depth and count, and which of them every link joins. */
export function networkLabel(links: Links, { topology, count, areas }: CompileContext): NetworkLabel {
  const names = [
    ...new Set(links.rows.flatMap(({ ends }) => [...ends.values()].flatMap(({ from, to }) => [from, to]))),
  ];
  const row = new Map(names.map((name, i) => [name, i]));
  const countOf = (name: string): number => {
    const expression = topology.countOf(name);
    if (expression !== undefined) return Math.round(count(expression));
    const site = topology.siteOf(name);
    return site === 'premise' || site === 'feeder' ? 0 : areas.instances[kindOfSite(site)]!;
  };
  return {
    actors: names.map((name) => ({ name, ...topology.standing(name), count: countOf(name) })),
    ends: links.rows.map(({ ends }) =>
      [...ends.values()].map(({ from, to }) => [row.get(from)!, row.get(to)!] as const),
    ),
  };
}
