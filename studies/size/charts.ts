/** Pictures of a sizing study. */

import { type Chart, figureColumns, type Layout, layoutWidth, type PictureMaker } from '../../reports/charts/chart.js';
import { growth } from '../../reports/charts/growth.js';
import { ranked } from '../../reports/charts/ranked.js';
import { emptySpec, frame, grid, ink, verdictColour } from '../../reports/charts/theme.js';
import type { Candidate } from './cheapest.js';
import type { Ladder } from './ladders.js';
import type { GrowthResult } from './run-out.js';
import type { Found } from './search.js';

const OUTCOMES = ['pass', 'undecided', 'fail'] as const;

/** What was tried on every ladder, from the smallest step to the largest. */
export function stepsChart(ladders: readonly Ladder[], found: Found): PictureMaker {
  return (layout: Layout): Chart => {
    const title = 'Steps tried by simulation';
    const description =
      'For each thing that varies the steps that were simulated with the others as found, the smallest network on the left; the step found is framed.';
    const values = found.brackets.flatMap((own, i) =>
      [...own.tried].map(([step, outcome], at) => ({
        ladder: ladders[i]!.key,
        at,
        step: ladders[i]!.steps[step]!.text,
        outcome,
        isFound: step === found.steps?.[i],
      })),
    );
    const head = {
      name: 'steps',
      title,
      description,
      figures: {
        columns: figureColumns('varies', 'step', 'outcome', 'found'),
        rows: values.map(({ ladder, step, outcome, isFound }) => [ladder, step, outcome, isFound ? 'found' : '']),
      },
    };
    if (values.length === 0)
      return { ...head, spec: emptySpec(title, description, 'Nothing was found to try around.', layout) };
    const y = {
      field: 'ladder',
      type: 'nominal',
      title: null,
      sort: null,
      axis: { labelColor: ink, ticks: false, domain: false },
    } as const;
    const x = { field: 'at', type: 'ordinal', axis: null } as const;
    return {
      ...head,
      spec: {
        ...frame(title, description),
        width: layoutWidth[layout],
        height: 34 * found.brackets.length + 10,
        autosize: { type: 'fit-x', contains: 'padding' },
        data: { values },
        layer: [
          {
            mark: { type: 'rect', height: 24 },
            encoding: {
              x,
              y,
              color: {
                field: 'outcome',
                type: 'nominal',
                scale: { domain: [...OUTCOMES], range: OUTCOMES.map((outcome) => verdictColour[outcome]) },
                legend: { title: null, columns: 3, symbolType: 'square' },
              },
              stroke: { condition: { test: 'datum.isFound', value: ink }, value: grid },
              strokeWidth: { condition: { test: 'datum.isFound', value: 2 }, value: 0.5 },
            },
          },
          {
            mark: { type: 'text', color: ink, fontSize: layout === 'wide' ? 11 : 8 },
            encoding: { x, y, text: { field: 'step', type: 'nominal' } },
          },
        ],
      },
    };
  };
}

/** What was looked through by cost, the cheapest first: which of them pass, and which is chosen. */
export function candidatesChart(candidates: readonly Candidate[], years: number): PictureMaker {
  const chosen = candidates.findLast(({ outcome }) => outcome === 'pass');
  const items = candidates.map((own) => {
    const note = own === chosen ? `${own.outcome}, chosen` : own.outcome;
    return {
      label: own === chosen ? `${own.name}, chosen` : own.name,
      value: { value: own.price?.totalUsd ?? own.least.totalUsd },
      group: own.outcome,
      note: own.price === undefined ? `at least, ${note}` : note,
    };
  });
  return (layout) =>
    ranked(
      {
        name: 'candidates',
        title: 'Cost of what was looked through',
        description: `Building and ${years} years of operation of each combination, and what the simulation says of it: the cheapest that passes is chosen. What does not pass costs at least so much, with the fewest gateways that the closed form allows; what is too dear was not simulated, since it does not cost less than the one chosen.`,
        value: { title: 'cost', unit: 'USD' },
        items,
        groups: [
          ...OUTCOMES.map((outcome) => [outcome, verdictColour[outcome]] as const),
          ['too dear', verdictColour['not exercised']],
        ],
      },
      layout,
    );
}

/**
 * Utilisation of the busiest link of each class over the years, by closed form, with the year in which it runs out as the
 * simulation decided it: a requirement may be missed long before a link is full.
 */
export function growthChart(of: string, name: string, { years, runOuts }: GrowthResult): PictureMaker {
  const networks = [...new Set(years.map(({ network }) => network))];
  const classes = networks
    .map((network) => {
      const own = years.filter((row) => row.network === network);
      const year = runOuts.find((one) => one.network === network)?.year ?? Number.NaN;
      return {
        label: network,
        most: Math.max(...own.map(({ utilisation }) => utilisation)),
        years: own.map((row) => ({ year: row.year, utilisation: { value: row.utilisation } })),
        ...(Number.isNaN(year) ? {} : { exhausted: year }),
      };
    })
    .sort((a, b) => (a.exhausted ?? Infinity) - (b.exhausted ?? Infinity) || b.most - a.most);
  const words = {
    name,
    title: `Busy hours over the years, ${of}`,
    description:
      'Utilisation of the most utilised link of each class in its busy hour, by closed form; the dashed line is what headroom leaves. Circles are the years in which classes run out, by simulation: they have less headroom than asked, or miss a requirement.',
  };
  return (layout) => growth({ ...words, headroom: years[0]?.allowed ?? 1, classes }, layout);
}
