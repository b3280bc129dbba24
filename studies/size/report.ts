/** What `fanplan size` found, as a study that can be reported. */
import type { Fact, Finding as Line, StudyReport } from '../../reports/study/study.js';
import { metersOf } from '../trial/coverage.js';
import { bindingOf, percent } from '../trial/findings.js';
import { moreReplications } from '../trial/more-replications.js';
import { candidatesChart, growthChart, stepsChart } from './charts.js';
import { type Ladder, mostOfEven } from './ladders.js';
import { assumptions, method } from './method.js';
import type { Found } from './search.js';
import { servedText } from './served.js';
import type { SizeOptions, SizeResult } from './size.js';
import { tables } from './tables.js';
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

/** $1.2 million */
function usd(amount: number): string {
  return amount >= 1e6
    ? `USD ${Number((amount / 1e6).toPrecision(3))} million`
    : `USD ${Math.round(amount).toLocaleString('en-US')}`;
}
