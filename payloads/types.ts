/**
 * The catalogue's types: what is sent, by whom, how often and how well. A *row* is one row of a requirements table with
 * the source's own cell texts; a *flow* is one parsed requirement of a row. Everything is plain data (JSON in and out).
 */

export const CATALOGUE_VERSION = 1;

export type PayloadType = 'cmd' | 'resp-data' | 'ack' | 'alarm' | 'alert' | 'cmd-err' | 'comm-err' | 'negot-thrd';

/**
 * Where a row comes from: `printed` in a scenario table; `derived` by analogy with another row, as its reading says;
 * `listed` only in an Applicable Payload table; `detail` in a hop-by-hop table; `prose` in the text of a document without
 * a requirements table, where its flows state every figure themselves.
 */
export type RowOrigin = 'printed' | 'derived' | 'listed' | 'detail' | 'prose';

/** PAP02 load cases of the requirements table. */
export type LoadCase = 'baseload' | 'highload';

/** A number of the source that may be a range; `least <= most`; both equal for a single value. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** A quantity that the source leaves open (`x`, `xMB`, `See REQMTS Table`): the scenario supplies it by this name. */
export interface Missing {
  /** Key under `missing:` of the scenario, for instance `bulkFileMB`; defaults stand in payloads/missing.yaml. */
  readonly missing: string;
}

export type Quantity = Range | Missing;

/** Periods keep the unit of the source; seconds are 365/12 days for a month and 365 days for a year. */
export type PeriodUnit = 'sec' | 'min' | 'hour' | 'day' | 'week' | 'month' | 'year';

export interface Period {
  readonly count: number;
  readonly unit: PeriodUnit;
  readonly periodS: number;
}

export interface HowOften {
  /** The text that was parsed, white space folded. */
  readonly text: string;
  /** Messages per member of the population and per period or event. `perThousand` below is not yet applied. */
  readonly times: Quantity;
  /** True for `N per 1000 per`: divide by 1000. */
  readonly perThousand: boolean;
  /** The counted population, a name of payloads/populations.yaml, e.g. `ElectrMtr`. */
  readonly population: string;
  /** Set when the base is a period: `15 min` is {count: 15, unit: 'min'}; seconds are `periodS`. */
  readonly period?: Period;
  /** What the times are of, where the source says so: `cntl program update` in `3 per ... cntl program update per year`. */
  readonly occasion?: string;
  /** Set when the base is an event, a name of payloads/events.yaml, e.g. `lost-power`. */
  readonly event?: string;
  /** Rate that the source prints with the event, as in `... price data event - 4 per year`; events.yaml has the one that counts. */
  readonly statedRate?: { readonly times: Range; readonly period: Period };
  /** Multiplier between population and base, as in `... per | 6 per day` (6) or `2-4 per day`. Absent: 1. */
  readonly multiplier?: Range;
}

export interface Latency {
  readonly text: string;
  /** The budget in seconds; a range (`20 min - < 4 hr`) keeps both ends: `least` is the more demanding. Always strict `<`. */
  readonly budgetS: Range;
  /** `< 7 day per 100,000 mtrs`: the budget is for this many devices and scales with their number. */
  readonly perDevices?: number;
}

/** One tier of a reliability cell; `share` in 0..1. */
export interface ReliabilityTier {
  readonly share: number | Missing;
  /** True when printed with `>`. */
  readonly strict: boolean;
  /** `every 4-6 hr`, `over 1 day`: each originating device must succeed at least once in each window. Absent: per message. */
  readonly windowS?: Range;
  /** A condition of the source on the tier, e.g. `large outage`. */
  readonly condition?: string;
}

export interface Reliability {
  readonly text: string;
  /** Least demanding window first, as printed. */
  readonly tiers: readonly ReliabilityTier[];
}

/** Daily clock interval in seconds after local midnight, half-open; `toS <= fromS` runs over midnight. */
export interface ClockInterval {
  readonly fromS: number;
  readonly toS: number;
}

export type When =
  | { readonly text: string; readonly kind: 'always' }
  /** One or several daily intervals; several mean that each is used. */
  | { readonly text: string; readonly kind: 'daily'; readonly intervals: readonly ClockInterval[] }
  /** `1-6 hr duration, 4-8 times a year`: while a named period is on (`dsdr`). */
  | {
      readonly text: string;
      readonly kind: 'period';
      readonly period: string;
      readonly durationS: Range;
      readonly timesPerYear: Range;
    }
  /** `within < 3 min of fault event`: a deadline after an event. */
  | { readonly text: string; readonly kind: 'deadline'; readonly withinS: number; readonly event: string };

