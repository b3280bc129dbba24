/** Whole networks through the ordinary door: city, metropolis, state, storm. */
import { runScenario } from '../ordinary.js';
import type { Measured, Sample, Target, Workload } from '../sample.js';
import { median } from '../sample.js';

const CITY = 'scenarios/city-highload.yaml';
const METROPOLIS = 'scenarios/metropolis.yaml';
const STATE = 'bench/scenarios/state.yaml';
const STORM = 'bench/scenarios/storm-200k.yaml';

export function scenarioWorkloads(): Workload[] {
  return [
    {
      name: 'City, highload',
      phase: 'process',
      contenders: [fanplan(CITY, 2)],
      check: sameCounts(),
      targets: [],
    },
    {
      name: 'Metropolis, 2 workers',
      phase: 'process',
      contenders: [fanplan(METROPOLIS, 2), { ...fanplan(METROPOLIS, 1), name: '1 worker' }],
      check: sameCounts(),
      targets: [under(60, 's'), underMiB(2048), secondWorker(1.8)],
    },
    {
      name: 'State, 2 workers',
      phase: 'process',
      runs: 1,
      contenders: [fanplan(STATE, 2)],
      check: sameCounts(),
      targets: [under(600, 's'), underMiB(6144)],
    },
    {
      name: 'Storm, 200,000 last gasps',
      phase: 'process',
      contenders: [fanplan(STORM, 2)],
      check: sameCounts(),
      targets: [],
    },
  ];
}

function fanplan(file: string, workers: number) {
  return { name: 'fanplan', run: () => runScenario(file, { workers, time: 'process' }) };
}

/** Simulation by one worker against two: what is read, compiled and written has one thread. */
function secondWorker(times: number): Target {
  return {
    text: `the simulation ${times} x as fast as by 1 worker`,
    met: ({ workload, samples }) => {
      const [two, one] = workload.contenders.map(({ name }) =>
        median(samples.get(name)!.map(({ more }) => Number(more?.['simulationS']))),
      );
      return one! / two! >= times;
    },
  };
}

/** The same seed gives the same counts, in every run and with any number of workers. */
export function sameCounts(): Workload['check'] {
  let first: Sample | undefined;
  return (sample) => {
    first ??= sample;
    const keys = ['messages', 'hops', 'events'] as const;
    const off = keys.filter((key) => sample[key] !== first![key] || sample[key] === 0);
    return off.map((key) => `${sample[key]} ${key}, ${first![key]} in the first run`);
  };
}

function own({ workload, samples }: Measured): readonly Sample[] {
  return samples.get(workload.contenders[0]!.name)!;
}

export function under(seconds: number, unit: 's' | 'ms'): Target {
  const text = `under ${unit === 's' ? seconds : seconds * 1000} ${unit}`;
  return { text, met: (measured) => median(own(measured).map(({ wallS }) => wallS)) < seconds };
}

export function underMiB(mib: number): Target {
  return { text: `under ${mib} MiB`, met: (measured) => own(measured).every(({ peakMiB }) => peakMiB < mib) };
}
