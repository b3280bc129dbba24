import * as fc from 'fast-check';
import seedrandom from 'seedrandom';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fairWaits } from '../../sim/queueing/fair-waits.js';
import { fifoWait, fifoWaitS } from '../../sim/queueing/fifo-wait.js';
import {
  type ClassLoad,
  interruptions,
  interruptionVars,
  priorityWaits,
  priorityWaitsS,
} from '../../sim/queueing/priority-waits.js';

const near = (actual: number, expected: number, relative = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-9, Math.abs(expected)), `${actual}, not ${expected}`);

const classLoad = (perS: number, serviceS: number, serviceSqS2: number, serviceCubeS3 = 0): ClassLoad => ({
  perS,
  load: perS * serviceS,
  loadS: perS * serviceSqS2,
  loadS2: perS * serviceCubeS3,
  pieceLoadS: perS * serviceSqS2,
  pieceLoadS2: perS * serviceCubeS3,
});

const fifo = suite('fifoWaitS');

fifo('equals the M/M/1 wait ρ/(μ − λ) when service is exponential', () => {
  const [perS, mu] = [3, 4];
  near(fifoWaitS(perS, 1 / mu, 2 / mu ** 2), 0.75 / (mu - perS));
});

fifo('is half the M/M/1 wait when service is constant (M/D/1)', () => {
  const [perS, mu] = [3, 4];
  near(fifoWaitS(perS, 1 / mu, 1 / mu ** 2), 0.75 / (mu - perS) / 2);
});

fifo('gives the wait of an M/H2/1 queue by hand: λ 0.5/s, half the messages 0.5 s, half 2 s', () => {
  // E[S] = 1.25, E[S²] = (0.25 + 4) / 2 = 2.125, ρ = 0.625: W = 0.5 · 2.125 / (2 · 0.375)
  near(fifoWaitS(0.5, 1.25, 2.125), 1.4166666666666667);
});

fifo('has no wait without messages or without transmission time', () => {
  assert.is(fifoWaitS(0, 1, 1), 0);
  assert.is(fifoWaitS(100, 0, 0), 0);
});

fifo('grows without end at load 1 and beyond', () => {
  assert.is(fifoWaitS(2, 0.5, 0.25), Infinity);
  assert.is(fifoWaitS(3, 0.5, 0.25), Infinity);
});

fifo('has the second moment and the atom of the M/M/1 wait: 2ρ / (μ − λ)² and 1 − ρ', () => {
  const [perS, mu] = [3, 4];
  const { meanSqS2, idle } = fifoWait(perS / mu, (2 * perS) / mu ** 2, (6 * perS) / mu ** 3);
  near(meanSqS2, (2 * 0.75) / (mu - perS) ** 2);
  near(idle, 0.25);
});

fifo('has the second moment that Crommelin’s distribution of the M/D/1 wait integrates to', () => {
  for (const load of [0.3, 0.7, 0.9]) {
    const stepS = 0.002;
    let meanSqS2 = 0; // ∫ 2t·P(W > t) dt
    for (let tS = stepS / 2; tS < 60; tS += stepS) meanSqS2 += 2 * tS * (1 - md1WaitCdf(load, tS)) * stepS;
    near(fifoWait(load, load, load).meanSqS2, meanSqS2, 2e-3);
  }
});

fifo.run();

const priority = suite('priorityWaitsS');

priority('reduces to Pollaczek-Khinchine with one class', () => {
  near(priorityWaitsS([classLoad(0.5, 1.25, 2.125)])[0], fifoWaitS(0.5, 1.25, 2.125));
});

priority('gives two exponential classes of one rate their textbook waits', () => {
  // λ = 0.3 and 0.4 with μ = 1: W_0 = 0.7, W_1 = 0.7 / 0.7, W_2 = 0.7 / (0.7 · 0.3)
  const [urgent, patient] = priorityWaitsS([classLoad(0.3, 1, 2), classLoad(0.4, 1, 2)]);
  near(urgent!, 1);
  near(patient!, 10 / 3);
});

