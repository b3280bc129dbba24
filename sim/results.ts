/** What a run gives: rows of plain values, in the order of the plan, ready for tables, charts and reports. */
import type { Assumption, NetworkLabel, OutOfScope } from './plan.js';

export const RESULTS_VERSION = 2;

export type EngineName = 'simulation' | 'closed-form' | 'simjs';

/**
 * `pass`: the lower bound of P(delivered within the budget) reaches the required reliability; `fail`: the upper bound does
 * not; else `undecided`. `not exercised`: no message was sent. `not judged`: the requirement's window is longer than the
 * run. `no budget`: the source states none.
 */
export type Verdict = 'pass' | 'fail' | 'undecided' | 'not exercised' | 'not judged' | 'no budget';

/**
 * What a pass or fail of the simulation rests on: `enough` messages to show it by their mere number, were they
 * independent, or `few`; empty for other verdicts and in closed form.
 */
export type Evidence = 'enough' | 'few' | '';

/** Per flow. Counts are sums over replications; latencies pool the replications; NaN where there is nothing to tell. */
export interface FlowResult {
  readonly flow: string;
  readonly catalogueFlow: string;
  readonly useCase: string;
  readonly businessScenario: string;
  readonly section: string;
  readonly payload: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly route: string;
  readonly networks: string;
  readonly howOften: string;
  readonly mode: string;
  readonly sizeB: number;
  readonly priority: number;
  /** Deliveries that were expected from messages sent in the measured run (listeners counted each). */
  readonly sent: number;
  readonly delivered: number;
  /** Delivered after the budget, and in flight at the end past it. */
  readonly late: number;
  readonly lost: number;
  /** Sent again by the application, and delivered once more than needed. Not in `sent` and `delivered`. */
  readonly resent: number;
  readonly duplicates: number;
  readonly inFlightStart: number;
  readonly inFlightEnd: number;
  /** Closed form: expected messages of the measured run. */
  readonly expectedSent: number;
  /** Closed form: mean latency over the route in the busy hour, seconds; Infinity when a link is overloaded. */
  readonly closedFormLatencyS: number;
  readonly closedFormP95S: number;
  /** Closed form: share that gets through by loss and retry limits, early or late. */
  readonly closedFormReliability: number;
  /** Whether the closed form holds for the flow: `valid`, `burst`, `overload` or `outside`; and why not. */
  readonly closedFormHolds: string;
  readonly closedFormReason: string;
  readonly latencyMeanS: number;
  readonly latencyMeanHalfWidthS: number; // 95 %, Student's t over replications
  readonly latencyP50S: number; // NaN for fewer than 10 / (1 - q) messages
  readonly latencyP50HalfWidthS: number; // of percentiles likewise, where every replication has enough messages
  readonly latencyP95S: number;
  readonly latencyP95HalfWidthS: number;
  readonly latencyP99S: number;
  readonly latencyP99HalfWidthS: number;
  readonly latencyP999S: number;
  readonly latencyP999HalfWidthS: number;
  readonly latencyMaxS: number;
  readonly budgetS: number;
  readonly requiredReliability: number;
  /** Share delivered within the budget, and its 95 % interval. */
  readonly reliability: number;
  readonly reliabilityLow: number;
  readonly reliabilityHigh: number;
  /** Seconds after its event by which a message must be there (fault sequences, campaigns), the share that is, and when. */
  readonly deadlineS: number; // NaN: none
  readonly deadlineShare: number;
  readonly deadlineShareLow: number;
  readonly deadlineShareHigh: number;
  readonly sinceEventP50S: number;
  readonly sinceEventP50HalfWidthS: number;
  readonly sinceEventP95S: number;
  readonly sinceEventP95HalfWidthS: number;
  readonly sinceEventLastS: number;
  /** Of the budget, the deadline and the tiers together: the worst of them. */
  readonly verdict: Verdict;
  /** Why the verdict is what it is, one short sentence; for `not judged` and `undecided` above all. */
  readonly verdictReason: string;
  readonly evidence: Evidence;
  /** (budget - p95 or mean) / budget; negative when missed. */
  readonly margin: number;
}

