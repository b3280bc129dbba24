/** A scenario after loading: every quantity in SI units, every default filled in and noted. */
import type { LoadCase, PayloadType } from '../payloads/types.js';
import type { Stack } from '../topologies/overhead/stack.js';
import type { Technology } from '../topologies/technology-types.js';

export const SCENARIO_VERSION = 1;

/** Over the WAN, over an internet gateway and the WAN, over the internet. */
export type Backhaul = 'W' | 'IW' | 'IIW';

/** Which end of a range of the source is taken. */
export type RangeChoice = 'least' | 'mid' | 'most';

export interface MeterCounts {
  readonly total: number;
  readonly residential: number;
  readonly commercial: number;
}

/** All counts are whole numbers >= 0, shares are 0..1. Expressions of populations see this object by its key paths. */
export interface Deployment {
  readonly meters: { readonly electric: MeterCounts; readonly gas: MeterCounts; readonly water: MeterCounts };
  readonly daps: number;
  /** Endpoints of each DAP when they differ; empty: as equal as whole numbers allow. Sums to all meters. */
  readonly dapSizes: readonly number[];
  readonly substations: number;
  readonly feeders: number;
  readonly feeder: {
    readonly capBanks: number;
    readonly circuitBreakers: number;
    readonly reclosers: number;
    readonly regulators: number;
    readonly sensors: number;
    /** The sensors that are fault detectors as well. */
    readonly faultDetectors: number;
    readonly sectionalizers: number;
    readonly switches: number;
    readonly storage: number;
    readonly generation: number;
  };
  readonly fanGateways: { readonly substation: number; readonly field: number };
  readonly han: {
    /** Electric meters whose premise has a home area network. */
    readonly premises: number;
    readonly displays: number; // IPD
    readonly ems: number; // Cust. EMS
    readonly thermostats: number; // PCT
    readonly vehicles: number; // PHEV
    readonly appliances: number; // Smart Appliance
    readonly loadControl: number; // Load Cntl Device
    /** Sum of the six kinds. */
    readonly devices: number;
  };
  /** Shares of HAN devices (or of electric meters, for prepay) enrolled. */
  readonly programmes: {
    readonly demandResponse: number;
    readonly tou: number;
    readonly rtp: number;
    readonly cpp: number;
    readonly prepay: number;
  };
  readonly rep: {
    readonly count: number;
    /** Share of customers served by retail energy providers; 0 in profiles without REP. */
    readonly share: number;
  };
  readonly portals: { readonly utility: number; readonly rep: number; readonly common: number };
  readonly fieldTools: number;
  /** What the catalogues in play count besides; means and shares among them. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface LinkSettings {
  /** bit/s per direction; Infinity means no transmission time. With a technology the rate of its frames. */
  readonly rateBps: { readonly up: number; readonly down: number };
  readonly delayS: number;
  /** Bytes added to each message on a pipe; 0 with a technology. */
  readonly overheadB: number;
  readonly bufferB: number;
  readonly bufferMessages: number;
  /** What waits longer is discarded when its turn comes; Infinity: never. */
  readonly keepS: number;
  /** Priority and fair: bytes of a message after which another may go first; Infinity: whole messages. */
  readonly quantumB: number;
  readonly duplex: 'full' | 'half';
  readonly discipline: 'fifo' | 'priority' | 'fair';
  /** Fair: weight of each priority class; classes beyond the list have the last one's. Empty elsewhere. */
  readonly weights: readonly number[];
  /** `frames`: goes on when the first frame has arrived, not the whole message. */
  readonly forwards: 'messages' | 'frames';
  /** Undefined: a pipe. */
  readonly medium: MediumSettings | undefined;
}

/** A link with a technology, which gives its rate, delay, duplex, frames, losses and access. */
export interface MediumSettings {
  readonly technology: Technology;
  readonly stack: Stack;
  /** Share of pairs of endpoints that do not hear each other. */
  readonly hiddenShare: number;
  /** Mesh: share of the endpoints that are 1, 2, ... hops away; adds up to 1. Empty elsewhere. */
  readonly ringShares: readonly number[];
  /** Mesh: places far enough apart for frames at one time. */
  readonly sectors: number;
  /** `persistent`: keep-alives are sent, and sessions set up again after a scheduled outage of the link. */
  readonly sessions: 'ignore' | 'persistent';
}

/** What every entry of `events` says. */
interface EventTime {
  readonly name: string;
  readonly atS: number;
}

/** Power is lost by a share of the meters, and comes back. */
export interface PowerOutage extends EventTime {
  readonly kind: 'outage';
  readonly durationS: number;
  readonly share: number;
  readonly spreadS: number;
  /** How long a meter lives on stored energy. */
  readonly holdUpS: number;
}

/** An event of the catalogue, or a group of event-groups.ts, at one time. */
export interface ScheduledEvent extends EventTime {
  readonly kind: 'occurrence';
  readonly event: string;
  readonly share: number;
  readonly spreadS: number;
  /** Messages with a deadline after the event: one after the other as the deadlines are, or all at `atS`. */
  readonly steps: 'in turn' | 'at once';
  /** Devices are served one after the other instead of all around `atS`. */
  readonly campaign?: Asking;
}

/** Kinds of areas that an outage of links may be of. */
export const AREAS_OF = ['dap', 'substation'] as const;

