/** What `fanplan size` found, as a study that can be reported. */
import type { Fact, Finding as Line, StudyReport, StudyTable } from '../../reports/study/study.js';
import type { Assumption } from '../../sim/plan.js';
import { SERIES_SOURCE } from '../search/series.js';
import { metersOf } from '../trial/coverage.js';
import { bindingOf, percent } from '../trial/findings.js';
import { moreReplications } from '../trial/more-replications.js';
import { candidatesChart, growthChart, stepsChart } from './charts.js';
import { type Ladder, mostOfEven } from './ladders.js';
import {
  candidateColumns,
  candidateRows,
  coverageColumns,
  coverageRows,
  foundFlowColumns,
  foundFlows,
  foundLinkColumns,
  foundLinks,
  runOutColumns,
  triedColumns,
  triedRows,
  yearColumns,
  yearText,
} from './rows.js';
import type { Found } from './search.js';
import { servedText } from './served.js';
import type { SizeOptions, SizeResult } from './size.js';
import { bindingText } from './words.js';

export interface ReportMeta {
  readonly command: string;
  readonly startedAt: Date;
  readonly options: SizeOptions;
}

export function sizeReport(result: SizeResult, meta: ReportMeta): StudyReport {
  const { scenario, plan, found, ladders, lasts, growth } = result;
  const { options } = meta;
  const allowed = 1 - options.headroom;
  const text = answerText(result, options);
  return {
    info: {
      verb: 'size',
      command: meta.command,
      scenarios: [{ name: scenario.name, file: scenario.file, hash: scenario.hash }],
      catalogueHash: plan.catalogueHash,
      engine: 'simulation',
      seed: scenario.seed,
      replications: Math.max(0, ...result.tried.flatMap(({ cases }) => cases.map((own) => own.replications))),
      exit: 'done',
      timing: { startedAt: meta.startedAt.toISOString(), wallS: (Date.now() - meta.startedAt.getTime()) / 1000 },
    },
    title: `${scenario.name}: the smallest network`,
    facts: facts(result, options),
    answer: text,
    findings: [...wayOut(result, options), ...lines(result, options.density?.name)],
    binding: bindings(result),
    pictures: [
      ...(result.candidates.length === 0 ? [] : [candidatesChart(result.candidates, options.years)]),
      ...(found === undefined || !isSearched(found, result.candidates) ? [] : [stepsChart(ladders, found)]),
      ...lasts.map(({ of, result: growthResult }, i) =>
        growthChart(of, i === 0 ? 'growth' : 'growth-found', growthResult),
      ),
    ],
    tables: tables(result, allowed),
    assumptions: [...assumptions(result, options), ...plan.assumptions],
    method: method(result, options, growth !== undefined),
  };
}

/** Whether more than one step of something was tried; what cost has chosen has one, and a picture of its own. */
function isSearched({ brackets }: Found, candidates: SizeResult['candidates']): boolean {
  return candidates.length === 0 ? brackets.length > 0 : brackets.some(({ tried }) => tried.size > 1);
}

function facts({ scenario, cases, varied, candidates }: SizeResult, { headroom, years }: SizeOptions): Fact[] {
  return [
    { name: 'Profile', value: scenario.profile },
    { name: 'Loads', value: cases.map(({ name }) => name).join(', ') },
    { name: 'Varies', value: varied.map(({ key }) => key).join(', ') || 'nothing' },
    ...(varied.length === 0 ? [] : [{ name: 'Order', value: orderText(candidates, years) }]),
    { name: 'Headroom', value: percent(headroom) },
  ];
}

/** Which network counts as the smaller one. */
function orderText(candidates: SizeResult['candidates'], years: number): string {
  return candidates.length > 0
    ? `by cost, of building and ${years} years of operation`
    : 'by size, the earlier step of what varies';
}

function answerText(
  { found, ladders, lasts, candidates }: SizeResult,
  { headroom, years }: SizeOptions,
): StudyReport['answer'] {
  if (found === undefined) {
    const first = lasts[0]?.result.runOuts[0];
    const end =
      first === undefined || Number.isNaN(first.year)
        ? 'No link class runs out within the forecast.'
        : `${first.network} runs out first, in ${first.year}.`;
    return { verdict: 'none', text: end };
  }
  if (found.steps === undefined) {
    const binding = found.tried.binding;
    const why = binding === undefined ? '' : ` What binds: ${bindingText(binding)}.`;
    const isUndecided = found.tried.outcome === 'undecided';
    return {
      verdict: isUndecided ? 'undecided' : 'fail',
      text: `${isUndecided ? 'Undecided: the simulation shows of no network tried that it meets every requirement' : 'No step of what varies meets every requirement'} with ${percent(headroom)} of headroom.${why}`,
    };
  }
  const sizes = found.steps.map((step, i) => `${ladders[i]!.key} ${ladders[i]!.steps[step]!.text}`).join(', ');
  return {
    verdict: 'pass',
    text: `The ${candidates.length > 0 ? `cheapest network, of building and ${years} years of operation,` : 'smallest network'} that meets every requirement in scope with ${percent(headroom)} of headroom: ${sizes}.`,
  };
}

