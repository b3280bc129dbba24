/** Formulas of media against printed figures, exact results and each other. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attempts, attemptsByWay } from '../../sim/queueing/attempts.js';
import { batches } from '../../sim/queueing/batches.js';
import { aloha, alohaThroughput, firstCopy } from '../../sim/queueing/media/aloha.js';
import { csma } from '../../sim/queueing/media/csma.js';
import { dcf, dcfSaturation } from '../../sim/queueing/media/dcf.js';
import { turningShare } from '../../sim/queueing/media/half-duplex.js';
import { polling } from '../../sim/queueing/media/polled.js';
import { grantDown, grantUp, idleShare, preambleCollision } from '../../sim/queueing/media/scheduled.js';

const near = (actual: number, expected: number, relative = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-9, Math.abs(expected)), `${actual}, not ${expected}`);

const quiet = {
  framesPerS: 0,
  frameS: 0.02,
  ackS: 0,
  endpoints: 1000,
  hiddenShare: 0,
  strangersPerS: 0,
  noise: 0,
  retries: 0,
  timeoutS: 0,
  backoffS: 0,
};

const repeating = suite('attempts');

repeating('are 1.111 on average at 10 % loss and 7 retries, and 1e-8 of the frames are lost', () => {
  const { mean, lost } = attempts(0.1, 7);
  near(mean, (1 - 0.1 ** 8) / 0.9);
  near(lost, 1e-8, 1e-6);
});

repeating('have the moments of the distribution, summed by hand', () => {
  // p = 0.5, one retry: 1 attempt with 1/2, 2 with 1/2; through with 1/2 and 1/4.
  const { mean, lost, failed, failedVar, variance } = attempts(0.5, 1);
  near(mean, 1.5);
  near(lost, 0.25);
  near(variance, 0.25);
  near(failed, 1 / 3);
  near(failedVar, 1 / 3 - 1 / 9);
});

repeating('by ways equal plain ones where a failure tells nothing', () => {
  const [plain, ways] = [
    attempts(0.3, 4),
    attemptsByWay(
      [
        { first: 0.1, again: 0.3 },
        { first: 0.2, again: 0.3 },
      ],
      4,
    ),
  ];
  for (const key of ['mean', 'lost', 'failed', 'failedVar', 'variance'] as const) near(ways[key], plain[key], 1e-9);
});

repeating('lose a message for good where collisions repeat', () => {
  near(attemptsByWay([{ first: 0.05, again: 1 }], 7).lost, 0.05);
});

repeating.run();

const random = suite('ALOHA');

random('carries at most 1/(2e) of the time, slotted 1/e, at the ends of their ranges', () => {
  near(alohaThroughput(0.5, false), 1 / (2 * Math.E));
  near(alohaThroughput(1, true), 1 / Math.E);
  for (const offered of [0.3, 0.45, 0.55, 0.7]) {
    assert.ok(alohaThroughput(offered, false) < alohaThroughput(0.5, false));
  }
});

random('loses 63 % of the frames at its peak: 6,166 messages of 107.4 ms an hour get through', () => {
  const { lost, outside } = aloha({
    ...quiet,
    frameS: 0.1074,
    framesPerS: 0.5 / 0.1074,
    slotS: 0,
    copies: 1,
    spreadS: 0,
  });
  near(lost, 1 - Math.exp(-1));
  assert.is(outside, '');
  near((0.5 / 0.1074) * (1 - lost) * 3600, 6166, 1e-3);
});

random('tells when it is beyond its peak, also when repetitions drive it there', () => {
  assert.ok(aloha({ ...quiet, framesPerS: 26, slotS: 0, copies: 1, spreadS: 0 }).outside !== '');
  assert.is(aloha({ ...quiet, framesPerS: 12, slotS: 0, copies: 1, spreadS: 0 }).outside, '');
  assert.ok(aloha({ ...quiet, framesPerS: 12, slotS: 0, copies: 1, spreadS: 1, retries: 7 }).outside !== '');
});

random('loses less in slots', () => {
  const load = { ...quiet, framesPerS: 15, copies: 1, spreadS: 0 };
  near(aloha({ ...load, slotS: 0.02 }).lost, 1 - Math.exp(-0.3));
  near(aloha({ ...load, slotS: 0 }).lost, 1 - Math.exp(-0.6));
});

random('finds the first copy that gets through at the least of uniform times', () => {
  // Two copies, half of them lost: at once with 1/2, later with 1/4 after 30 s on average, never with 1/4.
  const { lost, atOnce, meanS, meanSqS2 } = firstCopy(0.5, 2, 60);
  near(lost, 0.25);
  near(atOnce, 2 / 3);
  near(meanS, 30 / 3);
  near(meanSqS2, 1200 / 3);
});

random.run();

const backoff = suite('DCF');

/** Bianchi (2000), table II: FHSS PHY, 8184 bit payload, 1 Mbit/s; basic access: Ts 8982 us, Tc 8713 us with slot 50 us. */
const bianchi = { slotS: 50e-6, sifsS: 28e-6, difsS: 128e-6, leastWindow: 31, mostWindow: 1023 };
const BIANCHI_FRAME_S = (8184 + 272 + 128) * 1e-6;
const BIANCHI_ACK_S = (28 + 240 + 1) * 1e-6;

