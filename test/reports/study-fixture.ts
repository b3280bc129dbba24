/** A study as a verb would hand it over: two technologies judged for one network. */
import { utilisation } from '../../reports/charts/utilisation.js';
import { columns } from '../../reports/columns.js';
import type { StudyReport } from '../../reports/study/index.js';
import { makeResults } from './fixture.js';

export interface CandidateRow {
  readonly technology: string;
  readonly baseloadVerdict: string;
  readonly mostEndpoints: number;
  readonly latencyP95S: number;
  readonly latencyP95HalfWidthS: number;
  readonly messages: number;
  readonly reliability: number;
  readonly reliabilityLow: number;
  readonly reliabilityHigh: number;
  readonly costPerYear: number;
}

export const candidateColumns = columns<CandidateRow>(
  {
    technology: ['category', '', 'technology', 'name in the library'],
    baseloadVerdict: ['category', '', 'baseload', 'verdict at baseload'],
    mostEndpoints: ['float64', 'devices', 'most endpoints', 'largest number of endpoints that passes'],
    latencyP95S: ['float64', 's', 'p95', '95th percentile of latency'],
    latencyP95HalfWidthS: ['float64', 's', 'p95 ±', 'half width of its 95 % interval'],
    messages: ['float64', 'messages', 'messages', 'messages behind the percentile'],
    reliability: ['float64', '1', 'achieved', 'share in time'],
    reliabilityLow: ['float64', '1', 'low', 'lower end of its 95 % interval'],
    reliabilityHigh: ['float64', '1', 'high', 'upper end of its 95 % interval'],
    costPerYear: ['float64', 'USD/year', 'cost', 'of all gateways'],
  },
  {
    latencyP95S: { halfWidth: 'latencyP95HalfWidthS' },
    reliability: { low: 'reliabilityLow', high: 'reliabilityHigh' },
  },
);

const rows: readonly CandidateRow[] = [
  {
    technology: 'wi-sun-fsk-150',
    baseloadVerdict: 'pass',
    mostEndpoints: 1500,
    latencyP95S: 0.2214,
    latencyP95HalfWidthS: 0.0041,
    messages: 48_000,
    reliability: 0.9991,
    reliabilityLow: 0.9985,
    reliabilityHigh: 0.9997,
    costPerYear: 12_000,
  },
  {
    technology: 'narrowband <&> "old"',
    baseloadVerdict: 'fail',
    mostEndpoints: 0,
    latencyP95S: Number.NaN,
    latencyP95HalfWidthS: Number.NaN,
    messages: 0,
    reliability: 0.5,
    reliabilityLow: Number.NaN,
    reliabilityHigh: Number.NaN,
    costPerYear: Number.POSITIVE_INFINITY,
  },
];

export function makeStudy(): StudyReport {
  return {
    info: {
      verb: 'check',
      command: 'fanplan check --technology wi-sun-fsk-150 --network NAN',
      scenarios: [{ name: 'First look', file: 'scenarios/first-look.yaml', hash: '3f'.repeat(32) }],
      catalogueHash: '89'.repeat(32),
      engine: 'simulation',
      seed: '1',
      replications: 5,
      exit: 'done',
      timing: { startedAt: '2026-07-15T09:30:00.000Z', wallS: 4.2 },
    },
    title: 'NAN of a town: two technologies',
    facts: [
      { name: 'Network', value: 'NAN' },
      { name: 'Load', value: 'baseload' },
    ],
    answer: { verdict: 'fail', text: 'One of two technologies meets the requirements.' },
    findings: [
      { verdict: 'pass', text: 'wi-sun-fsk-150 carries 1,000 endpoints', detail: 'p95 at most 225 ms of 15 s' },
      { verdict: 'fail', text: 'narrowband <&> "old" does not' },
    ],
    binding: ['On-demand reads on NAN up at 07:00: 1.2 kbit/s of 1 kbit/s.'],
    pictures: [(layout) => utilisation(makeResults(), layout)],
    tables: [
      {
        name: 'candidates',
        title: 'Candidates',
        description: 'One row per technology, best first.',
        columns: candidateColumns,
        rows,
      },
    ],
    assumptions: makeResults().assumptions,
    method: ['Each candidate was simulated five times.'],
    statement: {
      title: 'Statement',
      text: [
        { sentence: 'wi-sun-fsk-150 meets the SG-Network requirements for profile ACvIW at baseload.', missing: [] },
        {
          sentence: 'It cannot be stated that lte-m fulfils them. Missing:',
          missing: ['3 flows left out', '1 flow fails'],
        },
      ],
      terms: [{ name: 'Scope', value: 'all payloads of the profile' }],
      signatories: ['For the vendor', 'For the utility'],
    },
    files: new Map([['found.yaml', 'name: found\n']]),
  };
}