function lines(
  { scenario, found, ladders, coverage, price, lasts, candidates, tried }: SizeResult,
  place: string | undefined,
): Line[] {
  const of: Line[] = [];
  const meters = metersOf(scenario.deployment);
  if (found?.steps !== undefined) {
    of.push(
      ...found.tried.cases.map((own) => {
        const binding = bindingOf(own.findings);
        return {
          verdict: own.outcome,
          text: `${own.loadCase}: simulated ${own.replications} times`,
          ...(binding === undefined ? {} : { detail: `closest: ${bindingText(binding)}` }),
        };
      }),
      ...found.less.map((less, i): Line => {
        const { key, steps } = ladders[i]!;
        if (less === undefined) {
          const isListed = candidates.length > 0 && steps.length === 1;
          return {
            text: `${key} ${steps[0]!.text} ${isListed ? 'is chosen by cost' : 'is the smallest step there is'}`,
          };
        }
        const text = `${key} ${steps[found.steps![i]! - 1]!.text}, one step less`;
        return {
          verdict: less.outcome,
          text,
          ...(less.binding === undefined ? {} : { detail: bindingText(less.binding) }),
        };
      }),
    );
    found.brackets.forEach(({ violations, tried }, i) => {
      for (const { pass, notPass } of violations) {
        const { key, steps } = ladders[i]!;
        of.push({
          verdict: tried.get(notPass) ?? 'fail',
          text: `${key}: ${steps[notPass]!.text} ${tried.get(notPass) === 'undecided' ? 'is undecided' : 'fails'} although ${steps[pass]!.text}, a smaller step, passes`,
          detail: 'finite buffers, priorities and contention can do that: take neither step without a look at why',
        });
      }
    });
  }
  of.push(...cheaper(candidates, tried, price));
  const perDap = ladders.findIndex(({ steps }) => steps[0]?.path.join('.') === 'deployment.metersPerDap');
  for (const { density, endpoints } of coverage) {
    const isPlace = density.name === place;
    const serves = found?.steps === undefined || perDap < 0 ? '' : served(ladders[perDap]!, found.steps[perDap]!);
    of.push({ text: `${density.name}: ${endpoints} endpoints are within reach of a gateway${serves}` });

    function served({ steps }: Ladder, at: number): string {
      const perGateway = Number(steps[at]!.text);
      const isBound = isPlace && endpoints < meters && mostOfEven(meters, endpoints) === perGateway;
      // What cost or the user chose is one step of many.
      const isMost = steps.length > 1 && at === 0;
      return `, so that a gateway serves ${servedText({ found: perGateway, isMost, withinReach: endpoints, isBound })}`;
    }
  }
  if (price !== undefined) {
    const unknown = price.unknown.length === 0 ? '' : `; without a price: ${price.unknown.join(', ')}`;
    const which = found === undefined || found.steps !== undefined ? '' : `${found.tried.name} `;
    of.push({
      text: `${which}costs about ${usd(price.capexUsd)} to build and ${usd(price.opexUsdPerYear)} a year to run${unknown}`,
    });
  }
  for (const { of: network, result } of lasts) {
    for (const { network: name, year, lastHeld, firstNot, why } of result.runOuts) {
      if (Number.isNaN(year)) continue;
      of.push({
        text: `${network}: ${name} runs out in ${year} (simulated: ${[lastHeld, firstNot].filter(Boolean).join(', ')})`,
        detail: why,
      });
    }
    if (result.runOuts.every(({ year }) => Number.isNaN(year)))
      of.push({ text: `${network}: no link class runs out within the forecast` });
  }
  return of;
}

