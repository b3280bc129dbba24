/** One deployment profile of a scenario in closed form: a row of the comparison of profiles. */
import type { Holds } from '../../sim/closed-form.js';
import type { Decisions, DeploymentProfile } from '../../topologies/types.js';
import type { LinksCost } from '../cost.js';

export interface ProfileRow {
  /** Code: `AHEM3CvIW+DCSIRsF`. */
  readonly profile: string;
  readonly kind: DeploymentProfile['kind'];
  /** Whether the source prints it; else it is derived. */
  readonly printed: boolean;
  /** As decisions.yaml names them: `backhaul: IW`. */
  readonly decisions: Decisions;
  /** Flows of the catalogue that take part, and that do not. */
  readonly flowsInScope: number;
  readonly flowsOutOfScope: number;
  /** In the order of the reference architecture. */
  readonly networks: readonly NetworkLoad[];
  readonly latency: LatencyMargins;
  readonly reliability: LeastReliability | null;
  /** null: nothing on the way of any flow is said to fail. */
  readonly availability: LeastAvailability | null;
  /** null: no link has a technology. */
  readonly cost: LinksCost | null;
}

/** What a network carries in its busy hour, as in the results of a run without simulation. */
export interface NetworkLoad {
  readonly network: string;
  /** Directions that carry something, down, up, across. */
  readonly directions: readonly DirectionLoad[];
  /** The most utilised transmitter of the network, each in its own busy hour; null: all are of unlimited rate or idle. */
  readonly busiest: BusiestLink | null;
}

/** All links of a network and direction together. */
export interface DirectionLoad {
  readonly direction: string;
  /** Clock hour with the most bytes, `07:00`; bytes in one such hour and bit/s in it. */
  readonly busyHour: string;
  readonly busyHourB: number;
  readonly busyHourBps: number;
  readonly bytesPerDay: number;
}

export interface BusiestLink {
  /** Seconds of transmission per second in the link's busy hour; above 1: more than it carries. */
  readonly utilisation: number;
  readonly link: string;
  /** `dap 17` */
  readonly area: string;
  readonly busyHour: string;
}

/** Closed-form latency against the budgets of all flows that have one and send something. */
export interface LatencyMargins {
  /** Rows of the plan's flow table with a budget and messages. */
  readonly judged: number;
  /** Of those: whose mean, whose 95th percentile is above the budget. */
  readonly missesMean: number;
  readonly missesP95: number;
  /** Of those: for which the closed form holds, see `Latencies.holds`. */
  readonly valid: number;
  /** Least share of the budget that is left after the mean, after the 95th percentile; null: nothing is judged. */
  readonly worstMean: LatencyMargin | null;
  readonly worstP95: LatencyMargin | null;
}

export interface LatencyMargin {
  /** Row of the plan's flow table by its name, and what it is of the catalogue. */
  readonly flow: string;
  readonly catalogueFlow: string;
  readonly useCase: string;
  readonly payload: string;
  /** Closed form; Infinity where a queue on the way grows without end. */
  readonly latencyS: number;
  readonly budgetS: number;
  /** budget − latency, seconds; and as a share of the budget. */
  readonly marginS: number;
  readonly margin: number;
  readonly holds: Holds;
  /** Where most of its mean is spent. */
  readonly slowest: { readonly link: string; readonly delayS: number };
}

/** Of the flows with a required share: the one of which the least more gets through, by loss and repetitions, than is required. */
export interface LeastReliability {
  readonly judged: number;
  /** Of those: through which less gets than is required. */
  readonly misses: number;
  readonly flow: string;
  readonly payload: string;
  readonly share: number;
  readonly required: number;
}

/** The flow whose route is up for the least share of the time. */
export interface LeastAvailability {
  /** What fails: as the scenario says, or, where it says nothing, every link as its technology. */
  readonly basis: 'scenario' | 'technologies';
  readonly share: number;
  readonly flow: string;
  readonly payload: string;
  /** Links and nodes on its way that may fail, with the share of the time in which they are up. */
  readonly components: string;
}
