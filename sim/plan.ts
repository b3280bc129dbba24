/**
 * The plan: the only thing that crosses from the grid to the numbers. Plain typed arrays and names, no classes and no
 * closures, so that it can be printed, compared, hashed, sent to a worker or given to another engine.
 *
 * Tables are columns of equal length; a row's index is its handle. CSR columns `xStart` have one element more than rows:
 * the items of row i are xItem[xStart[i]] .. xItem[xStart[i + 1] - 1]. An index of -1 means none.
 *
 * Areas. Everything that stands more than once stands in an area: kind 0 is the centre (one instance), other kinds are
 * `dap` and `substation` with `instances` each. Link and hop rows are templates of a kind; a link exists once in every
 * instance, or `copies` times in every instance (one per premise). Sources name the contiguous range of instances that
 * they stand in. Message paths cross kinds by `parent`.
 *
 * Time. Second 0 of a day is the clock time at which the run starts; every day of the run repeats one of the `dayKinds`
 * (23, 24 or 25 hours), its windows already shifted, so that no time zone is needed from here on.
 */
import type { Medium } from './media.js';

export const PLAN_VERSION = 2;

/** `fair`: classes share the server by their weights while they have something to send. */
export const Discipline = { fifo: 0, priority: 1, fair: 2 } as const;
/**
 * `asked`: a master sends to one device after the other and waits for each to be done (its answer is back; without an
 * answer, its message is delivered) or for the timeout, `concurrency` devices at a time; a round begins every period, or
 * when the last one ends if that is later, and with each burst.
 */
export const Process = { poisson: 0, periodic: 1, burst: 2, caused: 3, asked: 4 } as const;
/**
 * Sizes of a source's messages, with mean `sizeB`. Drawn ones are for comparison with theory, on hops without framing:
 * `exponential` stays with the message over all hops, `exponentialPerHop` is drawn anew for each.
 */
export const SizeLaw = { fixed: 0, exponential: 1, exponentialPerHop: 2 } as const;
export const Phase = { random: 0, synchronised: 1 } as const;
export const Direction = { down: 0, up: 1, across: 2 } as const;
/**
 * Which instances of a hop's link carry a copy of the message: the one that it is bound to, every instance, or every
 * copy (premise) of the instance. `everyInstance` on a link with copies is every copy of every instance. Only where
 * somebody listens at the hop or beyond: an instance or a copy without a listener gets no copy of the message. A hop
 * without listening populations at it and beyond reaches all.
 */
export const Fan = { own: 0, everyInstance: 1, everyCopy: 2 } as const;

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly name: string;
  /** The user's seed; streams are keyed `seed/replication/source name/...`. */
  readonly seed: string;
  /** SHA-256 of the scenario's text, and of the catalogue. */
  readonly scenarioHash: string;
  readonly catalogueHash: string;
  readonly profile: string;
  readonly load: string;
  /** Replications that the scenario asks for. */
  readonly replications: number;
  /** For reports only. */
  readonly labels: PlanLabels;
  readonly time: PlanTime;
  readonly areas: AreaTable;
  readonly windows: WindowTable;
  readonly servers: ServerTable;
  readonly media: readonly Medium[];
  readonly links: LinkTable;
  readonly framings: FramingTable;
  readonly hops: HopTable;
  readonly holds: HoldTable;
  readonly populations: PopulationTable;
  readonly sources: SourceTable;
  readonly causes: CauseTable;
  readonly flows: FlowTable;
  readonly tiers: TierTable;
  readonly outages: OutageTable;
  readonly outOfScope: readonly OutOfScope[];
  readonly assumptions: readonly Assumption[];
}

/** What reports say about a plan and engines do not need. */
export interface PlanLabels {
  /** As the user named it; `-` for standard input. */
  readonly scenarioFile: string;
  /** Counts of endpoints and areas, e.g. {name: 'electric meters', count: 10000}. */
  readonly deployment: readonly { readonly name: string; readonly count: number }[];
  /** Chains of flows that the run has whole: what the source prints of them, and what their legs add up to. */
  readonly chains?: readonly ChainLabel[];
  /** Who stands at the ends of links; absent in plans that were not compiled from a scenario. */
  readonly network?: NetworkLabel;
  /** The systems whose payloads the run has, each with its use cases. */
  readonly systems?: readonly { readonly name: string; readonly useCases: readonly string[] }[];
}

