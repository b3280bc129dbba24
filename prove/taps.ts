/** Counters in front of sources: how many messages each source started, which results do not tell. */
import { Direction, Discipline, Fan, type Plan } from '../sim/plan.js';

export interface TappedPlan {
  readonly plan: Plan;
  /** Link of source s: `firstTap + s`; its instances are those of the source's area kind. */
  readonly firstTap: number;
}

/**
 * The same plan with one more hop before the first of every source, over a link of its own that takes no time: its
 * offered messages are the messages of the source, per area instance. Rates, phases and routes are untouched, and so are
 * the random streams, which are keyed by the names of sources; the draws of answers, keyed by the hop, are others of the
 * same law. O(plan).
 */
export function withTaps(plan: Plan): TappedPlan {
  const { sources, links, servers, hops } = plan;
  const taps = sources.name.map((name) => `tap ${name}`);
  const [firstTap, firstServer, firstHop] = [links.name.length, servers.name.length, hops.link.length];
  const number = <T extends TypedArray>(column: T, value: (source: number) => number): T =>
    extended(
      column,
      Array.from(taps, (_, s) => value(s)),
    );
  return {
    firstTap,
    plan: {
      ...plan,
      servers: {
        name: [...servers.name, ...taps],
        kind: number(servers.kind, (s) => sources.kind[s]!),
        copies: number(servers.copies, () => 1),
        discipline: number(servers.discipline, () => Discipline.fifo),
        bufferB: number(servers.bufferB, () => Number.POSITIVE_INFINITY),
        quantumB: number(servers.quantumB, () => Number.POSITIVE_INFINITY),
        bufferMessages: number(servers.bufferMessages, () => Number.POSITIVE_INFINITY),
        weights: [...servers.weights, ...taps.map(() => [])],
        oneStation: number(servers.oneStation, () => 0),
        medium: number(servers.medium, () => -1),
      },
      links: {
        name: [...links.name, ...taps],
        network: [...links.network, ...taps.map(() => 'tap')],
        dataFlow: [...links.dataFlow, ...taps.map(() => '')],
        kind: number(links.kind, (s) => sources.kind[s]!),
        direction: number(links.direction, () => Direction.across),
        server: number(links.server, (s) => firstServer + s),
        rateBps: number(links.rateBps, () => Number.POSITIVE_INFINITY),
        delayS: number(links.delayS, () => 0),
      },
      hops: {
        link: number(hops.link, (s) => firstTap + s),
        child: number(hops.child, (s) => sources.rootHop[s]!),
        sibling: number(hops.sibling, () => -1),
        fan: number(hops.fan, () => Fan.own),
        overheadB: number(hops.overheadB, () => 0),
        deliverFlow: number(hops.deliverFlow, () => -1),
        listeners: number(hops.listeners, () => -1),
        framing: number(hops.framing, () => -1),
        cutThrough: number(hops.cutThrough, () => 0),
        reply: number(hops.reply, () => -1),
        hold: number(hops.hold, () => -1),
      },
      sources: { ...sources, rootHop: sources.rootHop.map((_, s) => firstHop + s) },
    },
  };
}

type TypedArray = Uint8Array | Uint32Array | Int32Array | Float64Array;

function extended<T extends TypedArray>(column: T, values: readonly number[]): T {
  const longer = new (column.constructor as new (length: number) => T)(column.length + values.length);
  longer.set(column);
  longer.set(values, column.length);
  return longer;
}
