import type { Route } from '../../topologies/types.js';
import type { Scenario, UpTime } from '../types.js';

/** What may fail on a route: a link, by its data flow, or a node, by its actor. The same name is the same component. */
export interface Component {
  readonly kind: 'link' | 'node';
  readonly name: string;
  readonly upTime: UpTime;
}

/**
 * Links and nodes on a route that may fail, each once, in the order in which a message meets them. What the scenario says
 * nothing about never fails.
 * @param ofTechnology availability of the technology of a data flow's link, 0..1; asked only where the scenario wants it
 */
export function componentsOf(
  route: Route,
  { availability }: Pick<Scenario, 'availability'>,
  ofTechnology: (dataFlow: string, network: string) => number | undefined = () => undefined,
): Component[] {
  const { networks, dataFlows, nodes, ofTechnologies } = availability;
  const found = new Map<string, Component>();
  const add = (kind: Component['kind'], name: string, upTime: UpTime | undefined) => {
    if (upTime !== undefined) found.set(`${kind} ${name}`, { kind, name, upTime });
  };
  route.hops.forEach((hop, i) => {
    if (i === 0) add('node', hop.from, nodes[hop.from]);
    const share = ofTechnologies ? ofTechnology(hop.ref, hop.network) : undefined;
    const technology = share === undefined ? undefined : { share, mtbfS: Number.NaN, mttrS: Number.NaN };
    add('link', hop.ref, dataFlows[hop.ref] ?? networks[hop.network] ?? technology);
    add('node', hop.to, nodes[hop.to]);
  });
  return [...found.values()];
}
