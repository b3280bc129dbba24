/** Holds, repetitions and masters at once, on any plan: the books balance, and cells leave no trace. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileTracking } from '../../sim/engine/tracking.js';
import { type Plan, Process } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { assertBalance } from './balance.js';
import { fingerprint } from './fingerprint.js';
import { anyPlan } from './random-plan.js';

const anyHold = fc.record({
  sizeB: fc.constantFrom(Number.POSITIVE_INFINITY, 100, 400),
  ageS: fc.constantFrom(Number.POSITIVE_INFINITY, 0, 10, 100),
  until: fc.option(fc.nat()),
});
const anyTiming = fc.record({
  retryS: fc.constantFrom(Number.POSITIVE_INFINITY, 1, 20, 100),
  retries: fc.integer({ min: 0, max: 3 }),
  asks: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 3 }),
});

/** A plan some of whose hops hold, and some of whose sources repeat or ask. */
const anyBusyPlan = fc
  .record({
    plan: anyPlan(fc.constantFrom(0, 1)),
    holds: fc.array(anyHold, { minLength: 1, maxLength: 3 }),
    held: fc.array(fc.integer({ min: -4, max: 2 }), { minLength: 1, maxLength: 20 }),
    timings: fc.array(anyTiming, { minLength: 8, maxLength: 8 }),
  })
  .map(({ plan, holds, held, timings }) => busy(plan, holds, held, timings));

function busy(
  plan: Plan,
  holds: readonly { sizeB: number; ageS: number; until: number | null }[],
  held: readonly number[],
  timings: readonly { retryS: number; retries: number; asks: boolean; concurrency: number }[],
): Plan {
  const column = (value: (hold: (typeof holds)[number]) => number) => Float64Array.from(holds, value);
  const none = () => new Float64Array(holds.length);
  const flows = plan.flows.name.length;
  const holdTable: Plan['holds'] = {
    name: holds.map((_, i) => `hold ${i}`),
    sizeB: column(({ sizeB }) => sizeB),
    ageS: column(({ ageS }) => ageS),
    untilFlow: Int32Array.from(holds, ({ until }) => (until === null ? -1 : until % flows)),
    frameAppB: none(),
    fullB: none(),
    fullS: none(),
    emptyB: none(),
    emptyS: none(),
  };
  const hold = Int32Array.from(plan.hops.hold, (_, h) => {
    const row = Math.min(held[h % held.length]!, holds.length - 1);
    return row < 0 || !canAsk(plan, holdTable.untilFlow[row]!, h) ? -1 : row;
  });
  const { sources } = plan;
  const row = (value: (timing: (typeof timings)[number]) => number) =>
    Float64Array.from(sources.name, (_, r) => value(timings[r % timings.length]!));
  const timed: Plan = {
    ...plan,
    holds: holdTable,
    hops: { ...plan.hops, hold },
    sources: {
      ...sources,
      process: sources.process.map((process, r) =>
        process !== Process.caused && timings[r % timings.length]!.asks ? Process.asked : process,
      ),
      concurrency: Uint32Array.from(row(({ concurrency }) => concurrency)),
      retryS: row(({ retryS }) => retryS),
      retries: Uint32Array.from(row(({ retries }) => retries)),
    },
  };
  // Sources whose messages have many receivers stay as they were.
  const { isTrackable } = compileTracking(plan);
  return {
    ...timed,
    sources: {
      ...timed.sources,
      process: timed.sources.process.map((process, r) => (isTrackable[r] === 1 ? process : sources.process[r]!)),
      retries: timed.sources.retries.map((retries, r) => (isTrackable[r] === 1 ? retries : 0)),
    },
  };
}

/** Whether every delivery of a flow is in an area of which it is known what is held before hop h there. */
function canAsk({ hops, links }: Plan, flow: number, h: number): boolean {
  if (flow < 0) return true;
  const kind = links.kind[hops.link[h]!]!;
  const delivering = [...hops.deliverFlow.keys()].filter((d) => hops.deliverFlow[d] === flow);
  return kind === 0 || delivering.every((d) => links.kind[hops.link[d]!] === kind);
}

const together = suite('holds, repetitions and masters together');

together('balance, and leave no trace of how the network is cut', () => {
  let [lost, duplicates, resent, held] = [0, 0, 0, 0];
  fc.assert(
    fc.property(anyBusyPlan, (plan) => {
      const stats = simulateReplication(plan, 1, { partition: 'parts' });
      assertBalance(plan, stats);
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
      for (let f = 0; f < plan.flows.name.length; f++) {
        lost += stats.flows.lost[f]!;
        duplicates += stats.flows.duplicates[f]!;
        resent += stats.flows.resent[f]!;
        held += stats.flows.inFlightEnd[f]!;
      }
    }),
    { seed: 1, numRuns: 200 },
  );
  assert.ok(
    lost > 1000 && duplicates > 1000 && resent > 1000 && held > 1000,
    `${lost} ${duplicates} ${resent} ${held}`,
  );
});

together.run();
