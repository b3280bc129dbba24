import type { Plan } from './plan.js';
import type { NetworkResult } from './results.js';

/** What joins whom, link by link; undefined where the plan's labels do not say. */
export function networkResult({ labels, links, areas }: Plan): NetworkResult | undefined {
  if (labels.network === undefined) return undefined;
  const { actors, ends } = labels.network;
  return {
    actors,
    links: links.name.map((link, i) => ({
      link,
      network: links.network[i]!,
      kind: areas.kind[links.kind[i]!]!,
      areas: areas.instances[links.kind[i]!]!,
      ends: ends[i]!,
    })),
  };
}
