/** What `fanplan check` found, as a study that can be reported and signed. */
import { plural } from '../../reports/format.js';
import type {
  Answer,
  Fact,
  Finding as Line,
  Stated,
  Statement,
  StudyReport,
  StudyTable,
} from '../../reports/study/study.js';
import type { Assumption } from '../../sim/plan.js';
import { bindingText } from '../size/words.js';
import { percent } from '../trial/findings.js';
import { type Limit, moreReplications } from '../trial/more-replications.js';
import { largestChart, verdictsChart } from './charts.js';
import { AS_IS, type CaseResult, type CheckOptions, type TechnologyResult, totalOutcome } from './check.js';
import { alternatives } from './completeness.js';
import type { Largest } from './largest.js';
import { loweredText } from './open-values.js';
import {
  missingColumns,
  missingRows,
  payloadColumns,
  payloadRows,
  placeColumns,
  placeRows,
  technologyColumns,
  technologyRows,
} from './rows.js';
import type { Subject } from './subject.js';

export interface CheckMeta {
  readonly command: string;
  readonly startedAt: Date;
  readonly options: CheckOptions;
}

export function checkReport(results: readonly TechnologyResult[], subject: Subject, meta: CheckMeta): StudyReport {
  const { network, endpoints } = subject;
  const { options } = meta;
  const cases = results.flatMap((result) => result.cases);
  const { scenario, plan } = cases[0]!;
  const rows = technologyRows(results, network, endpoints);
  const scenarios = new Map(
    results.flatMap(({ name, cases: own }) =>
      own.map(({ scenario: { hash, file, name: of } }) => [
        hash,
        { name: of, file: name === AS_IS ? file : `${file} with ${name}`, hash },
      ]),
    ),
  );
  return {
    info: {
      verb: 'check',
      command: meta.command,
      scenarios: [...scenarios.values()],
      catalogueHash: plan.catalogueHash,
      engine: 'simulation',
      seed: scenario.seed,
      replications: Math.max(...cases.map(({ trial }) => trial.replications)),
      exit: 'done',
      timing: { startedAt: meta.startedAt.toISOString(), wallS: (Date.now() - meta.startedAt.getTime()) / 1000 },
    },
    title: `${network}: requirements of profile ${scenario.profile}`,
    facts: facts(results, subject, options),
    answer: answerOf(results, subject),
    findings: [
      ...wayOut(cases, options),
      ...results.flatMap((result) => caseLines(result)),
      ...results.flatMap((result) => refusalLines(result)),
      ...results.flatMap((result) => disorderLines(result)),
      ...results.flatMap((result) => reachLines(result)),
    ],
    binding: cases.flatMap((own) => bindingsOf(own)),
    pictures: [verdictsChart(rows), ...(options.largest ? [largestChart(rows, endpoints)] : [])],
    tables: tables(results, rows, endpoints),
    assumptions: [...assumptions(subject, options, cases), ...distinct(cases)],
    method: method(options),
    statement: statementOf(results, subject, options),
  };
}

function facts(
  results: readonly TechnologyResult[],
  { network, endpoints }: Subject,
  { headroom }: CheckOptions,
): Fact[] {
  const cases = results.flatMap((result) => result.cases);
  const loads = [...new Set(cases.map(({ loadCase }) => loadCase.name))];
  return [
    { name: 'Technology', value: results.map(({ name }) => name).join(', ') },
    { name: 'Network', value: network },
    { name: 'Profile', value: cases[0]!.scenario.profile },
    { name: 'Loads', value: loads.join(', ') },
    { name: 'Endpoints of a gateway', value: Number.isNaN(endpoints) ? 'as the scenario has them' : String(endpoints) },
    ...(headroom > 0 ? [{ name: 'Headroom', value: percent(headroom) }] : []),
  ];
}

function answerOf(results: readonly TechnologyResult[], { network, endpoints }: Subject): Answer {
  const verdict = totalOutcome(results);
  const all = results.flatMap(({ name, cases, problem }) =>
    problem === '' ? cases.map((own) => ({ name, own })) : [],
  );
  const passing = all
    .filter(({ own }) => own.outcome === 'pass')
    .map(({ name, own }) => `${name} at ${own.loadCase.name}`);
  const so = Number.isNaN(endpoints) ? '' : ` with ${endpoints} endpoints of a gateway`;
  if (verdict === 'pass')
    return { verdict, text: `Every payload in scope passes over ${network}${so}: ${passing.join(', ')}.` };
  const some = passing.length === 0 ? '' : ` Every payload passes with ${passing.join(', ')}.`;
  const what = verdict === 'fail' ? 'Requirements fail' : 'Some requirements are undecided, so that this is no pass';
  return { verdict, text: `${what} over ${network}${so}.${some}` };
}

