import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { volumetrics } from '../../sim/volumetrics.js';
import { activeSecondsAtEdges } from '../../sim/windows.js';
import { buildPlan, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const HOUR_S = 3600;

/** Expected messages per bin of one source on one link. */
function perBin(source: Omit<SourceLiteral, 'name' | 'path'>, literal: Partial<PlanLiteral> = {}): number[] {
  const plan = buildPlan({ ...literal, links: { 'L up': {} }, sources: [{ name: 's', path: ['L up'], ...source }] });
  return [...volumetrics(plan).bins.messages];
}

function deterministic(source: Omit<SourceLiteral, 'name' | 'path'>, literal: Partial<PlanLiteral> = {}): boolean {
  const plan = buildPlan({ ...literal, links: { 'L up': {} }, sources: [{ name: 's', path: ['L up'], ...source }] });
  return volumetrics(plan).sources.deterministic[0] === 1;
}

function near(actual: readonly number[], expected: readonly number[]): void {
  assert.is(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert.ok(
      Math.abs(value - expected[i]) <= 1e-9 * Math.max(1, expected[i]),
      `bin ${i}: ${value}, not ${expected[i]}`,
    );
  });
}

const active = suite('activeSecondsAtEdges');

active('counts the seconds of a window up to every bin edge', () => {
  const plan = buildPlan({
    horizonS: 4 * HOUR_S,
    windows: {
      w: [
        [
          [1800, 2 * HOUR_S],
          [3 * HOUR_S, 3 * HOUR_S + 60],
        ],
      ],
    },
    links: { 'L up': {} },
    sources: [{ name: 's', path: ['L up'] }],
  });
  assert.equal([...activeSecondsAtEdges(plan.time, plan.windows, 1)], [0, 1800, 5400, 5400, 5460]);
});

active('has 23 and 25 hours on the days on which the clocks change', () => {
  const plan = buildPlan({
    dayLengthS: [86400, 82800, 90000],
    dayKind: [0, 1, 2],
    horizonS: 72 * HOUR_S,
    windows: { night: [[[0, 4 * HOUR_S]], [[0, 3 * HOUR_S]], [[0, 5 * HOUR_S]]] },
    links: { 'L up': {} },
    sources: [{ name: 's', path: ['L up'] }],
  });
  const always = activeSecondsAtEdges(plan.time, plan.windows, 0);
  assert.is(always[always.length - 1], 72 * HOUR_S);
  const night = activeSecondsAtEdges(plan.time, plan.windows, 1);
  assert.is(night[24], 4 * HOUR_S);
  assert.is(night[24 + 23], 7 * HOUR_S);
  assert.is(night[72], 12 * HOUR_S);
});

active('agrees with counting seconds one by one, over days of unequal length and a cut last day', () => {
  const window = fc
    .array(fc.integer({ min: 0, max: 480 }), { minLength: 2, maxLength: 6 })
    .map((cuts) => [...new Set(cuts)].sort((a, b) => a - b))
    .map((cuts) => cuts.slice(1).flatMap((to, i) => (i % 2 === 0 ? [[cuts[i], to] as const] : [])));
  fc.assert(
    fc.property(
      window,
      window,
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 500 }),
      (a, b, dayKind, cutS) => {
        const lengths = [500, 480];
        const horizonS = Math.max(1, dayKind.reduce((total, kind) => total + lengths[kind], 0) - cutS);
        const plan = buildPlan({
          binS: 60,
          horizonS,
          dayLengthS: lengths,
          dayKind,
          windows: { w: [a, b] },
          links: { 'L up': {} },
          sources: [{ name: 's', path: ['L up'] }],
        });
        const edges = activeSecondsAtEdges(plan.time, plan.windows, 1);
        const perBinS = new Array(edges.length - 1).fill(0);
        let second = 0;
        for (const kind of dayKind) {
          for (let s = 0; s < lengths[kind]; s++, second++) {
            const inside = [a, b][kind].some(([from, to]) => from <= s && s < to);
            if (inside && second < horizonS) perBinS[Math.floor(second / 60)]++;
          }
        }
        assert.equal(
          [...edges].slice(1).map((edge, i) => edge - edges[i]),
          perBinS,
        );
      },
    ),
    { numRuns: 50 },
  );
});

active.run();

