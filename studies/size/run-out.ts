/** In which year each link class runs out. */

import { firstThat } from '../search/bisect.js';
import { bracket } from '../search/bracket.js';
import { bindingOf, type Finding, outcomeOf } from '../trial/findings.js';
import type { VariantSetting } from '../variants/variants.js';
import { type Growth, settingsIn } from './growth.js';
import type { NetworkTrials } from './network-trials.js';

/** A link class in a year, by closed form. */
export interface YearRow {
  readonly network: string;
  readonly year: number;
  /** Of the most utilised link in its busy hour, over all load cases. */
  readonly utilisation: number;
  readonly allowed: number;
  readonly link: string;
  readonly area: string;
  readonly hour: string;
  readonly loadCase: string;
  /** Requirements that the closed form sees missed on routes whose busiest link is of this class. */
  readonly missed: number;
  readonly holds: 'holds' | 'runs out';
}

export interface RunOut {
  readonly network: string;
  /** First year in which it does not hold; NaN: beyond the forecast. */
  readonly year: number;
  readonly closedFormYear: number;
  /** Outcome of the simulation in the last year that holds and in the first that does not; empty without such a year. */
  readonly lastHeld: string;
  readonly firstNot: string;
  readonly why: string;
  /** Years in which the simulation disagrees with what more growth should do. */
  readonly violations: string;
}

export interface GrowthResult {
  readonly years: readonly YearRow[];
  readonly runOuts: readonly RunOut[];
}

/** @param settings of the network that shall last @param trials with every case simulated */
export async function growthOf(
  growth: Growth,
  settings: readonly VariantSetting[],
  trials: NetworkTrials,
  allowed: number,
): Promise<GrowthResult> {
  const base = trials.scenario(settings);
  const all = Array.from({ length: growth.to - growth.from + 1 }, (_, i) => growth.from + i);
  const own = new Set(settings.map(({ path }) => path.join('.')));
  const settingsOfYear = (year: number): VariantSetting[] => {
    const plain = settingsIn(year, growth, base).filter(({ path }) => !own.has(path.join('.')));
    if (base.deployment.dapSizes.length === 0 || own.has('deployment.metersPerDap')) return [...settings, ...plain];
    const { meters } = trials.scenario([...settings, ...plain]).deployment;
    const total = meters.electric.total + meters.gas.total + meters.water.total;
    return [...settings, ...settingsIn(year, growth, base, total)];
  };
  const byYear = new Map(all.map((year) => [year, trials.closedForm(settingsOfYear(year)).findings]));
  const networks = [...new Set([...byYear.values()].flat().map(({ network }) => network))].filter(
    (name) => name !== '',
  );
  const years = networks.flatMap((network) => all.map((year) => yearRow(network, year, byYear.get(year)!, allowed)));

  const runOuts: RunOut[] = [];
  for (const network of networks) {
    const rows = years.filter((row) => row.network === network);
    const first = firstThat(rows.length, (i) => rows[i]!.holds === 'runs out');
    // Steps of the bracket go back in time: the earliest year is the easiest.
    const yearAt = (step: number) => all[all.length - 1 - step]!;
    const findingsIn = async (year: number) =>
      (await trials.simulated(settingsOfYear(year))).cases
        .flatMap(({ findings }) => findings)
        .filter((one) => one.network === network);
    const { found, tried, violations } = await bracket(
      all.length,
      first === rows.length ? 0 : all.length - first,
      async (step) => outcomeOf(await findingsIn(yearAt(step))),
      0,
    );
    const lastYear = found < 0 ? Number.NaN : yearAt(found);
    const outYear = found < 0 ? all[0]! : found === 0 ? Number.NaN : yearAt(found - 1);
    const binding = Number.isNaN(outYear) ? undefined : bindingOf(await findingsIn(outYear));
    runOuts.push({
      network,
      year: outYear,
      closedFormYear: rows[first]?.year ?? Number.NaN,
      lastHeld: Number.isNaN(lastYear) ? '' : `${lastYear}: pass`,
      firstNot: Number.isNaN(outYear) ? '' : `${outYear}: ${tried.get(all.length - 1 - all.indexOf(outYear)) ?? ''}`,
      why: binding === undefined ? '' : whyText(binding),
      violations: violations
        .map(({ pass, notPass }) => `${yearAt(pass)} passes, ${yearAt(notPass)} does not`)
        .join('; '),
    });
  }
  runOuts.sort((a, b) => (Number.isNaN(a.year) ? Infinity : a.year) - (Number.isNaN(b.year) ? Infinity : b.year));
  return { years, runOuts };
}

function yearRow(network: string, year: number, findings: readonly Finding[], allowed: number): YearRow {
  const own = findings.filter((one) => one.network === network);
  const worst = bindingOf(
    own.filter(({ kind }) => kind === 'headroom').map((one) => ({ ...one, outcome: 'pass' as const })),
  );
  const missed = own.filter(({ kind, outcome }) => kind === 'requirement' && outcome === 'fail').length;
  const utilisation = worst === undefined ? 0 : allowed * (1 - worst.slack);
  const { link = '', area = '', hour = '', loadCase = '' } = worst ?? {};
  return {
    network,
    year,
    utilisation,
    allowed,
    link,
    area,
    hour,
    loadCase,
    missed,
    holds: utilisation > allowed || missed > 0 ? 'runs out' : 'holds',
  };
}

function whyText({ kind, payload, link, area, hour, loadCase, reason }: Finding): string {
  const where = `${link}, ${area}${hour === '' ? '' : ` at ${hour}`}, ${loadCase}`;
  return kind === 'headroom' ? `${where}: ${reason}` : `${payload} (${where}): ${reason}`;
}
