/** A network judged by the closed form: milliseconds, to narrow what is then simulated. */
import { closedFormLatency, type Latencies } from '../../sim/closed-form.js';
import { linksOnPaths } from '../../sim/paths.js';
import type { Plan } from '../../sim/plan.js';
import type { FlowResult, LinkResult } from '../../sim/results.js';
import { summarise } from '../../sim/summary.js';
import { type Volumetrics, volumetrics } from '../../sim/volumetrics.js';
import { busiestOf, type Finding, headroomFinding, type Paths, placeOf } from './findings.js';

export interface ClosedFormTrial {
  readonly findings: readonly Finding[];
  /** Flows for which the closed form does not hold: how many, and the reason of the first. */
  readonly doubtful: number;
  readonly doubt: string;
  readonly flows: readonly FlowResult[];
  readonly links: readonly LinkResult[];
  readonly volumes: Volumetrics;
  readonly latencies: Latencies;
  /** Links on the paths of the flows. */
  readonly paths: Paths;
}

/**
 * Judges every link's busy hour and the latency of every flow at its required share, losses taken off. Deadlines after
 * events and windows of devices are left to the simulation; so are flows for which the formulas do not hold, unless a
 * link on their way is overloaded.
 * @param allowed utilisation in the busy hour, 0..1
 */
export function closedFormTrial(plan: Plan, allowed: number, loadCase: string): ClosedFormTrial {
  const volumes = volumetrics(plan);
  const latencies = closedFormLatency(plan, volumes);
  const { flows, links, busyHours } = summarise(plan, [], volumes, latencies, 'closed-form');
  const headroom = links
    .filter((link) => link.busyHourUtilisation > 0)
    .map((link) => headroomFinding(link, link.busyHourUtilisation, 0, allowed, loadCase, busyHours));
  const paths = linksOnPaths(plan);
  const requirements = flows.flatMap((flow, i) => {
    const finding = requirementInClosedForm(flow, i, latencies, loadCase, links, paths);
    return finding === undefined ? [] : [finding];
  });
  const doubtful = flows.filter(({ closedFormHolds }) => closedFormHolds === 'burst' || closedFormHolds === 'outside');
  return {
    findings: [...headroom, ...requirements],
    doubtful: doubtful.length,
    doubt: doubtful[0]?.closedFormReason ?? '',
    flows,
    links,
    volumes,
    latencies,
    paths,
  };
}

/** Undefined: nothing to judge, or nothing that the closed form can. */
function requirementInClosedForm(
  flow: FlowResult,
  index: number,
  latencies: Latencies,
  loadCase: string,
  links: readonly LinkResult[],
  paths: Paths,
): Finding | undefined {
  const { budgetS, requiredReliability, closedFormHolds, closedFormLatencyS, expectedSent } = flow;
  if (Number.isNaN(budgetS) || Number.isNaN(requiredReliability) || expectedSent === 0) return undefined;
  const isOverloaded = closedFormHolds === 'overload' || closedFormLatencyS === Infinity;
  if (!isOverloaded && closedFormHolds !== 'valid') return undefined;
  const through = latencies.reliability[index]!;
  const isLossy = through < requiredReliability;
  const atS = isOverloaded || isLossy ? Infinity : latencies.quantileS(index, requiredReliability / through);
  if (Number.isNaN(atS)) return undefined;
  const slack = isOverloaded || isLossy ? -1 : (budgetS - atS) / budgetS;
  const reason = isOverloaded
    ? flow.closedFormReason || 'a link on the way is overloaded in its busy hour'
    : isLossy
      ? `${Number((100 * through).toPrecision(5))} % get through, ${100 * requiredReliability} % required`
      : `${Number((100 * requiredReliability).toPrecision(5))} % within ${Number(atS.toPrecision(3))} s by closed form, budget ${budgetS} s`;
  return {
    kind: 'requirement',
    outcome: slack < 0 ? 'fail' : 'pass',
    loadCase,
    flow: flow.flow,
    payload: flow.payload,
    ...placeOf(busiestOf(flow, links, paths)),
    slack,
    reason,
  };
}
