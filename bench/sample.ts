/** What the benches speak of: a workload, who runs it, and what one run of it was like. */

/** One run. Whatever does not apply is 0. */
export interface Sample {
  readonly messages: number;
  readonly hops: number;
  readonly events: number;
  /** Of the phase that is compared: the simulation, the loop, or the whole process, as the workload says. */
  readonly wallS: number;
  /** Peak resident memory of the process, MiB; NaN where nobody tells. */
  readonly peakMiB: number;
  /** Mean latencies by flow, ms. */
  readonly latencyMs?: Readonly<Record<string, number>>;
  /** Further figures for the line of JSON. */
  readonly more?: Readonly<Record<string, number | string>>;
}

export interface Contender {
  /** `fanplan`, `simjs`, `C++`, `fanplan, 1 worker`, ... The first of a workload is the one that is measured. */
  readonly name: string;
  run(): Promise<Sample>;
}

/** What the first contender is asked to reach. */
export interface Target {
  /** `0.45 x C++`. */
  readonly text: string;
  readonly met: (measured: Measured) => boolean;
}

export interface Workload {
  readonly name: string;
  /** What `wallS` is the time of. */
  readonly phase: string;
  readonly contenders: readonly Contender[];
  /** What the ratio to other contenders is of; default speed. */
  readonly compared?: 'speed' | 'memory';
  /** Runs of each contender, which take turns; default 5. */
  readonly runs?: number;
  /** What is wrong with a run: counts and latencies that must come out. Speed is no matter here. */
  readonly check: (sample: Sample, contender: string) => readonly string[];
  readonly targets: readonly Target[];
}

/** All runs of a workload, by contender. */
export interface Measured {
  readonly workload: Workload;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly problems: readonly string[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Messages per second where there are messages, else runs per second: more is better. */
export function speed({ messages, wallS }: Sample): number {
  return Math.max(1, messages) / wallS;
}

/** How many times as fast as `other` the first contender is, or as large: the median over turns of the ratio within a turn. */
export function ratioTo({ workload, samples }: Measured, other: string): number {
  const mine = samples.get(workload.contenders[0]!.name)!;
  const theirs = samples.get(other);
  if (theirs === undefined || theirs.length === 0) return Number.NaN;
  const figure = workload.compared === 'memory' ? ({ peakMiB }: Sample) => peakMiB : speed;
  return median(theirs.map((sample, turn) => figure(mine[turn]!) / figure(sample)));
}