/** Links of a network, or of a data flow, that carry nothing for a while. */
export interface LinkOutage extends EventTime {
  readonly kind: 'links';
  readonly of: string;
  readonly durationS: number;
  /** Only the links of these areas are out, of a network that others have too: a WAN serves DAPs and substations. */
  readonly areasOf?: (typeof AREAS_OF)[number];
  /** A share of the areas, the first ones; or their numbers, from 1. */
  readonly areas: number | readonly number[];
  /** Of links that each premise or member has for itself, the share of those in an area that are out, the first ones. */
  readonly members: number;
}

export type ScenarioEvent = PowerOutage | ScheduledEvent | LinkOutage;

/** A master that waits for one device after the other. */
export interface Asking {
  /** Devices at a time in each area. */
  readonly concurrency: number;
  /** After so long a device is asked again, or given up; Infinity: never. */
  readonly timeoutS: number;
  /** After the first time. */
  readonly retries: number;
}

/** An application sends again what was not done in time. */
export interface Retry {
  readonly timeoutS: number;
  readonly times: number;
}

/** Messages of these types that pass an actor stop there; the others go on at once. */
export interface Forwarding {
  readonly types: readonly PayloadType[];
  /** They go on together when so many application bytes are there; Infinity. */
  readonly sizeB: number;
  /** They go on so long after the first; Infinity. */
  readonly ageS: number;
  /** They go on when this payload (or flow) is delivered in their area. */
  readonly until: string | undefined;
}

/** How much of the time a link or a node is up. Times are NaN where only the share is known. */
export interface UpTime {
  readonly share: number;
  readonly mtbfS: number;
  readonly mttrS: number;
}

/** What may fail; nothing else ever does. */
export interface Availability {
  /** Links have the availability of their technology where no entry says otherwise. */
  readonly ofTechnologies: boolean;
  readonly networks: Readonly<Record<string, UpTime>>;
  /** By data flow reference; wins over its network. */
  readonly dataFlows: Readonly<Record<string, UpTime>>;
  /** By actor. */
  readonly nodes: Readonly<Record<string, UpTime>>;
}

export interface PayloadOverride {
  /** Messages per member and day. */
  readonly perDay?: number;
  readonly sizeB?: number;
  readonly latencyS?: number;
  readonly reliability?: number;
  readonly range?: RangeChoice;
  readonly arrivals?: 'poisson' | 'periodic';
  readonly phase?: 'random' | 'synchronised';
  readonly spreadS?: number;
  /** Answers: time between the delivery that is answered and the answer. */
  readonly afterS?: number;
  /** Windows by hand: intervals of local seconds after midnight. Empty: 24x7. */
  readonly when?: readonly { readonly fromS: number; readonly toS: number }[];
  readonly retry?: Retry;
  /** Devices are asked one after the other; how often is the period of the rounds. */
  readonly polling?: Asking;
  /** Class of its messages, 0 the most urgent. */
  readonly priority?: number;
  readonly off?: boolean;
}

export interface Scenario {
  readonly version: typeof SCENARIO_VERSION;
  readonly file: string;
  /** SHA-256 of the text, and of what is set in its place. */
  readonly hash: string;
  /** Key paths that a study or the command line set in the place of what the file says. */
  readonly set: readonly { readonly key: string; readonly value: string }[];
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly replications: number;
  /** Names of the package's catalogues, and absolute paths of folders. */
  readonly catalogues: readonly string[];
  /** A deployment profile, or `none`. */
  readonly profile: string;
  /** Use case ids after prerequisites were pulled in, and those that were pulled in. */
  readonly useCases: readonly string[];
  readonly pulledIn: readonly { readonly useCase: string; readonly by: string }[];
  readonly load: LoadCase;
  readonly range: RangeChoice;
  readonly deployment: Deployment;
  /** Shares of the DAPs on each backhaul; from the profile unless given. Sums to 1. */
  readonly backhaulShares: Readonly<Partial<Record<Backhaul, number>>>;
  /** By network name. */
  readonly links: Readonly<Record<string, LinkSettings>>;
  /** By data flow reference; wins over its network. */
  readonly dataFlows: Readonly<Record<string, LinkSettings>>;
  readonly time: {
    readonly zone: string;
    readonly startLocal: string;
    readonly durationS: number;
    readonly warmUpDays: number;
  };
  readonly events: readonly ScenarioEvent[];
  /** By actor; actors without an entry forward at once. */
  readonly forwarding: Readonly<Record<string, Forwarding>>;
  /** Of all payloads of a type; a payload's own `retry` wins. */
  readonly retries: Readonly<Partial<Record<PayloadType, Retry>>>;
  readonly availability: Availability;
  /** The backhaul to which DAPs change when theirs is down. */
  readonly fallback: Readonly<Partial<Record<Backhaul, Backhaul>>>;
  /** Local interval of the DSDR period of each day at highload. */
  readonly dsdr: { readonly fromS: number; readonly toS: number };
  /** Values of payloads/.../missing.yaml, overridden where the scenario says so. */
  readonly missing: Readonly<Record<string, number>>;
  /** Occurrences per year of events, overridden. */
  readonly eventRates: Readonly<Record<string, number>>;
  /** Per payload name, or per flow id. */
  readonly payloads: Readonly<Record<string, PayloadOverride>>;
  /** When given, only these payloads (names or flow ids) run; others are out of scope by choice. */
  readonly only: readonly string[] | null;
  /** Values of alternatives of the catalogue, e.g. `fcir-control: dms`. */
  readonly choices: Readonly<Record<string, string>>;
  /** Key paths that the file did not give: value, unit and reason of each default. */
  readonly defaults: readonly {
    readonly key: string;
    readonly value: string;
    readonly unit: string;
    readonly reason: string;
  }[];
}