function caseLines({ name, problem, cases }: TechnologyResult): Line[] {
  if (problem !== '') return [{ verdict: 'fail', text: `${name} cannot be tried`, detail: problem }];
  return cases.map((own): Line => {
    const { loadCase, outcome, trial, largest } = own;
    const most = largest === undefined ? '' : `; ${largestText(largest)}`;
    const flows = `${trial.flows.filter(({ verdict }) => verdict === 'pass').length} of ${trial.flows.length} flows pass`;
    return {
      verdict: outcome,
      text: `${name}, ${loadCase.name}: ${flows}${most}`,
      ...detailOf(own),
    };
  });
}

/** Of what passes: that it is not the whole of what the profile requires. */
function refusalLines({ name, cases }: TechnologyResult): Line[] {
  return cases.flatMap(({ loadCase, scenario, outcome, completeness }): Line[] => {
    const { isWhole, missing } = completeness;
    if (outcome !== 'pass' || isWhole) return [];
    const profile = scenario.profile === '' ? 'a profile' : `profile ${scenario.profile}`;
    return [
      {
        text: `${name}, ${loadCase.name}: no statement for the whole of ${profile}, ${plural(missing.length, 'thing')} missing; the report names all`,
        detail: missing[0]!,
      },
    ];
  });
}

function disorderLines({ name, cases }: TechnologyResult): Line[] {
  return cases.flatMap(({ loadCase, largest }): Line[] =>
    largest === undefined || largest.violations === ''
      ? []
      : [
          {
            text: `${name}, ${loadCase.name}: not every larger number of endpoints fares worse; the one told is below all that fail`,
            detail: largest.violations,
          },
        ],
  );
}

function reachLines({ name, coverage }: TechnologyResult): Line[] {
  if (coverage.length === 0) return [];
  const places = coverage.map(({ density, endpoints }) => `${endpoints} in ${density.name}`).join(', ');
  return [{ text: `${name}: endpoints within reach of a gateway: ${places} places` }];
}

/** Where the number asked for, or the most endpoints, is undecided. */
function wayOut(
  cases: readonly CaseResult[],
  { largest: searches, mostReplications, searchReplications }: CheckOptions,
): Line[] {
  const limits: Limit[] = [
    ...(cases.some(({ outcome }) => outcome === 'undecided')
      ? [{ option: '--most-replications' as const, most: mostReplications }]
      : []),
    ...(searches && cases.some(({ largest }) => largest?.outcome === 'undecided')
      ? [{ option: '--search-replications' as const, most: searchReplications }]
      : []),
  ];
  return limits.length === 0 ? [] : [{ text: moreReplications(limits) }];
}

/** What binds at the number asked for; where even the fewest fail, what fails with them. */
function detailOf({ binding, largest }: CaseResult): Pick<Line, 'detail'> {
  const shown = largest?.endpoints === 0 ? largest.binding : binding;
  return shown === undefined ? {} : { detail: bindingText(shown) };
}

function largestText({ endpoints, outcome, isMost, next }: Largest): string {
  if (endpoints === 0) return next === 1 ? 'a single endpoint fails' : `even ${next} endpoints fail`;
  const what = outcome === 'pass' ? `${endpoints} endpoints pass` : `${endpoints} endpoints do not fail (undecided)`;
  return isMost ? `${what}, the most that are tried` : `${what}, ${next} fail`;
}

function bindingsOf({ largest, loadCase, outcome, binding, trial }: CaseResult): string[] {
  const technology = trial.links.find(({ technology: of }) => of !== '')?.technology ?? '';
  const who = technology === '' ? '' : `${technology}, `;
  if (outcome !== 'pass') return binding === undefined ? [] : [`${who}${loadCase.name}: ${bindingText(binding)}.`];
  if (largest?.binding === undefined) return [];
  return [
    `${who}${loadCase.name}, with ${largest.next} endpoints (${largest.nextOutcome}): ${bindingText(largest.binding)}.`,
  ];
}

