/** A network judged again, without what the search uses: its cache, its narrowing, its growing number of replications. */
import { closedFormLatency } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { summarise } from '../../sim/summary.js';
import { volumetrics } from '../../sim/volumetrics.js';
import type { Outcome } from '../../studies/search/bracket.js';

export interface Judged {
  readonly outcome: Outcome;
  /** What does not pass, in words. */
  readonly against: readonly string[];
}

/**
 * The verdicts of `fanplan run` over these replications, and every link's busy hour by its 95 % interval over them.
 * @param allowed utilisation, 0..1
 */
export function judge(plan: Plan, numbers: readonly number[], allowed: number): Judged {
  const volumes = volumetrics(plan);
  const stats = numbers.map((number) => simulateReplication(plan, number));
  const { flows, links } = summarise(plan, stats, volumes, closedFormLatency(plan, volumes), 'simulation');
  const failed: string[] = [];
  const undecided: string[] = [];
  for (const { flow, verdict, verdictReason } of flows) {
    if (verdict === 'fail') failed.push(`${flow}: ${verdictReason}`);
    if (verdict === 'undecided') undecided.push(`${flow}: ${verdictReason}`);
  }
  for (const { link, area, offeredB, busyHourUtilisation: busy, busyHourUtilisationHalfWidth: half } of links) {
    if (offeredB === 0) continue;
    if (busy - half > allowed) failed.push(`${link}, ${area}: ${busy} ± ${half} busy`);
    else if (!(busy + half <= allowed)) undecided.push(`${link}, ${area}: ${busy} ± ${half} busy`);
  }
  if (failed.length > 0) return { outcome: 'fail', against: failed };
  return { outcome: undecided.length > 0 ? 'undecided' : 'pass', against: undecided };
}
