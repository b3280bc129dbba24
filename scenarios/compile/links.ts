import { Direction, Discipline, type LinkTable, type ServerTable } from '../../sim/plan.js';
import type { Way } from '../../topologies/overhead/medium.js';
import type { Network, RouteHop, Site } from '../../topologies/types.js';
import type { LinkSettings, Scenario } from '../types.js';
import { AREA_KINDS, type AreaKind, DAP, kindOfHop } from './areas.js';
import { column } from './column.js';
import { Media } from './media.js';

export interface LinkRow {
  readonly name: string;
  readonly network: string;
  readonly dataFlows: Set<string>;
  /** Actors that its data flows join, by `from > to`. */
  readonly ends: Map<string, RouteHop>;
  readonly kind: AreaKind;
  readonly direction: RouteHop['direction'];
  readonly server: number;
  readonly settings: LinkSettings;
  readonly rateBps: number;
  readonly copies: number;
  /** Medium: what both directions have in common, e.g. `NAN dap`. */
  readonly place: string;
  /** The hop that it was made for. */
  readonly hop: RouteHop;
  /** Where its devices stand: whether many endpoints are at the far end, or one station. */
  readonly farEnd: FarEnd;
}

/** Who is at the field end of a link: the endpoints of its area, one station per premise, or one station. */
export type FarEnd = 'endpoints' | 'premises' | 'station';

interface ServerRow {
  readonly name: string;
  readonly kind: AreaKind;
  readonly copies: number;
  readonly settings: LinkSettings;
  /** Row of the media; -1: a pipe. */
  readonly medium: number;
}

function endsOf({ from, to }: RouteHop): string {
  return `${from} > ${to}`;
}

/** What the link builder must know of the world around it. */
export interface LinkContext {
  readonly scenario: Scenario;
  readonly network: (name: string) => Network;
  readonly siteOf: (actor: string) => Site;
  /** Premises of every DAP area that have this network (home area network, broadband). */
  readonly premises: (network: string) => readonly number[];
  /** Of the actor at either end of a hop that the deployment counts, how many stand in every area of a kind. */
  readonly members: (hop: RouteHop, kind: AreaKind) => readonly number[];
}

/** Direction of a link as its technology has it: what goes across goes like what goes down. */
export function wayOf({ direction }: Pick<LinkRow, 'direction'>): Way {
  return direction === 'up' ? 'up' : 'down';
}

/**
 * Interns the links that routes cross. An area network is one medium per DAP or substation area and direction; a premise
 * network one per premise, a member network one per member; other networks one link per data flow. A data flow with settings of its own gets its own link.
 */
export class Links {
  readonly rows: LinkRow[] = [];
  readonly media = new Media();
  readonly #servers: ServerRow[] = [];
  readonly #byName = new Map<string, number>();
  readonly #serverByName = new Map<string, number>();
  /** Routes are found once and crossed by many flows: their hops are known by identity. */
  readonly #byHop = new Map<RouteHop, number>();
  readonly #reverse = new Map<RouteHop, number>();
  readonly #context: LinkContext;

  constructor(context: LinkContext) {
    this.#context = context;
  }

  /** Handle of the link that a hop crosses. */
  of(hop: RouteHop): number {
    const link = this.#byHop.get(hop) ?? this.#intern(hop);
    this.#byHop.set(hop, link);
    return link;
  }

  /** Handle of the link by which the receiver of a hop answers at once: the same data flow, the other direction. */
  back(hop: RouteHop): number {
    const known = this.#reverse.get(hop);
    if (known !== undefined) return known;
    const direction = hop.direction === 'up' ? 'down' : hop.direction === 'down' ? 'up' : 'across';
    const link = this.#intern({ ...hop, from: hop.to, to: hop.from, direction });
    this.#reverse.set(hop, link);
    return link;
  }