/** A required share of originating devices captured in each window of the run. */
export interface TierResult {
  readonly flow: string;
  readonly catalogueFlow: string;
  readonly payload: string;
  readonly tier: string;
  readonly windowS: number;
  readonly requiredShare: number;
  /** Whole windows of a run, and devices that originate. */
  readonly windows: number;
  readonly devices: number;
  /** Mean share over windows and replications; that of the worst window, mean over replications, with its 95 % interval. */
  readonly capturedShare: number;
  readonly worstShare: number;
  readonly worstShareLow: number;
  readonly worstShareHigh: number;
  readonly verdict: Verdict;
  readonly verdictReason: string;
}

/** A flow whose route has parts that fail: what remains of its share in time over all states of the parts. */
export interface AvailabilityResult {
  readonly flow: string;
  readonly catalogueFlow: string;
  readonly payload: string;
  /** Parts of the route that may fail, each with its availability; likewise of the fallback route. */
  readonly components: string;
  readonly fallbackComponents: string;
  /** Shares of the time: the ordinary route is up; it is down and the fallback up; neither is. */
  readonly up: number;
  readonly onFallback: number;
  readonly down: number;
  /** Shares delivered within the budget, simulated in each state, and weighted by the time in it. */
  readonly reliabilityUp: number;
  readonly reliabilityOnFallback: number;
  readonly reliability: number;
  readonly reliabilityLow: number;
  readonly reliabilityHigh: number;
  readonly requiredReliability: number;
  readonly verdict: Verdict;
}

/** A leg of a chain of flows that pass one thing on, all of its legs, or the legs of a sub-total that the source prints. */
export interface ChainResult {
  readonly chain: string;
  readonly section: string;
  readonly leg: string;
  readonly flows: string; // of the catalogue
  readonly printed: string; // the sub-total's text
  /** Sum of budgets, product of shares, sum of sizes. */
  readonly budgetS: number;
  readonly requiredReliability: number;
  readonly leastB: number;
  readonly mostB: number;
  readonly latencyMeanS: number;
  readonly closedFormLatencyS: number;
  readonly reliability: number;
}

/** Per link and area instance (`area` is `dap 17`, `centre`); links of premises are pooled per area instance. */
export interface LinkResult {
  readonly link: string;
  readonly network: string;
  readonly direction: string;
  readonly area: string;
  readonly dataFlow: string;
  /** Devices in the area in which the link stands. */
  readonly endpoints: number;
  /** Offered load of one of them; NaN in an area without devices. */
  readonly messagesPerEndpointDay: number;
  readonly bytesPerEndpointDay: number; // with overhead
  readonly copies: number;
  readonly rateBps: number;
  readonly offeredMessages: number; // mean per replication
  readonly offeredB: number; // with overhead; mean per replication
  readonly carriedB: number;
  readonly meanBps: number;
  readonly busyHour: string; // label of the busiest clock hour
  readonly busyHourBps: number;
  readonly busiest10sBps: number; // NaN in closed form
  readonly utilisation: number; // mean over the run, 0..1
  readonly utilisationHalfWidth: number; // 95 %, Student's t over replications
  readonly busyHourUtilisation: number;
  readonly busyHourUtilisationHalfWidth: number;
  readonly queueMeanB: number; // time-weighted waiting bytes
  readonly queueMaxB: number;
  readonly drops: number;
  /** Technology of the medium; empty for a pipe. */
  readonly technology: string;
  /** Attempts to send a frame, those after the first of a frame, those that met another frame. Means per replication. */
  readonly frames: number;
  readonly retries: number;
  readonly collisions: number;
  /** Messages given up on the medium. */
  readonly lost: number;
  readonly closedFormB: number;
  readonly closedFormMessages: number;
  readonly closedFormBusyHourBps: number;
}

