/** A scenario after loading: every quantity in SI units, every default filled in and noted. */
import type { LoadCase } from '../payloads/types.js';

export const SCENARIO_VERSION = 1;

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
}

export interface LinkSettings {
  /** bit/s per direction; Infinity means no transmission time. */
  readonly rateBps: { readonly up: number; readonly down: number };
  readonly delayS: number;
  readonly overheadB: number;
  readonly bufferB: number;
  /** Strict priority: bytes of a message after which a more urgent one may go first; Infinity: whole messages. */
  readonly quantumB: number;
  readonly duplex: 'full' | 'half';
  readonly discipline: 'fifo' | 'priority';
}

export type ScenarioEvent =
  | {
      readonly kind: 'outage';
      readonly name: string;
      readonly atS: number;
      readonly durationS: number;
      readonly share: number;
      readonly spreadS: number;
    }
  | {
      readonly kind: 'occurrence';
      readonly name: string;
      /** An event of the catalogue, or a group of event-groups.ts. */
      readonly event: string;
      readonly atS: number;
      readonly share: number;
      readonly spreadS: number;
    };

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
  /** Windows by hand: intervals of local seconds after midnight. Empty: 24x7. */
  readonly when?: readonly { readonly fromS: number; readonly toS: number }[];
  readonly off?: boolean;
}

export interface Scenario {
  readonly version: typeof SCENARIO_VERSION;
  readonly file: string;
  /** SHA-256 of the text. */
  readonly hash: string;
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly replications: number;
  readonly profile: string;
  /** Use case ids after prerequisites were pulled in, and those that were pulled in. */
  readonly useCases: readonly string[];
  readonly pulledIn: readonly { readonly useCase: string; readonly by: string }[];
  readonly load: LoadCase;
  readonly range: RangeChoice;
  readonly deployment: Deployment;
  /** Shares of the DAPs on each backhaul; from the profile unless given. Sums to 1. */
  readonly backhaulShares: Readonly<Partial<Record<'W' | 'IW' | 'IIW', number>>>;
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
