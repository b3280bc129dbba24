/** What the links of a plan cost, by the cost figures of their technologies. Rough, for comparing networks. */
import type { Scenario } from '../scenarios/types.js';
import type { Plan } from '../sim/plan.js';
import type { ReferenceModel } from '../topologies/index.js';
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

export interface LinksCost {
  readonly capexUsd: number;
  readonly opexUsdPerYear: number;
  /** By name. */
  readonly networks: readonly NetworkCost[];
  /** Networks in use without a technology, whose cost is not known; by name. */
  readonly unknown: readonly string[];
}

/** A link in use, as it stands in every area of its kind. */
export interface LinkInUse {
  readonly name: string;
  readonly network: string;
  /** References that cross it. */
  readonly dataFlow: string;
  readonly kind: number;
  /** The most of any area: premises or members that have one each. */
  readonly copies: number;
  readonly isOneStation: boolean;
}

/** What there is one of per area, and how many devices are there. */
type AreaCounts = Pick<Plan['areas'], 'kind' | 'instances' | 'endpoints'>;
type Priced = Pick<Scenario, 'links' | 'dataFlows' | 'deployment'>;

/** A medium as it stands in every area of its kind: both directions of a link, or all data flows of an area network. */
interface Place {
  readonly network: string;
  readonly cost: Cost | undefined;
  readonly technology: string;
  readonly gateways: number;
  readonly endpoints: number;
}

/** Links of a plan, for `linksCost`. */
export function* linksInUse({ links, servers }: Plan): Generator<LinkInUse> {
  for (let link = 0; link < links.name.length; link++) {
    const server = links.server[link]!;
    yield {
      name: links.name[link]!,
      network: links.network[link]!,
      dataFlow: links.dataFlow[link]!,
      kind: links.kind[link]!,
      copies: servers.copies[server]!,
      isOneStation: servers.oneStation[server] === 1,
    };
  }
}

/**
 * Cost of every medium in use: its link and its gateway once, and each endpoint at its field end. Endpoints are those
 * of the area; of a link of two stations (a backhaul, a line) one; of a home area network its devices; of another network
 * of premises one for each premise. Where each member of an area has a link of its own, every area has as many as the
 * largest. Where no message goes nothing is built. O(links).
 * @returns null when no link has a technology
 */
export function linksCost(
  links: Iterable<LinkInUse>,
  areas: AreaCounts,
  scenario: Priced,
  model: ReferenceModel,
): LinksCost | null {
  const settings = [...Object.values(scenario.links), ...Object.values(scenario.dataFlows)];
  if (settings.every(({ medium }) => medium === undefined)) return null;
  const places = new Map<string, Place>();
  for (const link of links) {
    const key = placeKey(link);
    if (!places.has(key)) places.set(key, placeOf(link, areas, scenario, model));
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
  if (networks.size === 0) return null;
  const sorted = [...networks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, network]) => network);
  return {
    capexUsd: sorted.reduce((sum, { capexUsd }) => sum + capexUsd, 0),
    opexUsdPerYear: sorted.reduce((sum, { opexUsdPerYear }) => sum + opexUsdPerYear, 0),
    networks: sorted,
    unknown: [...unknown].sort(),
  };
}

/** Links of one medium: of a data flow of its own, or of a network in a kind of area. Names begin with it, see the compiler's links. */
function placeKey({ name, network, dataFlow, kind }: LinkInUse): string {
  const ofDataFlow = `${network} ${dataFlow}`;
  return name.startsWith(`${ofDataFlow} `) ? ofDataFlow : `${network} of ${kind}`;
}

function placeOf(
  { network, dataFlow, kind, copies, isOneStation }: LinkInUse,
  areas: AreaCounts,
  { links, dataFlows, deployment }: Priced,
  model: ReferenceModel,
): Place {
  const medium = (dataFlows[dataFlow] ?? links[network])?.medium;
  const technology = { network, technology: medium?.technology.name ?? '', cost: medium?.technology.cost };
  const instances = areas.instances[kind]!;
  const { sharing } = model.network(network);
  if (sharing === 'premise' && areas.kind[kind] === 'dap') {
    const isHan = network === 'HAN';
    const premises = isHan ? deployment.han.premises : deployment.meters.electric.total;
    return { ...technology, gateways: premises, endpoints: isHan ? deployment.han.devices : premises };
  }
  if (sharing === 'member') return { ...technology, gateways: instances * copies, endpoints: instances * copies };
  const endpoints = isOneStation ? instances : areas.endpoints[kind]!.reduce((sum, count) => sum + count, 0);
  return { ...technology, gateways: instances, endpoints };
}