/** Per network, direction and bin; summed over the links of the network. */
export interface HourResult {
  readonly network: string;
  readonly direction: string;
  readonly bin: number;
  readonly label: string;
  readonly hour: number;
  readonly bytes: number; // mean per replication
  readonly messages: number;
  readonly bps: number;
  readonly bpsHalfWidth: number; // 95 %, Student's t over replications
  /** Of the whole network class: bytes over capacity; the most loaded single link beside it. */
  readonly utilisation: number;
  readonly worstUtilisation: number;
  readonly closedFormBytes: number;
  readonly closedFormMessages: number;
}

/** What makes up the busy hour of a network and direction. */
export interface BusyHourShare {
  readonly network: string;
  readonly direction: string;
  readonly label: string;
  readonly useCase: string;
  readonly payload: string;
  readonly bytes: number;
  readonly share: number;
}

/** What a system adds to a link, in the area where the link is busiest. Expected figures; only where several systems run. */
export interface SystemLoad {
  readonly link: string;
  readonly network: string;
  readonly direction: string;
  readonly area: string;
  /** Clock hour in which all systems together load the link most. */
  readonly busyHour: string;
  /** Id of its catalogue, or `upkeep`: what keeps sessions open. */
  readonly system: string;
  readonly busyHourBytes: number;
  readonly busyHourBps: number;
  readonly share: number;
  /** Of the link alone: seconds of transmission of this system per second of the busy hour, premises averaged. */
  readonly utilisation: number;
  /** The hour in which the system by itself loads the link most, and how much. */
  readonly ownBusyHour: string;
  readonly ownBusyHourBps: number;
}

export interface RunInfo {
  readonly resultsVersion: typeof RESULTS_VERSION;
  readonly fanplan: string; // version
  readonly node: string;
  readonly scenario: string;
  readonly scenarioFile: string;
  readonly scenarioHash: string;
  readonly catalogueHash: string;
  readonly profile: string;
  readonly load: string;
  readonly seed: string;
  readonly engine: EngineName;
  readonly replications: number;
  readonly startLocal: string;
  readonly zone: string;
  readonly horizonS: number;
  readonly warmUpDays: readonly number[]; // per replication
  readonly exit: 'done' | 'interrupted';
  readonly counts: {
    readonly flows: number;
    readonly links: number;
    readonly messages: number;
    readonly hops: number;
    readonly events: number;
    /** Events that shared their instant with the event before. */
    readonly ties: number;
  };
  /** Wall-clock figures; the only part that differs between two runs of the same seed. */
  readonly timing: { readonly startedAt: string; readonly wallS: number; readonly simulationS: number };
}

export interface Results {
  readonly run: RunInfo;
  readonly flows: readonly FlowResult[];
  readonly tiers: readonly TierResult[];
  readonly availability: readonly AvailabilityResult[];
  readonly chains: readonly ChainResult[];
  readonly links: readonly LinkResult[];
  readonly hours: readonly HourResult[];
  readonly busyHours: readonly BusyHourShare[];
  readonly systems: readonly SystemLoad[];
  readonly assumptions: readonly Assumption[];
  readonly outOfScope: readonly OutOfScope[];
  /** Counts of endpoints and areas for the report's head, e.g. {name: 'electric meters', count: 10000}. */
  readonly deployment: readonly { readonly name: string; readonly count: number }[];
  /** Who stands at the ends of links, for the network picture; absent where the plan does not say. */
  readonly network?: NetworkResult;
}

/** What the network picture shows beside the links' own rows. */
export interface NetworkResult {
  readonly actors: NetworkLabel['actors'];
  readonly links: readonly {
    readonly link: string;
    readonly network: string;
    /** Areas in which the link stands once, or `copies` times: `dap` and how many of them; the centre has 1. */
    readonly kind: string;
    readonly areas: number;
    /** Pairs of actors (rows of `actors`) that it joins, as messages go. */
    readonly ends: readonly (readonly [from: number, to: number])[];
  }[];
}
