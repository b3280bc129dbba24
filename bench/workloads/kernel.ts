/** The kernel: hold models, and M/M/1 straight on heap, streams and histograms. */
import { measure } from '../child.js';
import { cpp } from '../reference.js';
import { type Contender, ratioTo, type Sample, type Target, type Workload } from '../sample.js';

const OPERATIONS = 2_000_000;
const SIMJS_OPERATIONS = 200_000;
const ARRIVALS = 5_000_000;
const LOAD = 0.9;

export function kernelWorkloads(): Workload[] {
  const laws = ['exponential', 'uniform', 'tied'] as const;
  const holds = [100, 10_000, 1_000_000].flatMap((size) => laws.map((law) => hold(size, law)));
  return [...holds, oneQueue()];
}

function hold(size: number, law: string): Workload {
  const fanplan: Contender = { name: 'fanplan', run: () => measure('hold', size, OPERATIONS, law, 'fanplan') };
  const simjs: Contender = { name: 'simjs', run: () => measure('hold', size, SIMJS_OPERATIONS, law, 'simjs') };
  return {
    name: `kernel: hold, ${size.toLocaleString('en')} pending, ${law}`,
    phase: 'loop',
    contenders: [fanplan, simjs, ...cpp('C++', 'hold', size, OPERATIONS, law)],
    check: ({ messages }, contender) =>
      messages === (contender === 'simjs' ? SIMJS_OPERATIONS : OPERATIONS) ? [] : [`${messages} operations`],
    targets: [],
  };
}

function oneQueue(): Workload {
  const by = (contender: string, arrivals: number) => measure('one-queue', LOAD, arrivals, contender);
  return {
    name: `kernel: M/M/1, ${ARRIVALS.toLocaleString('en')} arrivals, load ${LOAD}`,
    phase: 'loop',
    contenders: [
      { name: 'fanplan', run: () => by('kernel', ARRIVALS) },
      { name: 'fanplan, as a plan', run: () => by('engine', ARRIVALS) },
      { name: 'simjs', run: () => by('simjs', ARRIVALS / 25) },
      ...cpp('C++', 'one-queue', LOAD, ARRIVALS),
    ],
    check: (sample, contender) => checkQueue(sample, contender === 'simjs' ? ARRIVALS / 25 : ARRIVALS),
    targets: [atLeast(0.45, 'C++')],
  };
}

/** Sojourn 1 / (mu - lambda) = 10 ms; at load 0.9 five million messages tell it to some 1%, 200,000 to 5%. */
function checkQueue({ messages, latencyMs }: Sample, arrivals: number): string[] {
  const meanMs = latencyMs?.['arrivals'] ?? Number.NaN;
  const bound = arrivals === ARRIVALS ? 0.05 : 0.25;
  return [
    ...(Math.abs(messages - arrivals) < 6 * Math.sqrt(arrivals) ? [] : [`${messages} messages, not about ${arrivals}`]),
    ...(Math.abs(meanMs / 10 - 1) < bound ? [] : [`mean sojourn ${meanMs} ms, not about 10 ms`]),
  ];
}

/** The first contender is at least `times` as fast as another; a missing one is not asked. */
export function atLeast(times: number, other: string): Target {
  return {
    text: `at least ${times} x ${other}`,
    met: (measured) => {
      const ratio = ratioTo(measured, other);
      return Number.isNaN(ratio) || ratio >= times;
    },
  };
}
