/** Which links the deliveries of a flow cross. */
import type { Plan } from './plan.js';

/**
 * Names of the links on the paths of every flow, by the flow's name: from the sources that send it to where it is delivered, each
 * in the direction in which it is crossed. Replies to a hop are on nobody's path. O(hops x depth of their trees).
 */
export function linksOnPaths({ hops, sources, flows, links }: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = new Map(flows.name.map((name) => [name, new Set<string>()]));
  const path: string[] = [];
  function walk(hop: number): void {
    path.push(links.name[hops.link[hop]]);
    const flow = hops.deliverFlow[hop];
    if (flow >= 0) for (const link of path) paths.get(flows.name[flow])!.add(link);
    for (let next = hops.child[hop]; next >= 0; next = hops.sibling[next]) walk(next);
    path.pop();
  }
  for (const root of new Set(sources.rootHop)) {
    for (let hop: number = root; hop >= 0; hop = hops.sibling[hop]) walk(hop);
  }
  return paths;
}
