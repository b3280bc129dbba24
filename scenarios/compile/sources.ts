import { Phase, Process } from '../../sim/plan.js';
import type { Asking } from '../types.js';
import { type AreaKind, CENTRE, DAP } from './areas.js';
import type { CompileContext } from './context.js';
import { bindingKind, type Leg } from './legs.js';
import type { Links } from './links.js';
import { Nodes } from './nodes.js';
import type { Occurrence, TakingPart } from './occurrences.js';
import { apportion, fill, type InstanceRange, toRanges } from './spread.js';
import type { Traffic } from './traffic.js';
import type { Tree } from './trees.js';

/** Devices of an instance that send one message each around one instant. */
export interface Burst {
  /** Seconds of the measured run. */
  readonly atS: number;
  readonly devices: number;
}

/** A row of the source table in the making. */
export interface SourceRow {
  readonly name: string;
  readonly kind: AreaKind;
  readonly range: InstanceRange;
  readonly process: number;
  readonly periodS: number;
  readonly window: number;
  readonly phase: number;
  readonly spreadS: number;
  readonly bursts: readonly Burst[];
  readonly sizeB: number;
  readonly rootHop: number;
  readonly priority: number;
  readonly flows: readonly number[];
  /** Those who take part in its bursts are neighbours. */
  readonly isLocal: boolean;
  /** Its bursts are a later step of an event so long before. */
  readonly afterS: number;
  readonly firstNode: number;
  readonly concurrency: number;
  readonly retryS: number;
  readonly retries: number;
}

/** What all sources of a tree have in common. */
export interface Sender {
  readonly name: string;
  readonly leg: Leg;
  readonly tree: Tree;
  readonly traffic: Traffic;
  readonly priority: number;
  /** Of the catalogue: whom the messages concern. */
  readonly population: string;
}

/** How the devices of a source take their turns, and what becomes of a message that is not done in time. */
type Turns = Pick<SourceRow, 'process' | 'isLocal' | 'afterS' | 'concurrency' | 'retryS' | 'retries'>;

/** The centre as the range of a broadcast's source. */
const ONE: InstanceRange = { first: 0, count: 1, devices: 1 };
const NO_BURSTS: readonly Burst[] = [];

/** Rows of the source table. Each method returns the rows that it added; none when nothing is ever sent. */
export class Sources {
  readonly rows: SourceRow[] = [];
  readonly #context: CompileContext;
  readonly #links: Links;
  readonly #nodes: Nodes;

  constructor(context: CompileContext, links: Links) {
    this.#context = context;
    this.#nodes = new Nodes(context);
    this.#links = links;
  }

  /** Every device sends at its rate. */
  atRate(sender: Sender): number[] {
    if (sender.traffic.perDay <= 0) return [];
    const kind = this.#kind(sender);
    return toRanges(this.#devices(sender.leg, kind), this.#firstNodes(sender, kind)).map((range) =>
      this.#addAtRate(sender, kind, range),
    );
  }

  /** A broadcast: its sender sends each message once. */
  broadcastAtRate(sender: Sender): number[] {
    return sender.traffic.perDay <= 0 ? [] : [this.#addAtRate(once(sender), CENTRE, ONE)];
  }

  /** Devices that an event concerns send around its time. */
  inOccurrence(sender: Sender, occurrence: Occurrence, part: TakingPart): number[] {
    const kind = this.#kind(sender);
    const devices = this.#devices(sender.leg, kind);
    const all = this.#context.areas.spread(sender.leg.count, kind, this.#site(sender.leg));
    const place = occurrence.isLocal ? fill : apportion;
    const taking = place(part.devices, all);
    const oneMore = place(part.oneMore, all);
    return toRanges(devices, taking, oneMore, this.#firstNodes(sender, kind)).flatMap((range) => {
      const each = Array.from({ length: part.whole }, () => taking[range.first]!);
      return this.#addBursts(sender, kind, range, occurrence, [...each, oneMore[range.first]!]);
    });
  }

  /** A broadcast in an event goes out once for each message, whatever the share of those concerned. */
  broadcastInOccurrence(sender: Sender, occurrence: Occurrence): number[] {
    const messages = Math.max(1, Math.round(sender.traffic.perEvent ?? 1));
    const { campaign, ...burst } = occurrence;
    return this.#addBursts(once(sender), CENTRE, ONE, burst, new Array<number>(messages).fill(1));
  }

