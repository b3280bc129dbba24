/** ALOHA against its formulas, and one message at a time by hand. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openAloha } from '../../sim/engine/media/aloha.js';
import type { AlohaAccess, Medium } from '../../sim/media.js';
import { simulateReplication } from '../../sim/simulate.js';
import type { BenchOptions } from './medium-bench.js';
import { MediumBench } from './medium-bench.js';
import { crossedShares } from './offered-load.js';
import { buildPlan, type SourceLiteral } from './plan-builder.js';
import { assertMean } from './replicate.js';

const FRAME_S = 0.1;

const access = (more: Partial<AlohaAccess> = {}): AlohaAccess => ({
  kind: 'aloha',
  slotS: 0,
  copies: 1,
  spreadS: 1,
  ...more,
});
function medium(access: AlohaAccess, more: Partial<Medium> = {}): Medium {
  return { name: 'aloha', access, frameLoss: 0, residualLoss: 0, hiddenShare: 0, ...more };
}
function bench(of: Medium, endpoints: number, more: Partial<BenchOptions> = {}): MediumBench {
  return new MediumBench({ medium: of, endpoints, open: openAloha, framing: { lastB: 100, lastS: FRAME_S }, ...more });
}
function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);
}

const theory = suite('ALOHA');

for (const load of [0.2, 0.7]) {
  const options = { medium: medium(access()), endpoints: 20_000, open: openAloha };
  theory(`pure: of a load of ${load} frames per frame time exp(-2 G) get through`, () => {
    const framing = { lastB: 100, lastS: FRAME_S };
    const shares = crossedShares({ ...options, framing }, load / FRAME_S, 2000, 12);
    assertMean(shares, Math.exp(-2 * load), 0.06);
  });

  theory(`slotted: of a load of ${load} frames per slot exp(-G) get through`, () => {
    const framing = { lastB: 100, lastS: FRAME_S };
    const slotted = medium(access({ slotS: FRAME_S }));
    const shares = crossedShares({ ...options, medium: slotted, framing }, load / FRAME_S, 2000, 12);
    assertMean(shares, Math.exp(-load), 0.06);
  });
}

theory.run();

const copies = suite('copies');

copies('are all sent, also after the first has got through, and the message arrives with the first that does', () => {
  const b = bench(medium(access({ copies: 3, spreadS: 5 })), 1);
  b.send(10, 0);
  const [fate] = b.run();
  near(fate!.atS, 10 + FRAME_S);
  assert.is(b.stats.frames[0], 3);
  assert.is(b.stats.retries[0], 2);
  near(b.stats.airtimeS[0]!, 3 * FRAME_S);
  assert.equal(b.held(), { waiting: 0, others: 0 });
  assert.ok(b.nowS <= 10 + 5 + FRAME_S, 'all within the spread');
});

copies('leave 1 - loss ^ copies of the messages', () => {
  const lossy = medium(access({ copies: 3, spreadS: 50 }), { frameLoss: 0.5 });
  const options = { medium: lossy, endpoints: 500, open: openAloha, framing: { lastB: 100, lastS: 1e-6 } };
  assertMean(crossedShares(options, 10, 1000, 12), 1 - 0.5 ** 3, 0.03);
});

copies('that fall upon each other are sent one after the other by their one sender', () => {
  const b = bench(medium(access({ copies: 5, spreadS: 1 })), 1, { framing: { lastB: 1, lastS: 1 } });
  for (let i = 0; i < 10; i++) b.send(i, 0);
  b.run();
  assert.is(b.stats.frames[0], 50);
  assert.is(b.stats.collisions[0], 0);
  near(b.nowS, 50);
});

copies('in slots are in slots, whoever else of the same sender is in the way', () => {
  const slotS = 0.1;
  const b = bench(medium(access({ copies: 4, spreadS: 2, slotS })), 1, { framing: { lastB: 1, lastS: 0.35 } });
  for (let i = 0; i < 200; i++) b.send(1e6 + 2 * i, 0);
  for (const { atS } of b.run()) {
    const slots = (atS - 0.35) / slotS;
    assert.ok(Math.abs(slots - Math.round(slots)) < 1e-6, `${atS}`);
  }
  assert.is(b.stats.frames[0], 800);
  assert.is(b.stats.collisions[0], 0);
});

copies('of a message whose every copy met another: lost when the last has ended, and held until then', () => {
  const b = bench(medium(access({ copies: 2, spreadS: 0 }), { frameLoss: 1 }), 1);
  b.send(0, 0);
  b.run(0.15);
  assert.equal(b.held(), { waiting: 0, others: 1 });
  near(b.unfinishedWorkS, FRAME_S);
  const [fate] = b.run();
  assert.is(fate!.what, 'lost');
  near(fate!.atS, 2 * FRAME_S);
});

copies.run();

const frames = suite('a frame');

frames('that overlaps another at the gateway is lost, and so is the other', () => {
  const b = bench(medium(access()), 3);
  b.send(0, 0);
  b.send(0.099, 1);
  b.send(5, 2);
  assert.equal(
    b.run().map(({ what }) => what),
    ['lost', 'lost', 'crossed'],
  );
  assert.is(b.stats.collisions[0], 2);
});

frames('that only touches another is not: slots in a row carry a frame each', () => {
  const b = bench(medium(access({ slotS: FRAME_S })), 1000);
  for (let node = 0; node < 1000; node++) b.send((node + 0.5) * FRAME_S, node);
  assert.ok(b.run().every(({ what, atS }, i) => what === 'crossed' && Math.abs(atS - (i + 2) * FRAME_S) < 1e-9));
});

frames('cannot be received by a gateway that sends', () => {
  const b = bench(medium(access()), 2);
  b.send(0, 0, false);
  b.send(0.05, 1);
  const what = b.run().map((fate) => [fate.node, fate.what]);
  assert.equal(what, [
    [0, 'lost'], // endpoint 0 hears endpoint 1 as well
    [1, 'lost'],
  ]);
});

frames('down is not disturbed by an endpoint that its receiver does not hear', () => {
  const b = bench(medium(access(), { hiddenShare: 1 }), 2);
  b.send(0, 0, false);
  b.send(0.05, 1);
  assert.equal(
    b.run().map((fate) => [fate.node, fate.what]),
    [
      [0, 'crossed'],
      [1, 'lost'],
    ],
  );
});

frames('for all is sent once, without acknowledgement, and lost when it meets another', () => {
  const arq = { retries: 3, timeoutS: 1 };
  const acked = { lastB: 100, lastS: FRAME_S, ackS: 0.02 };
  const options = { cast: true, framing: acked };
  const alone = bench(medium(access({ copies: 3 }), { arq, frameLoss: 1 }), 2, options);
  alone.send(0, 0, false);
  near(alone.run()[0]!.atS, FRAME_S);
  assert.is(alone.run()[0]!.what, 'crossed');
  near(alone.stats.airtimeS[1]!, FRAME_S);

  const met = bench(medium(access({ copies: 3 }), { arq }), 2, options);
  met.send(0, 0, false);
  met.send(0.05, 1);
  assert.is(met.run()[0]!.what, 'lost');
  assert.is(met.stats.frames[1], 1);
});

frames('of several frames goes as a whole: frames and gaps in a row, the last acknowledgement after its end', () => {
  const framing = { frames: 3, fullB: 100, lastB: 50, fullS: 0.1, lastS: 0.05, gapS: 0.01, ackS: 0.02 };
  const b = bench(medium(access(), { arq: { retries: 0, timeoutS: 1 } }), 1, { framing });
  b.send(0, 0);
  near(b.run()[0]!.atS, 2 * (0.1 + 0.01 + 0.02) + 0.05);
  near(b.stats.airtimeS[0]!, 2 * 0.1 + 0.05 + 3 * (0.01 + 0.02));
});

frames('that is not acknowledged is repeated after the timeout and within the spread, then given up', () => {
  const arq = { retries: 2, timeoutS: 1 };
  const b = bench(medium(access({ spreadS: 3 }), { arq, frameLoss: 1 }), 1);
  b.send(0, 0);
  const [fate] = b.run();
  assert.is(fate!.what, 'lost');
  const leastS = 3 * (FRAME_S + 1);
  assert.ok(fate!.atS > leastS && fate!.atS < leastS + 2 * 3, `${fate!.atS} s`);
  assert.is(b.stats.frames[0], 3);
  assert.is(b.stats.retries[0], 2);
});

frames('waits until its sender has acknowledged what it received', () => {
  const arq = { retries: 0, timeoutS: 1 };
  const b = bench(medium(access(), { arq }), 1, { framing: { lastB: 100, lastS: FRAME_S, ackS: 0.02 } });
  b.send(0, 0, false);
  b.send(FRAME_S + 0.01, 0);
  near(b.run()[1]!.atS, FRAME_S + 0.02 + FRAME_S);
});

frames('starts when the outage of its server is over', () => {
  const b = bench(medium(access({ spreadS: 0 })), 1, { upFromS: (atS) => (atS >= 4 && atS < 10 ? 10 : atS) });
  b.send(3.95, 0); // on the air when the outage begins
  b.send(5, 0);
  assert.equal(
    b.run().map(({ atS }) => atS.toFixed(6)),
    ['4.050000', '10.100000'],
  );
});

frames('of many who waited for the end of an outage are spread', () => {
  const b = bench(medium(access({ spreadS: 100 })), 50, { upFromS: (atS) => (atS < 10 ? 10 : atS) });
  for (let node = 0; node < 50; node++) b.send(5, node);
  const crossed = b.run().filter(({ what, atS }) => what === 'crossed' && atS > 10 && atS < 110 + FRAME_S);
  assert.ok(crossed.length > 35, `${crossed.length} of 50 at a load of 0.05`);
});

frames('without power at its sender is lost, and so are those behind it', () => {
  const b = bench(medium(access()), 2, { hasPower: (node, atS) => node > 0 || atS < 1 });
  for (const atS of [0.95, 0.96, 0.97]) b.send(atS, 0);
  b.send(3, 0, false); // towards it
  b.send(4, 1);
  assert.equal(
    b.run().map(({ what, atS }) => `${what} ${atS.toFixed(2)}`),
    ['crossed 1.05', 'lost 1.05', 'lost 1.05', 'lost 3.10', 'crossed 4.10'],
  );
});

frames('finds as many messages before it as the buffer holds, or is dropped', () => {
  const b = bench(medium(access()), 2, { server: { bufferMessages: 2 } });
  for (const atS of [1, 1.01, 1.02, 1.03]) b.send(atS, 0); // the first is on the air at once
  b.send(5, 1);
  assert.equal(
    b.run().map(({ what, atS }) => `${what} ${atS.toFixed(2)}`),
    ['dropped 1.03', 'crossed 1.10', 'crossed 1.20', 'crossed 1.30', 'crossed 5.10'],
  );
  near(b.waitedS, 100 * (0.09 + 0.18));
});

frames.run();

const queues = suite('the queue of an endpoint');

queues('sends the better class first, and lets it pass between frames of a large message', () => {
  const large = { frames: 10, fullB: 100, lastB: 100, fullS: 1, lastS: 1 };
  const source = (name: string, atS: number, priority: number, frames: number): SourceLiteral => ({
    name,
    bursts: [atS],
    priority,
    sizeB: 100,
    path: [{ link: 'X up', framing: { ...large, frames } }],
  });
  const plan = buildPlan({
    horizonS: 100,
    links: { 'X up': { medium: medium(access()), discipline: 'priority', quantumB: 300 } },
    sources: [
      source('bulk', 0, 2, 10),
      source('small', 1, 1, 1),
      source('alarm', 2, 0, 1),
      source('more bulk', 2.5, 2, 10),
    ],
  });
  const { latencySumS } = simulateReplication(plan, 1).flows;
  near(latencySumS[3]!, 12 + 10 - 2.5);
  near(latencySumS[0]!, 12);
  near(latencySumS[1]!, 3 + 1 + 1 - 1); // three frames of bulk, the alarm, itself; since second 1
  near(latencySumS[2]!, 3 + 1 - 2);
});

queues.run();
