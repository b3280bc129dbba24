/** A network judged again, without what the search uses: its cache, its narrowing, its growing number of replications. */
import { closedFormLatency } from '../../sim/closed-form.js';
import { linkResults } from '../../sim/link-results.js';
import { offeredPerBin } from '../../sim/offered.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { mean, meanHalfWidth } from '../../sim/student-t.js';
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
  const each = stats.map((one) => linkResults(plan, [one], volumes, offeredPerBin([one], volumes)));
  const failed: string[] = [];
  const undecided: string[] = [];
  for (const { flow, verdict, verdictReason } of flows) {
    if (verdict === 'fail') failed.push(`${flow}: ${verdictReason}`);
    if (verdict === 'undecided') undecided.push(`${flow}: ${verdictReason}`);
  }
  links.forEach(({ link, area, offeredB }, i) => {
    if (offeredB === 0) return;
    const busy = each.map((one) => one[i]!.busyHourUtilisation);
    const [centre, half] = [mean(busy), meanHalfWidth(busy)];
    if (centre - half > allowed) failed.push(`${link}, ${area}: ${centre} ± ${half} busy`);
    else if (!(centre + half <= allowed)) undecided.push(`${link}, ${area}: ${centre} ± ${half} busy`);
  });
  if (failed.length > 0) return { outcome: 'fail', against: failed };
  return { outcome: undecided.length > 0 ? 'undecided' : 'pass', against: undecided };
}