const classes = fc.array(
  fc.record({
    perS: fc.double({ min: 0.01, max: 5, noNaN: true }),
    serviceS: fc.double({ min: 0.01, max: 2, noNaN: true }),
  }),
  { minLength: 1, maxLength: 5 },
);

priority('obeys the conservation law Σ ρ_k·W_k = ρ·W_0/(1 − ρ), as FIFO does', () => {
  fc.assert(
    fc.property(classes, fc.double({ min: 0.1, max: 0.95, noNaN: true }), (rows, target) => {
      const load = rows.reduce((total, row) => total + row.perS * row.serviceS, 0);
      const loads = rows.map((row) => classLoad((row.perS * target) / load, row.serviceS, 1.5 * row.serviceS ** 2));
      const waits = priorityWaitsS(loads);
      const residualS = loads.reduce((total, one) => total + one.loadS / 2, 0);
      near(
        loads.reduce((total, one, k) => total + one.load * waits[k], 0),
        (target * residualS) / (1 - target),
        1e-9,
      );
    }),
  );
});

priority('makes nobody wait less than a more urgent class', () => {
  fc.assert(
    fc.property(classes, (rows) => {
      const waits = priorityWaitsS(rows.map((row) => classLoad(row.perS, row.serviceS, row.serviceS ** 2)));
      for (let k = 1; k < waits.length; k++) assert.ok(waits[k] >= waits[k - 1]);
    }),
  );
});

priority('leaves urgent messages the residual of a transmitter that bulk keeps busy for good', () => {
  // ρ_1 = 0.2, bulk of 4 s each takes the other 0.8: W_0 = 0.1 · 4 / 2 + 0.8 · 4 / 2 = 1.8, W_1 = 1.8 / 0.8
  const [urgent, bulk, never] = priorityWaitsS([classLoad(0.1, 2, 4), classLoad(10, 4, 16), classLoad(1, 1, 1)]);
  near(urgent!, 2.25);
  assert.is(bulk, Infinity);
  assert.is(never, Infinity);
});

priority('is continuous for urgent messages where bulk reaches the capacity', () => {
  const urgent = (bulkPerS: number) => priorityWaitsS([classLoad(0.1, 2, 4), classLoad(bulkPerS, 4, 16)])[0];
  near(urgent(0.2 - 1e-9), urgent(0.2 + 1e-9), 1e-7);
});

priority('tends to preemptive resume as pieces get smaller, and to Cobham as they get longer', () => {
  const classes = (pieceS: number) => [
    classLoad(0.5, 0.5, 0.25),
    { ...classLoad(0.1, 4, 16), pieceLoadS: 0.4 * pieceS },
  ];
  const whole = priorityWaitsS(classes(4));
  near(whole[0], (0.125 + 1.6) / 2 / 0.75); // W_0 / (1 − ρ_1)
  near(whole[1], (0.125 + 1.6) / 2 / (0.75 * 0.35)); // W_0 / ((1 − ρ_1)(1 − ρ_1 − ρ_2))
  const fine = priorityWaitsS(classes(0));
  near(fine[0], 0.125 / 2 / 0.75); // the urgent class alone: M/G/1
  near(fine[1], whole[1]); // less urgent messages do not care how finely they are cut
});

priority('stretches what yields by the share of the more urgent', () => {
  const loads = [0.2, 0.3, 0.7, 0.1].map((load) => ({ load, loadS: 0.1 }));
  assert.equal(interruptions(loads), [0, 0.25, 1, Infinity]);
  near(interruptionVars(loads)[2]!, 0.2 / 0.5 ** 3);
});

priority('has the second moment of one queue of all where the least urgent class is alone', () => {
  near(priorityWaits([classLoad(0.5, 1.25, 2.125, 4.0625)])[0]!.meanSqS2, fifoWait(0.625, 1.0625, 2.03125).meanSqS2);
});

