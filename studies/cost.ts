/** What the links of a plan cost, by the cost figures of their technologies. Rough, for comparing networks. */
import type { Scenario } from '../scenarios/types.js';
import type { Plan } from '../sim/plan.js';
import { referenceModel } from '../topologies/index.js';
import type { Cost } from '../topologies/technology-types.js';

/** The media of one technology in a network. */
export interface NetworkCost {
  readonly network: string;
  readonly technology: string;
  /** Media, each with a gateway: one per area, per premise or per data flow. */
  readonly gateways: number;
  /** Radios and modems at their field end. */
  readonly endpoints: number;
  readonly capexUsd: number;
  readonly opexUsdPerYear: number;
}

export interface PlanCost {
  readonly networks: readonly NetworkCost[];
  /** Networks in use without a technology, whose cost is not known. */
  readonly unknown: readonly string[];
}

/** A medium as it stands in every area of its kind: both directions of a link, or all data flows of an area network. */
interface Place {
  readonly network: string;
  readonly cost: Cost | undefined;
  readonly technology: string;
  readonly gateways: number;
  readonly endpoints: number;
}

/**
 * Cost of every medium of a plan: its link and its gateway once, and each endpoint at its field end. Endpoints are those
 * of the area; of a link of two stations (a backhaul, a line) one; of a home area network its devices; of another network
 * of premises one for each premise. Media are those of the plan: where no message goes nothing is built. O(links).
 */
export function planCost(plan: Plan, scenario: Pick<Scenario, 'links' | 'dataFlows' | 'deployment'>): PlanCost {
  const places = new Map<string, Place>();
  for (let link = 0; link < plan.links.name.length; link++) {
    const key = placeKey(plan, link);
    if (!places.has(key)) places.set(key, placeOf(plan, link, scenario));
  }
  const networks = new Map<string, NetworkCost>();
  const unknown = new Set<string>();
  for (const { network, technology, cost, gateways, endpoints } of places.values()) {
    if (cost === undefined) {
      unknown.add(network);
      continue;
    }
    const key = `${network} ${technology}`;
    const known = networks.get(key);
    const perGateway = cost.linkCapexUsd + cost.gatewayCapexUsd;
    const perGatewayYear = cost.linkOpexUsdPerYear + cost.gatewayOpexUsdPerYear;
    networks.set(key, {
      network,
      technology,
      gateways: (known?.gateways ?? 0) + gateways,
      endpoints: (known?.endpoints ?? 0) + endpoints,
      capexUsd: (known?.capexUsd ?? 0) + gateways * perGateway + endpoints * cost.endpointCapexUsd,
      opexUsdPerYear:
        (known?.opexUsdPerYear ?? 0) + gateways * perGatewayYear + endpoints * cost.endpointOpexUsdPerYear,
    });
  }
  return { networks: [...networks.values()], unknown: [...unknown] };
}

/** Links of one medium: of a data flow of its own, or of a network in a kind of area. Names begin with it, see the compiler's links. */
function placeKey({ links }: Plan, link: number): string {
  const ofDataFlow = `${links.network[link]} ${links.dataFlow[link]}`;
  return links.name[link]!.startsWith(`${ofDataFlow} `) ? ofDataFlow : `${links.network[link]} of ${links.kind[link]}`;
}

function placeOf(plan: Plan, link: number, { links, dataFlows, deployment }: Parameters<typeof planCost>[1]): Place {
  const network = plan.links.network[link]!;
  const kind = plan.links.kind[link]!;
  const medium = (dataFlows[plan.links.dataFlow[link]!] ?? links[network])?.medium;
  const technology = { network, technology: medium?.technology.name ?? '', cost: medium?.technology.cost };
  const areas = plan.areas.instances[kind]!;
  if (plan.areas.kind[kind] === 'dap' && referenceModel().network(network).sharing === 'premise') {
    const isHan = network === 'HAN';
    const premises = isHan ? deployment.han.premises : deployment.meters.electric.total;
    return { ...technology, gateways: premises, endpoints: isHan ? deployment.han.devices : premises };
  }
  const isOneStation = plan.servers.oneStation[plan.links.server[link]!] === 1;
  const endpoints = isOneStation ? areas : plan.areas.endpoints[kind]!.reduce((sum, count) => sum + count, 0);
  return { ...technology, gateways: areas, endpoints };
}