  /** Answers leave where their command arrived: they need no numbers of devices. */
  caused(sender: Sender): number[] {
    const kind = this.#kind(sender);
    const one = new Array<number>(this.#context.areas.instances[kind]!).fill(1);
    const range = kind === DAP ? clipped(one, sender.leg.clip) : one;
    const turns = { ...turnsOf(sender.traffic), process: Process.caused };
    return toRanges(range, this.#firstNodes(sender, kind)).map((part) =>
      this.#add(sender, kind, part, turns, sender.traffic.spreadS, NO_BURSTS),
    );
  }

  #addAtRate(sender: Sender, kind: AreaKind, range: InstanceRange): number {
    const { traffic } = sender;
    const turns = turnsOf(traffic);
    return this.#add(sender, kind, range, polled(turns, traffic.polling), traffic.spreadS, NO_BURSTS);
  }

  #addBursts(
    sender: Sender,
    kind: AreaKind,
    range: InstanceRange,
    { name, atS, afterS, spreadS, isLocal, campaign }: Occurrence,
    devices: readonly number[],
  ): number[] {
    const bursts = devices.filter((count) => count > 0).map((count) => ({ atS: atS + afterS, devices: count }));
    if (bursts.length === 0) return [];
    const turns = { ...turnsOf(sender.traffic), process: Process.burst, isLocal, afterS };
    // A campaign has the rounds that its bursts begin, and no others.
    const traffic = { ...sender.traffic, periodS: Number.POSITIVE_INFINITY };
    const scheduled = { ...sender, name: `${sender.name} | ${name}`, ...(campaign === undefined ? {} : { traffic }) };
    return [this.#add(scheduled, kind, range, polled(turns, campaign), spreadS, bursts)];
  }

  #add(
    sender: Sender,
    kind: AreaKind,
    range: InstanceRange,
    turns: Turns,
    spreadS: number,
    bursts: readonly Burst[],
  ): number {
    const { name, tree, traffic, priority } = sender;
    const { process, isLocal, afterS, concurrency, retryS, retries } = turns;
    this.rows.push({
      name: range.first === 0 ? name : `${name} @${range.first}`,
      kind,
      range,
      process,
      isLocal,
      afterS,
      concurrency,
      retryS,
      retries,
      periodS: traffic.periodS,
      window: traffic.window,
      phase: Phase[traffic.phase],
      spreadS,
      bursts,
      sizeB: traffic.sizeB,
      rootHop: tree.root,
      priority,
      flows: tree.flows,
      firstNode: this.#firstNodes(sender, kind)[range.first]!,
    });
    return this.rows.length - 1;
  }

  /** Endpoint number of the first device in every instance. */
  #firstNodes({ leg, population }: Sender, kind: AreaKind): readonly number[] {
    return this.#nodes.firstOf(leg.counted, population, kind);
  }

  #kind({ leg, tree }: Sender): AreaKind {
    return bindingKind(
      leg,
      tree.links.map((link) => this.#links.rows[link]!.kind),
      this.#context,
    );
  }

  #site({ counted }: Leg) {
    return this.#context.topology.siteOf(counted);
  }

  /** Devices of a leg per instance; 0 where its DAPs are on another backhaul. */
  #devices(leg: Leg, kind: AreaKind): readonly number[] {
    const { areas } = this.#context;
    const spread = areas.spread(leg.count, kind, this.#site(leg));
    return kind === DAP ? clipped(spread, leg.clip) : spread;
  }
}

/** A broadcast has nobody to ask, and nobody who says that it came. */
function once(sender: Sender): Sender {
  return { ...sender, traffic: { ...sender.traffic, polling: undefined, retry: undefined } };
}

/** Each device by itself: at its rate, with the repetitions of its application. */
function turnsOf({ process, retry }: Traffic): Turns {
  return {
    process: Process[process],
    isLocal: false,
    afterS: 0,
    concurrency: 1,
    retryS: retry?.timeoutS ?? Number.POSITIVE_INFINITY,
    retries: retry?.times ?? 0,
  };
}

/** One device after the other, where a master asks. */
function polled(turns: Turns, asking: Asking | undefined): Turns {
  if (asking === undefined) return turns;
  const { concurrency, timeoutS, retries } = asking;
  return { ...turns, process: Process.asked, concurrency, retryS: timeoutS, retries };
}

/** A spread with 0 outside of some instances. */
export function clipped(spread: readonly number[], clip: Leg['clip']): readonly number[] {
  if (clip === undefined) return spread;
  return spread.map((devices, i) => (i >= clip.first && i < clip.first + clip.count ? devices : 0));
}
