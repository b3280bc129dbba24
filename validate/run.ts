/** Replications of all cases over the cores at hand. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Case } from './case.js';
import { type Values, widest } from './judge.js';
import type { Task } from './worker.js';

/** Replications are at most so many times those planned. */
const MOST_GROWTH = 12;
/** Room for the estimate of the variance. */
const MARGIN = 1.1;
const QUICK_SHARE = 0.25;
const QUICK_LEAST = 3;

export interface RunOptions {
  readonly workers?: number | undefined;
  /** A quarter of the replications, whatever the half widths. */
  readonly quick: boolean;
  readonly onDone?: (of: Case, seconds: number) => void;
}

/** Values of every case, in their order; they do not depend on the number of threads. */
export async function runCases(cases: readonly Case[], options: RunOptions): Promise<(readonly [Case, Values])[]> {
  const threads = options.workers ?? availableParallelism();
  const pool = new Piscina<Task, readonly number[]>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  try {
    const longFirst = [...cases].sort((a, b) => Number(b.isLong ?? false) - Number(a.isLong ?? false));
    const values = new Map(
      await Promise.all(longFirst.map(async (of) => [of, await runCase(of, pool, options)] as const)),
    );
    return cases.map((of) => [of, values.get(of)!]);
  } finally {
    await pool.destroy();
  }
}

async function runCase(of: Case, pool: Piscina<Task, readonly number[]>, options: RunOptions): Promise<Values> {
  const startedMs = performance.now();
  const simulated: (readonly number[])[] = [];
  const reference: (readonly number[])[] = [];
  const planned = options.quick ? Math.min(of.replications, quick(of.replications)) : of.replications;
  let wanted = planned;
  while (simulated.length < wanted) {
    const numbers = Array.from({ length: wanted - simulated.length }, (_, i) => simulated.length + i + 1);
    const run = (asReference: boolean) =>
      Promise.all(numbers.map((replication) => pool.run({ name: of.name, replication, reference: asReference })));
    const [values, others] = await Promise.all([run(false), of.reference === undefined ? [] : run(true)]);
    simulated.push(...values);
    reference.push(...others);
    const tooWide = options.quick ? 0 : widest(of, { simulated, reference });
    if (tooWide > 1) wanted = Math.min(Math.ceil(wanted * tooWide ** 2 * MARGIN), MOST_GROWTH * planned);
  }
  options.onDone?.(of, (performance.now() - startedMs) / 1000);
  return { simulated, reference };
}

function quick(replications: number): number {
  return Math.max(QUICK_LEAST, Math.ceil(QUICK_SHARE * replications));
}