export interface Size {
  readonly text: string;
  /** Application bytes, before security and protocol overhead; k = 1000. */
  readonly sizeB: Quantity;
  /**
   * Interval reads tie size to frequency: `residential-interval` is 24 h / howOften x 400 B; `commercial-interval` is
   * 24 a day of 200 B or 12 a day of 1600 B. Absent: independent of the frequency.
   */
  readonly coupling?: 'residential-interval' | 'commercial-interval';
}

/** How a flow comes into being besides its own how-often. */
export interface Answer {
  /** The flow (id) whose delivery causes this one. */
  readonly to: string;
  /**
   * Answers per delivered command: `each` is one; `printed` is the ratio of the two printed rates (error payloads, and
   * acknowledgements that the source prints more rarely than their commands); a number is a probability.
   */
  readonly share: 'each' | 'printed' | number;
  /** Excludes the other answers of its command that say so, as accepting excludes rejecting. */
  readonly oneOf?: true;
  /** Seconds between the delivery and the answer: processing, validation, a step of somebody else. Absent: none. */
  readonly afterS?: number;
}

/** One parsed requirement: a payload from one group of actors to another under one load mode. */
export interface CatalogueFlow {
  /**
   * Unique: `section/payload` and, where a row has several flows, `/` and a short label. In catalogues with a head
   * (catalogue.yaml) the catalogue's id and `/` stand before it.
   */
  readonly id: string;
  /** Short label of the flow within its row, e.g. `electr-resdnt`, `dsdr`; absent for a single flow. */
  readonly label?: string;
  /** Actors of topologies/actors.yaml. Members of one group: the population is spread over them. */
  readonly from: readonly string[];
  /** Destination group: every non-device member gets the payload; device members share the population. */
  readonly to: readonly string[];
  readonly loads: readonly LoadCase[];
  /** Present for `dsdr` flows; absent means the routine mode. */
  readonly mode?: string;
  readonly cast: 'unicast' | 'multicast' | 'broadcast';
  readonly howOften: HowOften;
  readonly latency: Latency;
  readonly reliability: Reliability;
  readonly when: When;
  readonly size: Size;
  readonly answers?: Answer;
  /** Decisions that must hold for this flow to be in play, e.g. `rep`; the profile's words. */
  readonly needs?: readonly string[];
  /** Name of the alternative choice that this flow belongs to (`fcir-control: dms`); the scenario picks one. */
  readonly choice?: { readonly of: string; readonly is: string };
  /** Why the flow reads as it does, where the source needed a decision. */
  readonly reading?: string;
  /** Figures that the source does not state, with the reason of each; a run lists them among its assumptions. */
  readonly assumed?: Assumed;
}

/** What of a flow may be assumed. */
export const ASSUMABLE = ['howOften', 'latency', 'reliability', 'when', 'size', 'after'] as const;
export type Assumed = Readonly<Partial<Record<(typeof ASSUMABLE)[number], string>>>;

export interface Cells {
  readonly baseload: string;
  readonly highload: string;
  readonly from: string;
  readonly to: string;
  readonly reliability: string;
  readonly latency: string;
  readonly when: string;
  readonly howOften: string;
  readonly size: string;
}

export interface CatalogueRow {
  /** `section/payload`, after the catalogue's id and `/` where it has a head; unique. */
  readonly id: string;
  readonly origin: RowOrigin;
  /** Id of the use case, e.g. `meter-reading`. */
  readonly useCase: string;
  readonly section: string;
  readonly businessScenario: string;
  readonly payload: string;
  readonly type: PayloadType;
  readonly attributes: string;
  /** NISTIR 7628 logical interface categories and the C-I-A triple; null where the source gives none. */
  readonly lics: string | null;
  readonly cia: string | null;
  /** Cell texts as printed, white space folded; null for rows without a table of their own (`listed`, `prose`). */
  readonly cells: Cells | null;
  readonly flows: readonly CatalogueFlow[];
  readonly readings: readonly string[];
  /** What the document says there, in our words, and the lines of its text; of rows from prose. */
  readonly note?: string;
  readonly lines?: string;
  /** `section/payload` of the printed row that this one copies; a copy has no flows, so that nothing counts twice. */
  readonly copyOf?: string;
}