backoff('has the slots of Bianchi’s table: 8.982 ms for a frame, 8.713 ms for a collision', () => {
  near(BIANCHI_FRAME_S + BIANCHI_ACK_S + bianchi.difsS, 8.982e-3, 1e-3);
  near(BIANCHI_FRAME_S + bianchi.difsS, 8.713e-3, 1e-3);
});

backoff(
  'carries at saturation what the table of ns-3’s wifi-bianchi says: 1 Mbit/s, 1500 B, DIFS after collisions',
  () => {
    // 802.11b: preamble and header 192 us, 36 B of MAC and LLC, acknowledgement of 14 B.
    const wifi = { slotS: 20e-6, sifsS: 10e-6, difsS: 50e-6, leastWindow: 31, mostWindow: 1023 };
    const throughputMbps = (stations: number) =>
      dcfSaturation(stations, 192e-6 + 1536 * 8e-6, 10e-6 + 192e-6 + 112e-6, wifi).framesPerS * 12_000e-6;
    // The table lets a sender that was through go on without a backoff at times, which raises it a little.
    for (const [stations, printed] of [
      [5, 0.8437],
      [10, 0.7861],
      [20, 0.7226],
      [50, 0.6336],
    ] as const) {
      near(throughputMbps(stations), printed, 0.01);
    }
  },
);

backoff('solves both equations of the fixed point', () => {
  const { sends, collides } = dcfSaturation(10, BIANCHI_FRAME_S, BIANCHI_ACK_S, bianchi);
  near(collides, 1 - (1 - sends) ** 9, 1e-9);
  const [w, m, q] = [32, 5, 2 * collides];
  near(sends, (2 * (1 - q)) / ((1 - q) * (w + 1) + collides * w * (1 - q ** m)), 1e-9);
});

backoff('of one station sends every W/2 slots and never collides', () => {
  const { sends, collides } = dcfSaturation(1, BIANCHI_FRAME_S, BIANCHI_ACK_S, bianchi);
  near(sends, 2 / 33, 1e-6);
  near(collides, 0, 1e-6);
});

backoff('goes at once on an idle medium, and is outside beyond nine tenths of saturation', () => {
  const load = { ...quiet, frameS: BIANCHI_FRAME_S, ackS: BIANCHI_ACK_S, endpoints: 10, retries: 7 };
  assert.ok(dcf({ ...load, framesPerS: 1e-6 }, bianchi).accessS < 1e-9);
  const { framesPerS } = dcfSaturation(10, BIANCHI_FRAME_S, BIANCHI_ACK_S, bianchi);
  assert.is(dcf({ ...load, framesPerS: 0.85 * framesPerS }, bianchi).outside, '');
  assert.ok(dcf({ ...load, framesPerS: 0.95 * framesPerS }, bianchi).outside !== '');
});

backoff.run();

const listening = suite('CSMA/CA of 802.15.4');
const zigbee = {
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  unitBackoffS: 320e-6,
  ccaS: 128e-6,
  turnaroundS: 192e-6,
};

listening('takes 3.5 unit backoffs, an assessment and a turn-around to get at an idle medium', () => {
  const { accessS, lost, outside } = csma({ ...quiet, framesPerS: 1e-9 }, zigbee);
  near(accessS, 3.5 * 320e-6 + 128e-6 + 192e-6, 1e-6);
  assert.ok(lost < 1e-9);
  assert.is(outside, '');
});

listening('loses more with load and with hidden endpoints, and tells when it is out of its range', () => {
  const at = (framesPerS: number, hiddenShare = 0) => csma({ ...quiet, framesPerS, hiddenShare, retries: 3 }, zigbee);
  assert.ok(at(5).lost < at(10).lost && at(10).lost < at(10, 0.3).lost);
  assert.is(at(10).outside, '');
  assert.ok(at(40).outside !== '');
});

