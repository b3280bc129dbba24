import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fifoWaitS } from '../../sim/queueing/fifo-wait.js';
import { type ClassLoad, interruptions, priorityWaitsS } from '../../sim/queueing/priority-waits.js';

const near = (actual: number, expected: number, relative = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-9, Math.abs(expected)), `${actual}, not ${expected}`);

const classLoad = (perS: number, serviceS: number, serviceSqS2: number): ClassLoad => ({
  perS,
  load: perS * serviceS,
  loadS: perS * serviceSqS2,
  pieceLoadS: perS * serviceSqS2,
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
    { perS: 0.5, load: 0.25, loadS: 0.125, pieceLoadS: 0.125 }, // 0.5 s each
    { perS: 0.1, load: 0.4, loadS: 1.6, pieceLoadS: 0.4 * pieceS }, // 4 s each
  ];
  const whole = priorityWaitsS(classes(4));
  near(whole[0], (0.125 + 1.6) / 2 / 0.75); // W_0 / (1 − ρ_1)
  near(whole[1], (0.125 + 1.6) / 2 / (0.75 * 0.35)); // W_0 / ((1 − ρ_1)(1 − ρ_1 − ρ_2))
  const fine = priorityWaitsS(classes(0));
  near(fine[0], 0.125 / 2 / 0.75); // the urgent class alone: M/G/1
  near(fine[1], whole[1]); // less urgent messages do not care how finely they are cut
});

priority('stretches what yields by the share of the more urgent', () => {
  assert.equal(interruptions([{ load: 0.2 }, { load: 0.3 }, { load: 0.7 }, { load: 0.1 }]), [0, 0.25, 1, Infinity]);
});

priority('has no wait on an idle link', () => {
  assert.equal(priorityWaitsS([classLoad(0, 1, 1), classLoad(0, 1, 1)]), [0, 0]);
});

priority.run();