/** Actors and what joins them, for the network picture. */
export interface NetworkLabel {
  readonly actors: readonly {
    readonly name: string;
    /** Domain of the smart grid, e.g. `Operations`, `Customer`. */
    readonly domain: string;
    /** Distance from the operations centre; -1: it has none. */
    readonly depth: number;
    /** How many there are in all; 1 for systems, 0 where nothing counts them. */
    readonly count: number;
  }[];
  /** Row by row of the links: the pairs of actors (rows of `actors`) that data flows join over it, as messages go. */
  readonly ends: readonly (readonly (readonly [from: number, to: number])[])[];
}

/** Flows that pass one thing on, leg after leg. Sums and product are over all legs. */
export interface ChainLabel {
  readonly name: string;
  readonly section: string;
  readonly legs: readonly {
    readonly flows: readonly string[]; // of the catalogue
    readonly budgetS: number;
    readonly reliability: number;
    readonly leastB: number;
    readonly mostB: number;
  }[];
  readonly budgetS: number;
  readonly reliability: number;
  readonly leastB: number;
  readonly mostB: number;
  /** Sub-totals of the source, and the legs (from 0) that each turns out to cover. */
  readonly printed: readonly { readonly text: string; readonly legs: readonly number[] }[];
}

export interface PlanTime {
  /** Local start, ISO without offset, and the IANA zone: for labels only. */
  readonly startLocal: string;
  readonly zone: string;
  /** Length of the measured run in seconds. */
  readonly horizonS: number;
  /** Seconds per result bin; 3600. Bin b covers [b * binS, (b + 1) * binS) of the measured run. */
  readonly binS: number;
  /** Local clock label of each bin, e.g. `07:00` or `2026-07-16 07:00` in runs of several days. */
  readonly binLabel: readonly string[];
  /** Clock hour 0..23 of each bin: several days fold onto it for the busy hour. */
  readonly binHour: Uint8Array;
  readonly dayLengthS: Float64Array; // per day kind
  readonly dayKind: Uint8Array; // per measured day; the last may be cut by the horizon
  /** Whole days (of kind dayKind[0]) run and discarded first; -1: until the daily cycle repeats (1 to 7 days); 0: start empty. */
  readonly warmUpDays: number;
}

export interface AreaTable {
  readonly kind: readonly string[]; // 'centre', 'dap', 'substation'
  readonly instances: Uint32Array; // per kind; the centre has 1
  /** Devices in every instance of every kind: for loads per endpoint. */
  readonly endpoints: readonly Float64Array[];
  /**
   * parent[from][to] maps an instance of kind `from` to the instance of kind `to` that serves it (for paths that cross
   * both); empty array where no path needs it. To the centre (0) it is always 0 and not stored.
   */
  readonly parent: readonly (readonly Uint32Array[])[];
}

/** When sources are active; row 0 is `24x7`. Intervals per window w and day kind d: row w * dayKinds + d. */
export interface WindowTable {
  readonly name: readonly string[];
  /** Active seconds of a 24-hour day: a rate of n per day is n / nominalS per active second. */
  readonly nominalS: Float64Array;
  readonly start: Uint32Array; // CSR over w * dayKinds + d
  readonly fromS: Float64Array; // seconds after the start of the day kind; sorted, disjoint, half-open
  readonly toS: Float64Array;
}

/** A transmitter: what messages queue for. Two links (directions) may share one: half duplex. */
export interface ServerTable {
  readonly name: readonly string[];
  readonly kind: Uint8Array; // area kind
  readonly copies: Uint32Array; // per instance; 1, or the number of premises (the largest over instances)
  readonly discipline: Uint8Array; // Discipline
  readonly bufferB: Float64Array; // waiting bytes, the one in transmission excluded; Infinity: unlimited
  readonly bufferMessages: Float64Array; // waiting messages, likewise
  /** What waits longer is dropped when its turn comes; Infinity: never. Absent: nothing is, anywhere. Not on shared media. */
  readonly keepS?: Float64Array;
  /** Fair: weight of each priority class, positive; classes beyond the list have the last one's. Empty elsewhere. */
  readonly weights: readonly (readonly number[])[];
  /**
   * 1: one station speaks for its whole area (the backhaul of a concentrator): it has one queue and one connection on the
   * medium, and power of its own. 0: endpoints do, each for itself.
   */
  readonly oneStation: Uint8Array;
  /** Row of `media`; -1: a pipe, which takes 8 * bytes / rate and loses nothing. */
  readonly medium: Int32Array;
  /**
   * Priority and fair: after this many bytes of a message another may go first; Infinity: whole messages. Where messages
   * have frames: after each run of whole frames within the quantum, at least one.
   */
  readonly quantumB: Float64Array;
}

