/** A network judged by simulation, with as many replications as the verdict takes, up to a limit. */
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplications } from '../../sim/replications.js';
import type { FlowResult, LinkResult, TierResult } from '../../sim/results.js';
import { summarise } from '../../sim/summary.js';
import { failsClearly, isClearlyFull } from './clear-failure.js';
import { closedFormTrial } from './closed-form-trial.js';
import { withClosedForm } from './few-messages.js';
import { type Finding, headroomFinding, type Outcome, outcomeOf, requirementFinding } from './findings.js';

export interface TrialOptions {
  /** Allowed utilisation in the busy hour, 0..1. */
  readonly allowed: number;
  /** To begin with; at least 2. */
  readonly replications: number;
  /** Undecided verdicts get more, each time twice as many, up to so many. */
  readonly mostReplications: number;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** How replications are had; default: simulated. Finished ones may come from elsewhere. */
  readonly simulate?: Simulate;
}

export type Simulate = (plan: Plan, numbers: readonly number[]) => Promise<readonly ReplicationStats[]>;

export interface SimulatedTrial {
  readonly loadCase: string;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly replications: number;
  readonly flows: readonly FlowResult[];
  readonly tiers: readonly TierResult[];
  readonly links: readonly LinkResult[];
}

/** What a signal interrupts: nothing is known of the network then. */
export class TrialInterrupted extends Error {}

/**
 * Simulates a plan and judges it: every flow as `fanplan run` does, and every link in its busy hour against `allowed`,
 * by the 95 % interval over the replications (the busy hour is that of their mean). While something is undecided, or fails
 * but not clearly (clear-failure.ts), the replications are doubled; what is still undecided at the limit stays so. Verdicts
 * on few messages that the closed form contradicts are undecided (few-messages.ts).
 * @throws TrialInterrupted when the signal aborts
 */
export async function simulatedTrial(plan: Plan, loadCase: string, options: TrialOptions): Promise<SimulatedTrial> {
  const { allowed, mostReplications } = options;
  const { volumes, latencies, paths, findings: expected } = closedFormTrial(plan, allowed, loadCase);
  const expectedOf = new Map(expected.filter(({ flow }) => flow !== '').map((finding) => [finding.flow, finding]));
  const simulate = options.simulate ?? ((of, numbers) => simulateReplications(of, numbers, options));
  const stats: ReplicationStats[] = [];
  for (let wanted = Math.min(options.replications, mostReplications); ; wanted = next(wanted, options)) {
    const numbers = Array.from({ length: wanted - stats.length }, (_, i) => stats.length + i + 1);
    stats.push(...(await simulate(plan, numbers)));
    if (stats.length < wanted) throw new TrialInterrupted(loadCase);
    const { flows: simulated, tiers, links, busyHours } = summarise(plan, stats, volumes, latencies, 'simulation');
    const flows = simulated.map((flow) => withClosedForm(flow, expectedOf.get(flow.flow)));
    const headroom = links.flatMap((link) => {
      if (link.offeredB === 0) return [];
      const { busyHourUtilisation: utilisation, busyHourUtilisationHalfWidth: half } = link;
      return [headroomFinding(link, utilisation, half, allowed, loadCase, busyHours)];
    });
    const requirements = flows.flatMap((flow) => {
      const { verdict } = flow;
      if (verdict !== 'pass' && verdict !== 'fail' && verdict !== 'undecided') return [];
      return [requirementFinding(flow, verdict, loadCase, links, paths)];
    });
    const findings = [...headroom, ...requirements];
    const outcome = outcomeOf(findings);
    const isLast = wanted >= mostReplications;
    const isDecided =
      outcome === 'pass' ||
      (outcome === 'fail' && (isClearlyFailing(flows, tiers, wanted) || links.some(isFull(allowed, wanted))));
    if (isDecided || isLast) return { loadCase, outcome, findings, replications: wanted, flows, tiers, links };
  }
}

function isClearlyFailing(flows: readonly FlowResult[], tiers: readonly TierResult[], replications: number): boolean {
  return flows.some(
    (flow) =>
      flow.verdict === 'fail' &&
      failsClearly(
        flow,
        tiers.filter((tier) => tier.flow === flow.flow),
        replications,
      ),
  );
}

const isFull = (allowed: number, replications: number) => (link: LinkResult) =>
  link.offeredB > 0 && isClearlyFull(link, allowed, replications);

function next(wanted: number, { mostReplications }: TrialOptions): number {
  return Math.min(2 * wanted, mostReplications);
}
