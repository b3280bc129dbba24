/** Poisson messages of many endpoints on one medium, and what became of them. */
import { RandomStreams } from '../../sim/kernel/random.js';
import type { BenchOptions } from './medium-bench.js';
import { MediumBench } from './medium-bench.js';

/** `count` Poisson arrivals, `perS` a second over all endpoints, each from any endpoint. @returns the bench after its last event */
export function offerPoisson(options: BenchOptions, perS: number, count: number): MediumBench {
  const bench = new MediumBench(options);
  const random = new RandomStreams(1);
  random.seed(0, `poisson ${options.seed}`);
  for (let i = 0, atS = 0; i < count; i++) {
    atS += random.exponential(0) / perS;
    bench.send(atS, Math.floor(random.uniform(0) * options.endpoints));
  }
  bench.run();
  return bench;
}

/** Share of the messages that crossed, in `runs` independent runs. */
export function crossedShares(options: BenchOptions, perS: number, count: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, run) => {
    const { fates } = offerPoisson({ ...options, seed: `${run + 1}` }, perS, count);
    return fates.filter(({ what }) => what === 'crossed').length / fates.length;
  });
}