/** A directed link: rate and delay of one direction of a network in an area. */
export interface LinkTable {
  readonly name: readonly string[]; // unique, e.g. `NAN up`, `LAN 1Aa down`
  readonly network: readonly string[]; // `NAN`
  readonly dataFlow: readonly string[]; // references that cross it, `1D 1Dg 1Dw`
  readonly kind: Uint8Array;
  readonly direction: Uint8Array; // Direction
  readonly server: Uint32Array;
  readonly rateBps: Float64Array; // bit/s of messages with overhead; Infinity: no transmission time
  readonly delayS: Float64Array; // propagation and processing, added after transmission
}

/**
 * How messages of one size are cut into frames on one direction of a medium. All frames but the last are equal. Bytes and
 * airtimes are those on the medium, preambles and headers included.
 */
export interface FramingTable {
  readonly frames: Uint32Array; // per message, >= 1
  readonly fullB: Float64Array;
  readonly lastB: Float64Array;
  readonly fullS: Float64Array;
  readonly lastS: Float64Array;
  readonly gapS: Float64Array; // silence that must follow each frame
  readonly ackS: Float64Array; // acknowledgement of the link for each frame, turnaround before it included; 0: none on the medium
}

/** Where messages stop for a while before a hop: together they go on as one message (a carrier). */
export interface HoldTable {
  readonly name: readonly string[]; // `DAP: reads`
  /** Goes on when so many application bytes are there; Infinity. */
  readonly sizeB: Float64Array;
  /** Goes on so long after the first message came; Infinity. */
  readonly ageS: Float64Array;
  /** Goes on when a message of this flow is delivered in the instance: held until asked; -1. */
  readonly untilFlow: Int32Array;
  /** Carriers in frames: application bytes of a full frame; the frame that is not full has the rest. 0: no frames. */
  readonly frameAppB: Float64Array;
  /** Bytes and airtime of a full frame, and of a frame without application bytes, on the medium of the hop. */
  readonly fullB: Float64Array;
  readonly fullS: Float64Array;
  readonly emptyB: Float64Array;
  readonly emptyS: Float64Array;
}

/** Trees of hops: first child, next sibling. A message walks from the root; where a tree branches it is copied. */
export interface HopTable {
  readonly link: Uint32Array;
  readonly child: Int32Array;
  readonly sibling: Int32Array;
  readonly fan: Uint8Array; // Fan, of this hop
  /** Added to the payload's size on this hop; hops with a framing have their bytes from it. */
  readonly overheadB: Float64Array;
  /** Row of the framings: sources of such a tree have the size that it is made for; -1: on a pipe. */
  readonly framing: Int32Array;
  /** 1: begins to send when the first frame of the hop before has arrived, not the whole message. */
  readonly cutThrough: Uint8Array;
  /** Root hop, childless and without delivery, that the receiver sends back at once: acknowledgement of the transport; -1. */
  readonly reply: Int32Array;
  /** Row of the holds before this hop; -1: forwarded at once. */
  readonly hold: Int32Array;
  /** Flow delivered at the end of this hop, or -1; a hop may deliver and go on. */
  readonly deliverFlow: Int32Array;
  /** Population whose members in the instance (or copy) all receive it; -1: one receiver. */
  readonly listeners: Int32Array;
}

/** Numbers of devices per instance range. */
export interface PopulationTable {
  readonly name: readonly string[];
  readonly kind: Uint8Array;
  readonly start: Uint32Array; // CSR: ranges of instances
  readonly firstInstance: Uint32Array;
  readonly instanceCount: Uint32Array;
  readonly devices: Uint32Array; // per instance of the range
}

/** What starts messages. One row per flow (or tree of flows) and range of equal instances. */
export interface SourceTable {
  readonly name: readonly string[]; // unique; keys the random streams
  readonly kind: Uint8Array;
  readonly firstInstance: Uint32Array;
  readonly instanceCount: Uint32Array;
  readonly devices: Uint32Array; // per instance, >= 1
  readonly process: Uint8Array; // Process
  /** poisson, periodic: active seconds between two messages of one device. */
  readonly periodS: Float64Array;
  readonly window: Uint32Array; // poisson, periodic
  readonly phase: Uint8Array; // periodic: Phase
  /** periodic, synchronised: phases are uniform over [0, spreadS); burst: times are uniform over [atS, atS + spreadS). */
  readonly spreadS: Float64Array;
  readonly burstStart: Uint32Array; // CSR: bursts of a source
  readonly burstAtS: Float64Array; // seconds of the measured run
  /** Devices per instance that take part in the burst; drawn without replacement. */
  readonly burstDevices: Uint32Array;
  /** Per source, 1: the first `burstDevices` of the instance take part, who are neighbours, instead of any. */
  readonly burstFirst: Uint8Array;
  /** Per source: its bursts are a later step of an event that was so many seconds before; deadlines count from the event. */
  readonly burstAfterS: Float64Array;
  /** Number of device 0 among the endpoints of its area: who shares a radio, and with it a queue, on contended media. */
  readonly firstNode: Uint32Array;
  /** asked: devices at a time per instance. */
  readonly concurrency: Uint32Array;
  /** A message that is not done so long after it was (last) sent is sent again; Infinity: never. asked: gives up after. */
  readonly retryS: Float64Array;
  readonly retries: Uint32Array; // at most
  readonly sizeB: Float64Array; // application bytes of one message; their mean where the law draws them
  readonly sizeLaw: Uint8Array; // SizeLaw
  readonly rootHop: Uint32Array;
  readonly priority: Uint8Array; // class, 0 first
  /** Flows of the tree (each with its deliver hops); CSR. */
  readonly flowStart: Uint32Array;
  readonly flowItem: Uint32Array;
}