  #intern(hop: RouteHop): number {
    const network = this.#context.network(hop.network);
    const own = this.#context.scenario.dataFlows[hop.ref];
    const settings = own ?? this.#context.scenario.links[hop.network];
    if (settings === undefined) throw new Error(`no settings for the network ${hop.network}`);
    const kind = kindOfHop(hop, this.#context.siteOf);
    const perDataFlow = own !== undefined || network.sharing === 'dataFlow';
    const medium = [hop.network, perDataFlow ? hop.ref : AREA_KINDS[kind]].join(' ');
    const way = hop.direction === 'across' ? `${hop.from} to ${hop.to}` : hop.direction;
    const name = `${medium} ${way}`;
    const known = this.#byName.get(name);
    if (known !== undefined) {
      this.rows[known]!.dataFlows.add(hop.ref);
      this.rows[known]!.ends.set(endsOf(hop), hop);
      return known;
    }
    const copies = Math.max(1, ...this.#ownersOf(network, hop, kind));
    const server = this.#server(settings.duplex === 'half' ? medium : name, kind, copies, settings);
    const rateBps = hop.direction === 'up' ? settings.rateBps.up : settings.rateBps.down;
    this.rows.push({
      name,
      network: hop.network,
      dataFlows: new Set([hop.ref]),
      ends: new Map([[endsOf(hop), hop]]),
      kind,
      direction: hop.direction,
      server,
      settings,
      rateBps,
      copies,
      place: medium,
      hop,
      farEnd: copies > 1 ? 'premises' : this.#reachesEndpoints(hop) ? 'endpoints' : 'station',
    });
    this.#byName.set(name, this.rows.length - 1);
    return this.rows.length - 1;
  }

  /** Those of an area who have a link of their own. */
  #ownersOf({ name, sharing }: Network, hop: RouteHop, kind: AreaKind): readonly number[] {
    if (sharing === 'member') return this.#context.members(hop, kind);
    return sharing === 'premise' && kind === DAP ? this.#context.premises(name) : [];
  }

  #server(name: string, kind: AreaKind, copies: number, settings: LinkSettings): number {
    const known = this.#serverByName.get(name);
    if (known !== undefined) return known;
    const medium = settings.medium === undefined ? -1 : this.media.of(settings.medium);
    this.#servers.push({ name, kind, copies, settings, medium });
    this.#serverByName.set(name, this.#servers.length - 1);
    return this.#servers.length - 1;
  }

  #reachesEndpoints({ from, to }: RouteHop): boolean {
    return [from, to].some((actor) => ['premise', 'feeder'].includes(this.#context.siteOf(actor)));
  }

  linkTable(): LinkTable {
    const rows = this.rows;
    return {
      name: rows.map((row) => row.name),
      network: rows.map((row) => row.network),
      dataFlow: rows.map((row) => [...row.dataFlows].sort().join(' ')),
      kind: column(Uint8Array, rows, (row) => row.kind),
      direction: column(Uint8Array, rows, (row) => Direction[row.direction]),
      server: column(Uint32Array, rows, (row) => row.server),
      rateBps: column(Float64Array, rows, (row) => row.rateBps),
      delayS: column(Float64Array, rows, (row) => row.settings.delayS),
    };
  }

  serverTable(): ServerTable {
    const rows = this.#servers;
    const oneStation = new Uint8Array(rows.length).fill(1);
    for (const { server, farEnd } of this.rows) if (farEnd !== 'station') oneStation[server] = 0;
    return {
      name: rows.map((row) => row.name),
      kind: column(Uint8Array, rows, (row) => row.kind),
      copies: column(Uint32Array, rows, (row) => row.copies),
      discipline: column(Uint8Array, rows, (row) => Discipline[row.settings.discipline]),
      bufferB: column(Float64Array, rows, (row) => row.settings.bufferB),
      quantumB: column(Float64Array, rows, (row) => row.settings.quantumB),
      bufferMessages: column(Float64Array, rows, (row) => row.settings.bufferMessages),
      ...(rows.some(({ settings }) => Number.isFinite(settings.keepS))
        ? { keepS: column(Float64Array, rows, (row) => row.settings.keepS) }
        : {}),
      weights: rows.map((row) => row.settings.weights),
      oneStation,
      medium: column(Int32Array, rows, (row) => row.medium),
    };
  }
}