listening('of two hidden senders loses what overlaps: 1 − e^(−2Λ·frame) to first order', () => {
  const { lost } = csma({ ...quiet, framesPerS: 0.1, hiddenShare: 1 }, zigbee);
  near(lost, 1 - Math.exp(-2 * 0.1 * 0.02), 0.02);
});

listening.run();

const asked = suite('polling');
const circle = { endpoints: 10, walkS: 0.02, emptyS: 0, perS: 0, load: 0, loadS: 0, masterLoad: 0, masterLoadS: 0 };

asked('waits half a cycle when nobody else sends', () => {
  const { up, cycleS } = polling(circle);
  near(up.meanS, 0.1);
  near(up.meanSqS2, 0.2 ** 2 / 3);
  near(cycleS, 0.2);
});

asked('of one endpoint without walks is M/G/1', () => {
  const { up } = polling({ ...circle, endpoints: 1, walkS: 0, perS: 5, load: 0.5, loadS: 0.05 });
  near(up.meanS, 0.05 / (2 * 0.5));
});

asked('is Takagi’s formula for limited service: N 4, walk 0.1, λ 1 in all, service 0.25 constant', () => {
  // (λ·b² + r·(N + ρ)) / (2(1 − ρ − λ·r)) = (0.0625 + 0.1 · 4.25) / (2 · 0.65)
  const { up, cycleS } = polling({ ...circle, endpoints: 4, walkS: 0.1, perS: 1, load: 0.25, loadS: 0.0625 });
  near(up.meanS, 0.375);
  near(cycleS, 0.4 / 0.75);
});

asked('cannot keep up when walks and messages fill the time', () => {
  assert.is(polling({ ...circle, perS: 20, load: 0.7, loadS: 0.05 }).up.meanS, Infinity);
});

asked.run();

const granted = suite('scheduled media');
const cell = { grantDelayS: 0.02, grantPeriodS: 0.01, promotionS: 0.2, inactivityS: 10, pagingS: 0.64 };

granted('collide on a preamble as 3GPP counts: 1 − (1 − 1/54)^(n − 1)', () => {
  near(preambleCollision(2, 54), 1 / 54);
  near(preambleCollision(55, 54), 1 - (53 / 54) ** 54);
  assert.is(preambleCollision(1, 54), 0);
});

granted('add half a period to the grant, and the promotion of those who are idle', () => {
  near(grantUp(cell, 0, 0).meanS, 0.025);
  near(grantUp(cell, 1, 0).meanS, 0.225);
  near(grantDown(cell, 1).meanS, 0.84);
  near(idleShare(0.1, 10), Math.exp(-1));
});

granted('tend to the mean field of preambles, and tell when requests overwhelm them', () => {
  const randomAccess = { preambles: 54, opportunityS: 0.005, attempts: 10, backoffS: 0.02 };
  const few = grantUp({ ...cell, randomAccess }, 1, 10);
  near(few.meanS, 0.225 + 0.0025, 1e-2);
  assert.is(few.outside, '');
  assert.ok(few.lost < 1e-9);
  assert.ok(grantUp({ ...cell, randomAccess }, 1, 12_000).outside !== '');
});

granted.run();

const turning = suite('half duplex');

turning('turns before every second message of two links alike, and never with one', () => {
  near(turningShare([3, 3]), 0.5);
  near(turningShare([3, 0]), 0);
  assert.is(turningShare([0, 0]), 0);
});

turning.run();

const held = suite('batches');

held('by age alone have one message and those of a Poisson stream in the time', () => {
  const { messages, heldS } = batches(0.5, Infinity, 5);
  near(messages, 3.5);
  near(heldS, (5 + 0.5 * 12.5) / 3.5, 1e-6);
});

held('by number alone hold each for half of the gathering', () => {
  const { messages, heldS } = batches(2, 5, Infinity);
  near(messages, 5);
  near(heldS, (4 + 3 + 2 + 1) / 2 / 5);
});

held('by number and age agree with the truncated Poisson count', () => {
  // λ·age = 1, at most 2: 1 + P(N >= 1)
  near(batches(1, 2, 1).messages, 2 - Math.exp(-1));
});

held('count frames: two messages in each, one to three of them', () => {
  // λ·age = 1, at most 3: 1 frame for 1 or 2 messages, 2 for 3.
  near(batches(1, 3, 1, 2).frames, 1 + (1 - 2 * Math.exp(-1)));
});

held.run();