const poisson = suite('volumetrics of Poisson and periodic sources');

poisson('spreads the daily rate over the active seconds, part hours included', () => {
  const windows = { w: [[[1.5 * HOUR_S, 3 * HOUR_S] as const]] };
  near(perBin({ devices: 6, periodS: 600, window: 'w' }, { windows, horizonS: 4 * HOUR_S }), [0, 18, 36, 0]);
});

poisson('cuts the last bin at the horizon', () => {
  near(perBin({ periodS: 60 }, { horizonS: 2.5 * HOUR_S }), [60, 60, 30]);
});

poisson('keeps the rate per active second when a day has 23 or 25 hours', () => {
  const messages = perBin({ periodS: 60 }, { dayLengthS: [82800, 90000], dayKind: [0, 1], horizonS: 48 * HOUR_S });
  near(messages, new Array(48).fill(60));
});

poisson('is exact for periodic devices with a whole number of periods in the run only', () => {
  assert.is(deterministic({ process: 'periodic', periodS: 14400 }), true);
  assert.is(deterministic({ process: 'periodic', periodS: 86400 / 7 }), true);
  assert.is(deterministic({ process: 'periodic', periodS: 50000 }), false);
  assert.is(deterministic({ process: 'periodic', periodS: 14400 }, { horizonS: 5 * HOUR_S }), false);
  assert.is(deterministic({ process: 'poisson', periodS: 14400 }), false);
});

poisson.run();

const synchronised = suite('volumetrics of synchronised sources');
const every4h = { process: 'periodic', phase: 'synchronised', periodS: 4 * HOUR_S, devices: 10 } as const;

synchronised('sends at the beginning of each period, not all through it', () => {
  near(perBin(every4h, { horizonS: 12 * HOUR_S }), [10, 0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0]);
});

synchronised('spreads over the given time, across bins', () => {
  near(perBin({ ...every4h, spreadS: 1.5 * HOUR_S }, { horizonS: 6 * HOUR_S }), [20 / 3, 10 / 3, 0, 0, 20 / 3, 10 / 3]);
});

synchronised('counts periods in active time', () => {
  const windows = { w: [[[2 * HOUR_S, 4 * HOUR_S] as const]] };
  const twoDays = perBin({ ...every4h, window: 'w' }, { windows, horizonS: 48 * HOUR_S });
  assert.equal([twoDays[2], twoDays[3], twoDays[26], twoDays[27]], [10, 0, 0, 0]);
  const three = perBin({ ...every4h, window: 'w' }, { windows, horizonS: 72 * HOUR_S });
  assert.is(three[50], 10);
});

synchronised('counts a period that rounding makes end a hair early or late once', () => {
  assert.ok(86400 / (86400 / 21) < 21);
  const messages = perBin({ ...every4h, periodS: 86400 / 21 });
  near([messages.reduce((a, b) => a + b)], [210]);
  assert.is(deterministic({ ...every4h, periodS: 86400 / 21 }), true);
});

synchronised('is exact unless the run ends within a spread', () => {
  assert.is(deterministic({ ...every4h, spreadS: 60 }, { horizonS: 5 * HOUR_S }), true);
  assert.is(deterministic({ ...every4h, spreadS: 2 * HOUR_S }, { horizonS: 5 * HOUR_S }), false);
});

synchronised.run();

const burst = suite('volumetrics of bursts');

burst('falls into the bins that its spread covers', () => {
  near(
    perBin({ devices: 90, bursts: [0.5 * HOUR_S], spreadS: HOUR_S, burstDevices: 60 }, { horizonS: 3 * HOUR_S }),
    [30, 30, 0],
  );
});

burst('falls into one bin without a spread, the later one at an edge', () => {
  near(perBin({ devices: 90, bursts: [HOUR_S] }, { horizonS: 3 * HOUR_S }), [0, 90, 0]);
});

burst('counts only what lies within the run, and is exact when all of it does', () => {
  const atEnd = { devices: 90, bursts: [1.75 * HOUR_S], spreadS: HOUR_S };
  near(perBin(atEnd, { horizonS: 2 * HOUR_S }), [0, 22.5]);
  assert.is(deterministic(atEnd, { horizonS: 2 * HOUR_S }), false);
  assert.is(deterministic(atEnd, { horizonS: 3 * HOUR_S }), true);
});

burst.run();