/** Where the answer, or why it is not a smaller or a cheaper one, is undecided. */
function wayOut({ found, candidates }: SizeResult, { mostReplications: most }: SizeOptions): Line[] {
  if (found === undefined) return [];
  const outcomes = [
    found.tried.outcome,
    ...found.less.map((less) => less?.outcome),
    ...candidates.map(({ outcome }) => outcome),
  ];
  return outcomes.includes('undecided') ? [{ text: moreReplications([{ option: '--most-replications', most }]) }] : [];
}

/** What costs less than the network found, or as much, and why it is none. */
function cheaper(candidates: SizeResult['candidates'], tried: SizeResult['tried'], price: SizeResult['price']): Line[] {
  return candidates.flatMap(({ name, least, outcome, tried: network }): Line[] => {
    if (outcome !== 'fail' && outcome !== 'undecided') return [];
    if (price !== undefined && least.totalUsd > price.totalUsd) return [];
    const binding = tried.find((one) => one.name === network)?.binding;
    return [
      {
        verdict: outcome,
        text: `${name}, from ${usd(least.totalUsd)} in all`,
        ...(binding === undefined ? {} : { detail: bindingText(binding) }),
      },
    ];
  });
}

function bindings({ found, ladders }: SizeResult): string[] {
  if (found === undefined) return [];
  if (found.steps === undefined) return found.tried.binding === undefined ? [] : [bindingText(found.tried.binding)];
  return found.less.flatMap((less, i) => {
    if (less?.binding === undefined) return [];
    const { key, steps } = ladders[i]!;
    const verdict = less.outcome === 'undecided' ? 'is undecided' : 'fails';
    return [`${key} ${steps[found.steps![i]! - 1]!.text}, one step less, ${verdict}: ${bindingText(less.binding)}.`];
  });
}

function tables(result: SizeResult, allowed: number): StudyTable[] {
  const of: StudyTable[] = [];
  const { coverage, candidates, lasts } = result;
  if (lasts.length > 0) {
    of.push(
      {
        name: 'run-outs',
        title: 'When link classes run out',
        description:
          'The first year in which a class has less headroom than asked, or misses a requirement; by closed form, decided by simulation around it.',
        columns: runOutColumns,
        rows: lasts.flatMap(({ of: name, result: { runOuts } }) =>
          runOuts.map((row) => ({
            ...row,
            of: name,
            year: yearText(row.year),
            closedFormYear: yearText(row.closedFormYear),
          })),
        ),
      },
      {
        name: 'years',
        title: 'Years of the forecast',
        description: 'The busiest link of each class in each year, by closed form.',
        columns: yearColumns,
        rows: lasts.flatMap(({ of: name, result: { years } }) =>
          years.map((row) => ({ ...row, of: name, year: yearText(row.year) })),
        ),
      },
    );
  }
  if (result.found !== undefined) {
    of.push(
      {
        name: 'tried',
        title: 'Networks tried',
        description:
          'Every network that was simulated, in the order of the search, with what binds. A load case after one that fails is not simulated.',
        columns: triedColumns,
        rows: triedRows(result),
        shown: [
          'network',
          'role',
          'loadCase',
          'caseOutcome',
          'replications',
          'failing',
          'undecided',
          'binds',
          'where',
          'hour',
          'slack',
          'reason',
        ],
        minor: ['failing', 'undecided'],
      },
      {
        name: 'found-links',
        title: 'Links of the network found',
        description: 'Busy hours by simulation, most utilised first.',
        columns: foundLinkColumns,
        rows: foundLinks(result, allowed),
      },
      {
        name: 'found-requirements',
        title: 'Requirements in the network found',
        description: 'Every flow in scope, the closest first.',
        columns: foundFlowColumns,
        rows: foundFlows(result),
        minor: ['flow', 'networks', 'evidence'],
      },
    );
  }
  if (coverage.length > 0) {
    of.push({
      name: 'coverage',
      title: 'Endpoints within reach',
      description: 'Density times the area of a gateway, by the reach of the NAN’s technology.',
      columns: coverageColumns,
      rows: coverageRows(coverage),
    });
  }
  if (candidates.length > 0) {
    of.push({
      name: 'candidates',
      title: 'By cost',
      description:
        'Combinations of what has a price, by the least that they may cost; what costs more than the best found is not simulated.',
      columns: candidateColumns,
      rows: candidateRows(result),
    });
  }
  return of;
}

function assumptions(
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

function method(
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

/** $1.2 million */
function usd(amount: number): string {
  return amount >= 1e6
    ? `USD ${Number((amount / 1e6).toPrecision(3))} million`
    : `USD ${Math.round(amount).toLocaleString('en-US')}`;
}