priority('has the second moments that a queue gives, message by message', () => {
  // λ = 0.3 and 0.4, exponential with μ = 1, non-preemptive: 400,000 messages, seed fixed.
  const waits = priorityWaits([classLoad(0.3, 1, 2, 6), classLoad(0.4, 1, 2, 6)]);
  const measured = measuredWaits([0.3, 0.4], 400_000);
  for (const k of [0, 1]) {
    near(measured[k]!.meanS, waits[k]!.meanS, 0.04);
    near(measured[k]!.meanSqS2, waits[k]!.meanSqS2, 0.1);
    near(measured[k]!.idle, waits[k]!.idle, 0.02);
  }
});

priority('has no wait on an idle link', () => {
  assert.equal(priorityWaitsS([classLoad(0, 1, 1), classLoad(0, 1, 1)]), [0, 0]);
});

priority.run();

const fair = suite('fairWaits');

fair('keeps every class between going first and its guaranteed rate', () => {
  const loads = [classLoad(2, 0.1, 0.01, 0.001), classLoad(0.1, 6, 36, 216)];
  const [first] = priorityWaits(loads);
  const [small, bulk] = fairWaits(loads, [1, 1]);
  const all = fifoWait(0.8, 0.02 + 3.6, 0.002 + 21.6);
  assert.ok(small!.meanS >= first!.meanS && small!.meanS <= all.meanS);
  assert.ok(Number.isFinite(bulk!.meanS));
});

fair('leaves a class within its share a finite wait where others overload the server', () => {
  const [small, bulk] = fairWaits([classLoad(1, 0.1, 0.01, 0.001), classLoad(2, 1, 1, 1)], [1, 1]);
  assert.ok(small!.meanS > 0 && Number.isFinite(small!.meanS));
  assert.is(bulk!.meanS, Infinity);
});

fair.run();

/** P(W <= t) of the M/D/1 queue with service 1: Crommelin (1932), Σ_(k <= t) e^(λ(t − k))·(−λ(t − k))^k / k!, times 1 − λ. */
function md1WaitCdf(load: number, tS: number): number {
  if (tS > 12) return 1 - (1 - md1WaitCdf(load, 12)) * Math.exp(-decay(load) * (tS - 12)); // the terms alternate and grow
  let sum = 0;
  let factorial = 1;
  for (let k = 0; k <= Math.floor(tS); k++) {
    if (k > 0) factorial *= k;
    sum += (Math.exp(load * (tS - k)) * (-load * (tS - k)) ** k) / factorial;
  }
  return (1 - load) * sum;
}

/** Decay of the tail: θ with λ(e^θ − 1) = θ. */
function decay(load: number): number {
  let [low, high] = [1e-9, 20];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (load * (Math.exp(middle) - 1) < middle) low = middle;
    else high = middle;
  }
  return low;
}

/** A non-preemptive priority queue with exponential service of mean 1, FIFO within a class. */
function measuredWaits(perS: readonly number[], messages: number): { meanS: number; meanSqS2: number; idle: number }[] {
  const uniform = seedrandom.alea('priority waits');
  const exponential = (rate: number) => -Math.log(1 - uniform()) / rate;
  const queues: number[][] = perS.map(() => []);
  const sums = perS.map(() => ({ count: 0, meanS: 0, meanSqS2: 0, idle: 0 }));
  const nextS = perS.map((rate) => exponential(rate));
  let freeS = 0;
  for (let done = 0; done < messages; done++) {
    const come = (untilS: number) => {
      for (const [k, rate] of perS.entries()) {
        for (; nextS[k]! <= untilS; nextS[k]! += exponential(rate)) queues[k]!.push(nextS[k]!);
      }
    };
    come(freeS);
    if (queues.every((queue) => queue.length === 0)) {
      freeS = Math.min(...nextS);
      come(freeS);
    }
    const k = queues.findIndex((queue) => queue.length > 0);
    const waitS = freeS - queues[k]!.shift()!;
    const sum = sums[k]!;
    sum.count++;
    sum.meanS += waitS;
    sum.meanSqS2 += waitS * waitS;
    sum.idle += Number(waitS === 0);
    freeS += exponential(1);
  }
  return sums.map(({ count, meanS, meanSqS2, idle }) => ({
    meanS: meanS / count,
    meanSqS2: meanSqS2 / count,
    idle: idle / count,
  }));
}
