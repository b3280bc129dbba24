/** Sessions of the protocols of a stack: keep-alives, and set-ups after outages, which no payload of the catalogue is. */
import { type OutageTable, Phase, Process } from '../../sim/plan.js';
import type { Carried } from '../../topologies/overhead/medium.js';
import { type LayerTraffic, overheadOf } from '../../topologies/overhead/overhead.js';
import type { MediumSettings } from '../types.js';
import type { CompileContext } from './context.js';
import type { Framings } from './framings.js';
import { type LinkRow, type Links, wayOf } from './links.js';
import { premisesOf } from './premises.js';
import type { Burst, SourceRow } from './sources.js';
import { toRanges } from './spread.js';
import type { Trees } from './trees.js';

/** Sessions without keep-alive notice that their link is back within this. */
const NOTICED_S = 60;
/** As commands and acknowledgements. */
const PRIORITY = 1;

/** Links between whose ends sessions persist: by one the client sends, by the other the server. */
export interface SessionPlace {
  readonly out: number;
  readonly back: number;
  readonly medium: MediumSettings;
}

/** One place for each medium whose sessions persist; the client is the end in the field. Adds links back where nothing else goes. */
export function sessionPlaces(links: Links): SessionPlace[] {
  const places = new Map<string, SessionPlace>();
  for (const [link, row] of [...links.rows].entries()) {
    const { medium } = row.settings;
    if (medium?.sessions !== 'persistent' || places.has(row.place)) continue;
    const other = links.back(row.hop);
    const [out, back] = row.direction === 'down' ? [other, link] : [link, other];
    places.set(row.place, { out, back, medium });
  }
  return [...places.values()];
}

/**
 * Sources of all sessions: one per device at the field end, protocol and purpose. A set-up is one message each way, as
 * many frames as all messages of the set-up in that direction have together.
 */
export function sessionSources(
  places: readonly SessionPlace[],
  outages: OutageTable,
  plan: {
    readonly links: Links;
    readonly trees: Trees;
    readonly framings: Framings;
    /** Of every instance of every kind of area. */
    readonly endpoints: readonly Float64Array[];
  },
  context: CompileContext,
): SourceRow[] {
  return places.flatMap((place) => {
    const row = plan.links.rows[place.out]!;
    const { keepAlive, setup } = overheadOf(place.medium.stack, 0, place.medium.technology, wayOf(row));
    const devices = devicesOf(row, plan.endpoints, context);
    const source = (what: string, traffic: LayerTraffic) => ({
      name: `${what} ${traffic.layer} | ${row.name}`,
      rootHop: exchange(place, traffic, plan),
    });
    const noticedS = keepAlive.reduce((least, { intervalS }) => Math.min(least, intervalS), NOTICED_S);
    const kept = keepAlive.flatMap((traffic) =>
      rowsOf(row, devices, { ...source('keep-alive', traffic), process: Process.periodic, periodS: traffic.intervalS }),
    );
    const again = setup.flatMap((traffic) =>
      outagesOf(row, outages).flatMap(({ name, devicesIn, atS }) =>
        rowsOf(
          row,
          devices.map((all, instance) => devicesIn(instance, all)),
          {
            ...source('set-up', traffic),
            name: `set-up ${traffic.layer} | ${row.name} | ${name}`,
            process: Process.burst,
            spreadS: noticedS,
            atS,
          },
        ),
      ),
    );
    if (again.length > 0) noteSetUp(row, noticedS, context);
    return [...kept, ...again];
  });
}

/** Request of the client and answer of the server: a hop with its reply. */
function exchange(
  { out, back, medium }: SessionPlace,
  { byWay }: LayerTraffic,
  { links, trees, framings }: { readonly links: Links; readonly trees: Trees; readonly framings: Framings },
): number {
  const hop = (link: number) => {
    const way = wayOf(links.rows[link]!);
    const { frames, bytes, airtimeS }: Carried = byWay[way];
    return frames === 0
      ? -1
      : trees.single(link, framings.equal(frames, bytes, airtimeS, medium.technology, way), bytes);
  };
  return trees.answered(hop(out), hop(back));
}

function devicesOf(
  { kind, farEnd, network }: LinkRow,
  endpoints: readonly Float64Array[],
  context: CompileContext,
): readonly number[] {
  if (farEnd === 'endpoints') return [...endpoints[kind]!];
  if (farEnd === 'premises') return premisesOf(network, context);
  return new Array<number>(context.areas.instances[kind]!).fill(1);
}

/** Devices that have to set up again after an outage: of a link all who send by it, of power those who were without. */
interface SessionOutage {
  readonly name: string;
  readonly atS: number; // over
  /** @param all devices of the instance */
  readonly devicesIn: (instance: number, all: number) => number;
}

function outagesOf({ server, kind, farEnd }: LinkRow, outages: OutageTable): SessionOutage[] {
  return outages.name.flatMap((name, i) => {
    const ofLink = outages.server[i] === server;
    const ofPower = outages.server[i] === -1 && outages.kind[i] === kind && farEnd === 'endpoints';
    if (!ofLink && !ofPower) return [];
    const first = outages.firstInstance[i]!;
    const end = first + outages.instanceCount[i]!;
    const concerned = (all: number) => (ofLink && outages.nodes[i] === 0 ? all : Math.min(all, outages.nodes[i]!));
    const devicesIn = (instance: number, all: number) => (instance >= first && instance < end ? concerned(all) : 0);
    return [{ name, atS: outages.toS[i]!, devicesIn }];
  });
}

function rowsOf(
  { kind }: LinkRow,
  devices: readonly number[],
  own: Pick<SourceRow, 'name' | 'rootHop' | 'process'> & {
    readonly periodS?: number;
    readonly spreadS?: number;
    readonly atS?: number;
  },
): SourceRow[] {
  const { name, atS, ...given } = own;
  return toRanges(devices).map((range) => {
    const bursts: Burst[] = atS === undefined ? [] : [{ atS, devices: range.devices }];
    return {
      name: range.first === 0 ? name : `${name} @${range.first}`,
      kind,
      range,
      periodS: Number.POSITIVE_INFINITY,
      window: 0,
      phase: Phase.random,
      spreadS: 0,
      bursts,
      sizeB: 0,
      priority: PRIORITY,
      flows: [],
      isLocal: false,
      afterS: 0,
      firstNode: 0,
      concurrency: 1,
      retryS: Number.POSITIVE_INFINITY,
      retries: 0,
      ...given,
    };
  });
}

function noteSetUp({ name }: LinkRow, noticedS: number, { assumptions }: CompileContext): void {
  assumptions.add({
    kind: 'default',
    key: `sessions of ${name}`,
    value: String(noticedS),
    unit: 's',
    reason:
      'within which clients notice that their link or power is back and set up again: the shortest interval of keep-alives, a minute at most',
  });
}
