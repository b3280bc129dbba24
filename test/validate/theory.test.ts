/** The exact values of the validation against other ways to have them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bianchi, type CsmaPoint, csmaByEvents, type DcfPoint, dcfBySlots } from '../../validate/theory/contention.js';
import { tandemOfKeptSizes } from '../../validate/theory/lindley.js';
import {
  batchWait,
  cobhamWaitsS,
  erlang2Cdf,
  md1WaitCdf,
  mg1WaitS,
  mm1kLoss,
  ndd1Wait,
  ndd1WaitCdf,
  quantileOf,
} from '../../validate/theory/queues.js';

function near(value: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(value - expected) <= tolerance * Math.abs(expected), `${value}, not ${expected}`);
}

/** Mean from a distribution function, by the midpoint rule on what is beyond. */
function meanOf(cdf: (x: number) => number, most: number, steps = 20_000): number {
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += 1 - cdf(((i + 0.5) * most) / steps);
  return (sum * most) / steps;
}

const queues = suite('exact queues');

queues('M/D/1: nobody waits with probability 1 - load, and up to one service by Erlang', () => {
  for (const load of [0.3, 0.7, 0.9]) {
    near(md1WaitCdf(load, 0), 1 - load, 1e-12);
    near(md1WaitCdf(load, 0.6), (1 - load) * Math.exp(0.6 * load), 1e-12);
  }
});
queues('M/D/1: the mean of the distribution is that of Pollaczek-Khinchine', () => {
  near(
    meanOf((x) => md1WaitCdf(0.7, x), 30, 3000),
    mg1WaitS([{ perS: 0.7, serviceS: 1, squareS2: 1 }]),
    1e-3,
  );
});
queues('nD/D/1: of two devices, and the mean of the distribution', () => {
  near(ndd1Wait(2, 0.5), 0.5 / 4, 1e-12);
  near(
    meanOf((x) => ndd1WaitCdf(20, 0.8, x), 19),
    ndd1Wait(20, 0.8),
    1e-3,
  );
});
queues('nD/D/1 of many devices is M/D/1', () => {
  near(ndd1Wait(100_000, 0.5), 0.5 / (2 * 0.5), 1e-3);
});
queues('M/M/1/1 loses load / (1 + load); without bound nothing', () => {
  near(mm1kLoss(0.8, 1), 0.8 / 1.8, 1e-12);
  assert.ok(mm1kLoss(0.8, 200) < 1e-15);
});
queues('priorities keep the mean wait of all, weighted by load (conservation law)', () => {
  const classes = [
    { perS: 0.2, serviceS: 1, squareS2: 1 },
    { perS: 0.1, serviceS: 2, squareS2: 8 },
    { perS: 0.3, serviceS: 0.5, squareS2: 0.3 },
  ];
  const load = classes.reduce((sum, row) => sum + row.perS * row.serviceS, 0);
  const weighted = cobhamWaitsS(classes).reduce(
    (sum, waitS, i) => sum + waitS * classes[i]!.perS * classes[i]!.serviceS,
    0,
  );
  near(weighted / load, mg1WaitS(classes), 1e-12);
});
queues('grants every service: batches wait half a batch more than M/D/1 in steps', () => {
  // With one service a period what is left is the queue of M/D/1 seen each service: load^2 / (2(1 - load)).
  near(batchWait(0.6, 1), 0.6 ** 2 / (2 * 0.4) + 0.6 / 2, 1e-9);
});
queues('quantiles undo their distribution', () => {
  near(
    erlang2Cdf(
      2,
      quantileOf((x) => erlang2Cdf(2, x), 0.9, 100),
    ),
    0.9,
    1e-9,
  );
});
queues('the first of two queues in tandem is M/M/1', () => {
  const means = Array.from({ length: 10 }, (_, i) => tandemOfKeptSizes(0.5, 100_000, 1000, `${i}`)[0]);
  near(means.reduce((a, b) => a + b, 0) / 10, 2, 0.02);
});

queues.run();

const contention = suite('tiny programs of shared media');

const DCF: DcfPoint = {
  stations: 1,
  slotS: 1e-5,
  difsS: 3e-5,
  leastWindow: 15,
  mostWindow: 1023,
  frameS: 1e-3,
  ackS: 1e-4,
};

contention('DCF of one station: frame, acknowledgement, DIFS and 7.5 slots, without collisions', () => {
  const cycleS = 1e-3 + 1e-4 + 3e-5 + 7.5e-5;
  near(bianchi(DCF).perS, 1 / cycleS, 1e-6);
  assert.ok(bianchi(DCF).collided < 1e-12);
  const { perS, collided } = dcfBySlots(DCF, 100, 'one');
  near(perS, 1 / cycleS, 2e-3);
  assert.is(collided, 0);
});
contention('DCF of ten stations is within 3% of the fixed point', () => {
  const point = { ...DCF, stations: 10 };
  near(dcfBySlots(point, 100, 'ten').perS, bianchi(point).perS, 0.03);
});
contention('CSMA of one node: backoff, listening, turn-around, frame, acknowledgement', () => {
  const point: CsmaPoint = {
    nodes: 1,
    leastExponent: 3,
    mostExponent: 5,
    backoffs: 4,
    retries: 3,
    unitBackoffS: 3e-4,
    ccaS: 1e-4,
    turnaroundS: 2e-4,
    frameS: 4e-3,
    ackS: 5e-4,
    timeoutS: 1e-3,
  };
  const { perS, lost } = csmaByEvents(point, 200, 'alone');
  near(perS, 1 / (3.5 * 3e-4 + 1e-4 + 2e-4 + 4e-3 + 5e-4), 3e-3);
  assert.is(lost, 0);
});

contention.run();