function tables(results: readonly TechnologyResult[], rows: readonly object[], endpoints: number): StudyTable[] {
  const places = placeRows(results, endpoints);
  const missing = missingRows(results);
  return [
    {
      name: 'technologies',
      title: 'Technologies side by side',
      description: 'The verdict for the endpoints asked for, and the most with which nothing fails.',
      columns: technologyColumns,
      rows,
      shown: [
        'technology',
        'loadCase',
        'verdict',
        'passing',
        'failing',
        'undecided',
        'busyHourUtilisation',
        'largest',
        'largestVerdict',
        'binds',
        'statement',
      ],
    },
    ...(places.length === 0
      ? []
      : [
          {
            name: 'places',
            title: 'Endpoints of a gateway by place',
            description: 'The smaller of what capacity allows and what density times reach allows.',
            columns: placeColumns,
            rows: places,
            shown: [
              'technology',
              'place',
              'loadCase',
              'premisesPerKm2',
              'radiusM',
              'withinReach',
              'capacity',
              'endpoints',
              'decidedBy',
              'asked',
            ],
          },
        ]),
    {
      name: 'payloads',
      title: 'Payloads',
      description: 'Every payload by the worst of its flows, the worst first.',
      columns: payloadColumns,
      rows: payloadRows(results),
      shown: [
        'payload',
        'technology',
        'loadCase',
        'verdict',
        'budgetS',
        'latencyP95S',
        'reliability',
        'requiredReliability',
        'reason',
      ],
    },
    ...(missing.length === 0
      ? []
      : [
          {
            name: 'missing',
            title: 'What is missing for a statement',
            description:
              'Section 4.20.2: a claim to meet the requirements takes all use cases and payloads of the profile. This is not there, or does not pass.',
            columns: missingColumns,
            rows: missing,
          },
        ]),
  ];
}

function assumptions(subject: Subject, options: CheckOptions, cases: readonly CaseResult[]): Assumption[] {
  const choice = (key: string, value: string, reason: string, unit = ''): Assumption => ({
    kind: 'choice',
    key,
    value,
    unit,
    reason,
    source: '',
  });
  const loads = new Map(cases.map(({ loadCase }) => [loadCase.name, loadCase.meaning]));
  return [
    ...subject.assumptions,
    choice('--headroom', percent(options.headroom), 'of every link’s busy hour that must stay free'),
    choice(
      '--replications',
      `${options.replications} to ${options.mostReplications}`,
      `what is undecided, or fails but not clearly, gets more, doubled each time; in the search for the most endpoints up to ${options.searchReplications}`,
    ),
    ...[...loads].map(([name, meaning]) => choice('--load', name, meaning)),
    ...options.densities.map(({ name, premisesPerKm2, source }) =>
      choice('--density', `${name}=${premisesPerKm2}`, source, 'premises per km²'),
    ),
  ];
}

/** Assumptions of every plan, each once; those that differ between plans say where they hold. */
function distinct(cases: readonly CaseResult[]): Assumption[] {
  const seen = new Map<string, { one: Assumption; names: string[] }>();
  for (const { plan, loadCase } of cases) {
    for (const one of plan.assumptions) {
      const key = JSON.stringify(one);
      const known = seen.get(key);
      const name = `${plan.media.map((medium) => medium.name).join(', ') || 'pipes'}, ${loadCase.name}`;
      if (known === undefined) seen.set(key, { one, names: [name] });
      else known.names.push(name);
    }
  }
  return [...seen.values()].map(({ one, names }) =>
    names.length === cases.length ? one : { ...one, reason: `${one.reason} (${[...new Set(names)].join('; ')})` },
  );
}

function method(options: CheckOptions): string[] {
  return [
    'Every flow is judged as by fanplan run: it passes when the lower end of Student’s 95 % interval of P(delivered within its budget), over independent replications, reaches the required reliability; it fails when the upper end does not. Replications are added while something is undecided, or fails but not by the 99.9 % interval.',
    'Where a verdict rests on few messages that fared alike, the closed form has to agree; where it holds and says the opposite, the flow is undecided.',
    'Rare events are forced into the busy hour, so that every payload is exercised when the network is busiest.',
    ...(options.largest
      ? [
          'The most endpoints are searched in steps of about 10 %: the closed form and glances of two replications narrow, close looks bracket. The next larger number fails; the number found does not, and nothing below it was found to. A step beyond on either side is simulated as well; a number that fails although a larger one does not is told, and bounds the answer.',
        ]
      : []),
    'Each verdict has the stated level; that many flows are judged at once makes the whole a little less sure.',
  ];
}

