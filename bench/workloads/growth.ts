/** What a message over a link costs as the network grows: a city of 10,000, 100,000 and 1,000,000 endpoints. */
import { runScenario } from '../ordinary.js';
import { median, type Sample, type Workload } from '../sample.js';
import { sameCounts } from './scenarios.js';

const FILE = 'scenarios/city-highload.yaml';
/** Counts of city-highload.yaml that grow; each stands once in its text. */
const COUNTS = [
  ['residential: 45000, commercial: 5000', 45_000, 5_000],
  ['residential: 20000, commercial: 2500', 20_000, 2_500],
  ['residential: 25000, commercial: 2500', 25_000, 2_500],
] as const;

export function growthWorkloads(): Workload[] {
  const of = (times: number) => ({ name: `${times * 100_000} endpoints`, run: () => city(times) });
  return [
    {
      name: 'City of 10⁶ endpoints, 1 worker',
      phase: 'simulation',
      contenders: [of(10), of(1), of(0.1)],
      check: checks(),
      targets: [
        {
          text: 'a message-hop at most 1.3 x that of 10⁴ endpoints',
          met: ({ samples }) => {
            const costs = [10, 0.1].map((times) =>
              median(samples.get(of(times).name)!.map(({ wallS, hops }) => wallS / hops)),
            );
            return costs[0]! <= 1.3 * costs[1]!;
          },
        },
      ],
    },
  ];
}

function city(times: number): Promise<Sample> {
  const scaled = (count: number) => String(count * times);
  const change: [string, string][] = COUNTS.map(([from, residential, commercial]) => [
    from,
    `residential: ${scaled(residential)}, commercial: ${scaled(commercial)}`,
  ]);
  change.push([
    '[20 x 2500, 40 x 1000, 20 x 500]',
    `[${20 * times} x 2500, ${40 * times} x 1000, ${20 * times} x 500]`,
  ]);
  change.push(['duration: 1 day', 'duration: 6 hr\nwarmUp: none']);
  return runScenario(FILE, { change, time: 'simulation' });
}

/** Each size has its own counts. */
function checks(): Workload['check'] {
  const bySize = new Map<string, Workload['check']>();
  return (sample, contender) => {
    if (!bySize.has(contender)) bySize.set(contender, sameCounts());
    return bySize.get(contender)!(sample, contender);
  };
}