export interface UseCase {
  /** File name and key on the command line, e.g. `meter-reading`. */
  readonly id: string;
  /** As in the requirements spreadsheet, e.g. `Meter Reading`. */
  readonly name: string;
  readonly section: string;
  readonly prerequisites: readonly string[];
  readonly thirdParty: boolean;
}

/** Devices that a how-often counts. */
export interface Population {
  readonly name: string;
  /** Actors that are members, e.g. [`2-Way Meter - Electr`]. */
  readonly actors: readonly string[];
  /** How many there are: a count expression over the scenario's deployment, e.g. `meters.electric.total`. */
  readonly count: string;
  readonly description: string;
  readonly needs?: readonly string[];
}

export interface EventKind {
  readonly name: string;
  /** Texts of the source that mean this event, white space folded. */
  readonly aliases: readonly string[];
  /** `system`: one occurrence concerns the whole population at once; `device`: each member has its own. */
  readonly scope: 'system' | 'device';
  /** Occurrences per year: of the system, or of each member. */
  readonly perYear: Range;
  /** Where the figure comes from, or `assumption: ...` with the reason. */
  readonly source: string;
  readonly needs?: readonly string[];
}

export interface MissingValue {
  readonly name: string;
  /** A number, or a count expression over the scenario's deployment where it scales with the utility. */
  readonly value: number | string;
  readonly unit: string;
  readonly reason: string;
}

/** A number that a system adds to the deployment, as `counts.<name>`. */
export interface DeploymentCount {
  readonly name: string;
  /** `count`: whole; `mean`: any number >= 0; `share`: 0..1. */
  readonly kind: 'count' | 'mean' | 'share';
  /** Used when the scenario gives none: a number, or an expression over the deployment and other counts. */
  readonly value: number | string;
  readonly unit: string;
  readonly reason: string;
  /** Section of the document, or `assumption`. */
  readonly source: string;
  /** The most that a rule of the document allows, a number or an expression; and the rule. Both or none. */
  readonly most?: number | string;
  readonly rule?: string;
}

/** A rule of the document that limits flows; a scenario that goes beyond it is refused. */
export interface FlowRule {
  readonly name: string;
  /** The rule in our words, with its place in the document. */
  readonly rule: string;
  /** Payloads that it concerns, those of `perMemberYear` together. */
  readonly payloads: readonly string[];
  /** Labels of the flows of these payloads that it concerns; absent: all. */
  readonly labels?: readonly string[];
  /** Messages per member of their population and year, or seconds from a command to its answer (`answerS`). */
  readonly limits: 'perMemberYear' | 'answerS';
  /** A number, or an expression over the deployment. */
  readonly most: number | string;
}

export interface Catalogue {
  readonly version: typeof CATALOGUE_VERSION;
  /** Name in `catalogues:` of a scenario; of several merged ones, their names with ` + ` between them. */
  readonly id: string;
  /** False when its actors exist without the AMI/DA reference architecture. */
  readonly needsProfile: boolean;
  readonly system: string;
  readonly source: string;
  /** SHA-256 of the catalogue's canonical JSON, for results. */
  readonly hash: string;
  readonly useCases: readonly UseCase[];
  /** The systems that it describes with the use cases of each: itself, or those of which it was merged. */
  readonly systems: readonly { readonly id: string; readonly useCases: readonly string[] }[];
  readonly rows: readonly CatalogueRow[];
  readonly populations: readonly Population[];
  readonly events: readonly EventKind[];
  readonly missing: readonly MissingValue[];
  readonly counts: readonly DeploymentCount[];
  readonly rules: readonly FlowRule[];
  /** Section 4.4.1 (scenario x distribution automation process) and 4.9.1 (device x update method). */
  readonly mappings: {
    readonly distributionAutomation: readonly { readonly scenario: string; readonly useCases: readonly string[] }[];
    readonly updateMethods: readonly {
      readonly device: string;
      readonly program: boolean;
      readonly firmware: boolean;
      readonly casts: readonly ('unicast' | 'multicast' | 'broadcast')[];
    }[];
  };
}
