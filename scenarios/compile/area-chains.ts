/** Chains of answers that come back to the devices of an area after they have passed systems of the operations centre. */
import type { Catalogue, CatalogueFlow, Population } from '../../payloads/types.js';
import type { Site } from '../../topologies/types.js';
import { CENTRE, kindOfSite } from './areas.js';

/**
 * Flows that are answered, at once or further down their chain, by a flow from or to devices that stand in areas. What a
 * billing system tells a head-end about a device is such a flow where the head-end then turns to that device: the message
 * must not forget the area that it is about. O(flows x length of a chain).
 * @returns ids of flows
 */
export function leadingToAreas(
  catalogue: Catalogue,
  population: (name: string) => Population,
  siteOf: (actor: string) => Site,
): ReadonlySet<string> {
  const flows = new Map(catalogue.rows.flatMap((row) => row.flows.map((flow) => [flow.id, flow])));
  const leading = new Set<string>();
  for (const flow of flows.values()) {
    if (flow.answers === undefined || !isOfAreaDevices(flow, population, siteOf)) continue;
    let command = flows.get(flow.answers.to);
    while (command !== undefined && !leading.has(command.id)) {
      leading.add(command.id);
      command = command.answers && flows.get(command.answers.to);
    }
  }
  return leading;
}

/** Whether the devices that the flow counts send or get it, and stand in areas. */
function isOfAreaDevices(
  { from, to, howOften }: CatalogueFlow,
  population: (name: string) => Population,
  siteOf: (actor: string) => Site,
): boolean {
  const { actors } = population(howOften.population);
  return [...from, ...to].some((actor) => actors.includes(actor) && kindOfSite(siteOf(actor)) !== CENTRE);
}