function statementOf(results: readonly TechnologyResult[], subject: Subject, options: CheckOptions): Statement {
  const cases = results.flatMap(({ name, cases: own }) => own.map((one) => ({ name, one })));
  const first = cases[0]!.one;
  const { scenario, plan } = first;
  const text = cases.map(({ name, one }) => stated(name, one, subject));
  return {
    title: 'PAP02 verdict',
    text,
    terms: [
      ...facts(results, subject, options),
      {
        name: 'Scope',
        value: `${isPicked(first) ? 'a part of what' : 'every use case and payload that'} the profile carries at the load; left out are ${leftOutText(first)}`,
      },
      { name: 'Deployment', value: plan.labels.deployment.map(({ name, count }) => `${count} ${name}`).join(', ') },
      { name: 'Range choices', value: `ranges of the source at their ${rangeEnd(scenario)} end` },
      {
        name: 'Alternatives',
        value: [...new Set(cases.flatMap(({ one }) => alternatives(one.plan)))].join('; ') || 'none',
      },
      {
        name: 'Left open by the source',
        value:
          [...new Set(cases.flatMap(({ one }) => one.completeness.lowered.map(loweredText)))].join('; ') ||
          "at the library's values or above",
      },
      {
        name: 'Assumptions',
        value: `${plan.assumptions.length + subject.assumptions.length}, listed above and in assumptions.arrow`,
      },
      {
        name: 'Results',
        value: cases.map(({ name, one }) => `${name} at ${one.loadCase.name}: ${one.outcome}`).join('; '),
      },
    ],
    signatories: ['For the vendor', 'For the utility'],
  };
}

function rangeEnd({ range }: Pick<CaseResult['scenario'], 'range'>): string {
  return { most: 'most demanding', mid: 'middle', least: 'least demanding' }[range];
}

/** Whether the user or the deployment leaves out what the profile carries. */
function isPicked({ plan }: CaseResult): boolean {
  return plan.outOfScope.some(({ by }) => by === 'user' || by === 'deployment');
}

/** A sentence begins. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function stated(
  name: string,
  { loadCase, scenario, outcome, completeness }: CaseResult,
  { network, endpoints }: Subject,
): Stated {
  const so = Number.isNaN(endpoints) ? '' : ` with ${endpoints} endpoints of a gateway`;
  const subject = name === AS_IS ? `the network ${AS_IS}${so}` : `${name} on the ${network}${so}`;
  const isPap02 = loadCase.name === 'baseload' || loadCase.name === 'highload';
  const what = `the SG-Network requirements for profile ${scenario.profile} at ${isPap02 ? loadCase.name : `${scenario.load} with the event ${loadCase.name}`}`;
  const ranges = scenario.range === 'most' ? '' : `, with ranges of the source at their ${rangeEnd(scenario)} end`;
  if (outcome === 'pass' && completeness.isWhole) {
    const lowered =
      completeness.lowered.length === 0
        ? ''
        : `, with less than the library takes for what the source leaves open, by the user's own values: ${completeness.lowered.map(loweredText).join('; ')}`;
    const sentence = `${name === AS_IS ? capital(subject) : subject} meets ${what}${ranges}${lowered}: all ${completeness.flows} flows of ${completeness.payloads} payloads pass.`;
    return { sentence, missing: [] };
  }
  const missing = completeness.missing.length === 0 ? ['a link has less headroom than asked'] : completeness.missing;
  return { sentence: `It cannot be stated that ${subject} fulfils ${what}${ranges}. Missing:`, missing };
}

function leftOutText({ plan }: CaseResult): string {
  const count = (by: string) => plan.outOfScope.filter((row) => row.by === by).length;
  const parts = [
    [count('profile'), 'by the profile'],
    [count('load'), 'by the load case'],
    [count('alternative'), 'by alternatives that exclude each other'],
    [count('deployment'), 'by the deployment'],
    [count('user'), 'by the user'],
  ] as const;
  const own = parts.filter(([number]) => number > 0).map(([number, who]) => `${number} flows ${who}`);
  return own.length === 0 ? 'none' : own.join(', ');
}