/** Deliveries that cause messages. Groups of rows of one trigger are exclusive outcomes of one draw, in order. */
export interface CauseTable {
  readonly trigger: Uint32Array; // flow, ascending
  /** Source with process `caused`; it sends when its range has the instance of the delivered message. */
  readonly source: Uint32Array;
  /**
   * Outcome group: rows of one trigger with the same group happen together. An outcome may have a source for each of
   * several instance ranges, and several answers at once.
   */
  readonly group: Uint32Array;
  readonly probability: Float64Array;
  readonly delayS: Float64Array;
  readonly spreadS: Float64Array; // plus uniform over [0, spreadS)
}

/** A flow of the results: one catalogue flow from one actor group to one actor group over one route. */
export interface FlowTable {
  readonly name: readonly string[]; // unique
  readonly catalogueFlow: readonly string[]; // id in the catalogue
  readonly useCase: readonly string[];
  readonly businessScenario: readonly string[];
  readonly section: readonly string[];
  readonly payload: readonly string[];
  readonly type: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly route: readonly string[]; // `1Aa + 1B + 1Ca + 1D`
  readonly networks: readonly string[]; // `LAN, WAN, NAN`
  readonly howOften: readonly string[]; // the text of the source
  readonly population: readonly string[];
  readonly mode: readonly string[]; // '', 'dsdr'
  readonly priority: Uint8Array;
  readonly sizeB: Float64Array;
  readonly budgetS: Float64Array; // NaN: none
  /** Required share delivered within the budget, 0..1: the tier per message; NaN: none. */
  readonly requiredReliability: Float64Array;
  /** Seconds after the event that began it (a burst's time) by which a message must be there; NaN: none. */
  readonly deadlineS: Float64Array;
}

/** Required shares of originating devices that are captured (delivered once, retries included) in each window of the run. */
export interface TierTable {
  readonly flow: Uint32Array; // ascending
  readonly windowS: Float64Array; // > 0; a run shorter than it leaves the tier not judged
  readonly share: Float64Array; // 0..1
  /** As the source writes it, e.g. `98% over 1 day`. */
  readonly text: readonly string[];
}

/** Times at which nothing is sent: seconds of the measured run, [fromS, toS). */
export interface OutageTable {
  readonly name: readonly string[];
  readonly kind: Uint8Array; // area kind
  readonly firstInstance: Uint32Array;
  readonly instanceCount: Uint32Array;
  /**
   * The server that is out, or -1: endpoints `firstNode` .. + `nodes` are, and relay nothing. Of a server with copies the
   * copies `firstNode` .. + `nodes` are out; all of them where `nodes` is 0.
   */
  readonly server: Int32Array;
  readonly firstNode: Uint32Array;
  readonly nodes: Uint32Array;
  readonly fromS: Float64Array;
  readonly toS: Float64Array;
}

/**
 * What leaves a flow out: the profile (a decision without it), the load case, an alternative of the catalogue of which
 * another holds, a deployment without any of its devices, or the user (`useCases`, `only`, `off`).
 */
export type LeftOutBy = 'profile' | 'load' | 'alternative' | 'deployment' | 'user';

export interface OutOfScope {
  readonly catalogueFlow: string;
  readonly useCase: string;
  readonly section: string;
  readonly payload: string;
  readonly by: LeftOutBy;
  readonly reason: string;
}

/** Every default, choice and reading that entered the run. */
export interface Assumption {
  readonly kind: 'default' | 'choice' | 'reading' | 'missing' | 'derived' | 'limit';
  /** Key path in the scenario that changes it, or the catalogue flow concerned. */
  readonly key: string;
  readonly value: string;
  readonly unit: string;
  readonly reason: string;
  readonly source: string;
}
