/** What `fanplan size` assumes, and how it came to its answer, in words. */
import type { Assumption } from '../../sim/plan.js';
import { SERIES_SOURCE } from '../search/series.js';
import { percent } from '../trial/findings.js';
import type { SizeOptions, SizeResult } from './size.js';

/** Options, forecasts and what is left out, as rows of the list of assumptions. */
export function assumptions(
  { varied, cases, coverage, growth, candidates, noCost, scenario }: SizeResult,
  options: SizeOptions,
): Assumption[] {
  const { headroom, replications, mostReplications, years } = options;
  const choice = (key: string, value: string, reason: string, unit = '', source = ''): Assumption => ({
    kind: 'choice',
    key,
    value,
    unit,
    reason,
    source,
  });
  const fails =
    scenario.availability.ofTechnologies ||
    Object.keys({
      ...scenario.availability.networks,
      ...scenario.availability.dataFlows,
      ...scenario.availability.nodes,
    }).length > 0;
  return [
    choice(
      '--headroom',
      percent(headroom),
      'utilisation of every link in its busy hour stays below the rest',
      'of the busy hour',
    ),
    choice(
      '--replications',
      `${replications} to ${mostReplications}`,
      'what is undecided, or fails but not clearly, gets more, doubled each time; what is undecided at the limit does not pass',
    ),
    ...cases.map(({ name, meaning }) => choice('--load', name, meaning)),
    ...varied.map(({ key, steps, source }) =>
      choice(
        `--vary ${key}`,
        `${steps[0]!.text} to ${steps[steps.length - 1]!.text}`,
        source,
        `${steps.length} steps`,
        source.startsWith('series') ? SERIES_SOURCE : '',
      ),
    ),
    ...coverage.map(({ density }) =>
      choice('--density', `${density.name}=${density.premisesPerKm2}`, density.source, 'premises per km²'),
    ),
    ...(growth === undefined
      ? []
      : growth.trends.map(({ key, text }) =>
          choice(`growth.${key}`, text, `forecast from ${growth.from} to ${growth.to}`),
        )),
    ...(growth === undefined
      ? []
      : [
          choice(
            'growth',
            'gateways and substations stay as they are',
            'unless the forecast names them: it asks how long a network lasts that is built once',
          ),
        ]),
    ...(noCost === '' ? [] : [choice('--vary', 'cost decides nothing', noCost)]),
    ...(candidates.length === 0
      ? []
      : [choice('--years', String(years), 'of operation count with the cost of building, without interest', 'years')]),
    ...(fails
      ? [
          {
            kind: 'limit' as const,
            key: 'availability',
            value: 'not in the search',
            unit: '',
            reason: 'sizes are found with every part up; fanplan run weighs what fails',
            source: '',
          },
        ]
      : []),
  ];
}

/** Paragraphs of the report. @param grows there is a forecast */
export function method(
  { tried, closedFormCount, found, ladders }: SizeResult,
  options: SizeOptions,
  grows: boolean,
): string[] {
  const guess =
    found?.guess === undefined
      ? ''
      : ` It chose ${found.guess.map((step, i) => `${ladders[i]!.key} ${ladders[i]!.steps[step]!.text}`).join(', ')}.`;
  return [
    `The closed form narrowed the search (${closedFormCount} networks): the busy hour of every link against ${percent(1 - options.headroom)}, and the latency of every flow at its required share.${guess}`,
    `The simulation decided (${tried.length} networks): every flow is judged as by fanplan run, by Student’s 95 % interval over replications, and so is the utilisation of every link in its busy hour. From the guess the search goes up until a network passes and down until one does not, so that the step below the one found is simulated too.`,
    'More of a resource helps for certain only in the closed form and for a lone infinite FIFO queue with the same arrivals. Finite buffers, priorities and contention can break it, so that a step beyond the bracket on either side is simulated as well, and whatever is out of order is reported.',
    'Replications are added while something is undecided, or fails but not by the 99.9 % interval. Where a verdict rests on few messages that fared alike, the closed form has to agree; where it holds and says the opposite, the flow is undecided.',
    'Each verdict has the stated level; that many flows are judged at once makes the whole a little less sure.',
    ...(grows
      ? [
          'The forecast is computed year by year in closed form; around the year in which a link class runs out, the simulation decides.',
        ]
      : []),
  ];
}
