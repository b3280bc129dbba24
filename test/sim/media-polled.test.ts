import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openPolled } from '../../sim/engine/media/polled.js';
import { mix32, unitOf } from '../../sim/kernel/random.js';
import type { Medium, PolledAccess } from '../../sim/media.js';
import { runNetwork } from './media-network.js';
import { type BenchOptions, type Fate, MediumBench } from './medium-bench.js';

/** A poll that finds nothing takes 15 ms, one that finds a message 12 ms and its frames. */
const ACCESS: PolledAccess = {
  kind: 'polled',
  pollS: 0.01,
  turnaroundS: 0.002,
  emptyS: 0.003,
  timeoutS: 0.5,
  retries: 2,
};
const FRAME = { lastB: 50, lastS: 0.05 };

function radio(medium: Partial<Medium> = {}): Medium {
  return { name: 'mas', access: ACCESS, frameLoss: 0, residualLoss: 0, hiddenShare: 0, ...medium };
}

function bench(options: Partial<BenchOptions> = {}): MediumBench {
  return new MediumBench({ medium: radio(), endpoints: 4, open: openPolled, framing: FRAME, ...options });
}

function near(value: number, expected: number, within = 1e-7): void {
  assert.ok(Math.abs(value - expected) <= within, `${value} is not within ${within} of ${expected}`);
}

function timesOf(fates: readonly Fate[]): number[] {
  return fates.map(({ atS }) => atS);
}

function allNear(values: readonly number[], expected: readonly number[]): void {
  assert.is(values.length, expected.length, `${values} are not ${expected}`);
  for (const [i, value] of values.entries()) near(value, expected[i]!);
}

const byHand = suite('polled, by hand');

byHand('the third endpoint is asked after two empty polls', () => {
  const b = bench();
  b.send(0, 2);
  allNear(timesOf(b.run()), [2 * 0.015 + 0.012 + 0.05]);
});

byHand('the phase of the round after a second of silence decides how long a message waits', () => {
  // 16 rounds of 60 ms are 0.96 s; endpoint 2 is asked from 0.99 to 1.000 s and says nothing until 1.005 s.
  for (const [atS, node, doneS] of [
    [0.995, 2, 0.99 + 0.062], // its poll is on the air
    [1.001, 2, 1.05 + 0.062], // just missed
    [1.001, 3, 1.005 + 0.062],
    [1.001, 0, 1.02 + 0.062],
  ] as const) {
    const b = bench();
    b.send(atS, node);
    near(b.run()[0]!.atS, doneS);
  }
});

byHand('a message down goes after the poll under way, and the round goes on behind it', () => {
  const b = bench();
  b.send(1.001, 1, false);
  b.send(1.001, 0);
  allNear(timesOf(b.run()), [1.055, 1.055 + 0.015 + 0.062]);
});

byHand('whoever has been sent a message is asked out of turn when it answers within the timeout, not later', () => {
  for (const [atS, doneS] of [
    [1.06, 1.07 + 0.062],
    [1.554, 1.055 + 34 * 0.015 + 0.062],
    [1.558, 1.055 + 3 * 0.015 + 8 * 0.06 + 0.062],
  ] as const) {
    const b = bench();
    b.send(1.001, 2, false);
    b.send(atS, 2);
    near(b.run()[1]!.atS, doneS);
  }
});

byHand('an endpoint without power costs every round three polls and timeouts, and its own messages', () => {
  const b = bench({ outages: [{ nodes: [1, 1], fromS: 0, toS: 100 }] });
  b.send(0, 2);
  b.send(2, 2);
  const deadS = 3 * (0.01 + 0.5);
  const firstS = 0.015 + deadS + 0.062;
  allNear(timesOf(b.run()), [firstS, firstS + 2 * 0.015 + deadS + 0.062]);
  b.send(10, 1);
  assert.is(b.run()[2]!.what, 'lost');
});

byHand('a message down to an endpoint without power is lost, after its repetitions where there are any', () => {
  for (const [arq, doneS] of [
    [undefined, 0.05],
    [{ retries: 2, timeoutS: 0.1 }, 3 * 0.15],
  ] as const) {
    const b = bench({ medium: radio({ ...(arq && { arq }) }), outages: [{ nodes: [0, 4], fromS: 0, toS: 9 }] });
    b.send(0, 1, false);
    const [fate] = b.run();
    assert.is(fate!.what, 'lost');
    near(fate!.atS, doneS);
  }
});

byHand('a poll brings all frames of one message with gaps and acknowledgements', () => {
  const framing = { frames: 3, fullB: 100, fullS: 0.1, lastB: 50, lastS: 0.05, gapS: 0.001, ackS: 0.004 };
  const b = bench({ framing });
  b.send(0, 0);
  b.send(0, 0);
  const answerS = 0.25 + 3 * 0.005;
  allNear(timesOf(b.run()), [0.012 + answerS - 0.005, 0.012 + answerS + 3 * 0.015 + 0.012 + answerS - 0.005]);
  assert.is(b.stats.frames[0], 6);
});

byHand('a quantum lets polls and urgent messages between the frames of a long message down', () => {
  const framing = { frames: 4, fullB: 100, fullS: 0.1, lastB: 100, lastS: 0.1 };
  const b = bench({
    framing: FRAME,
    downFraming: framing,
    server: { discipline: 'priority', quantumB: 200 },
    priority: [0, 1],
  });
  b.send(0, 3, false);
  b.send(0.05, 0);
  allNear(timesOf(b.run()), [0.2 + 0.062, 0.2 + 0.062 + 0.2]);
});

byHand('a switch in between takes poll and answer twice', () => {
  const mesh = { kind: 'mesh', hop: ACCESS, ringShares: [0, 1], sectors: 1, relayS: 0.004 } as const;
  const b = bench({ medium: radio({ access: mesh }) });
  b.send(0, 1);
  const emptyS = 2 * 0.01 + 0.002 + 2 * 0.003 + 2 * 0.004;
  allNear(timesOf(b.run()), [emptyS + 2 * 0.01 + 0.002 + 2 * 0.05 + 2 * 0.004]);
  b.send(10, 1, false);
  const [, down] = b.run();
  near((down!.atS - 0.104) % 1e-3, (down!.atS - 0.104) % 1e-3);
  assert.ok(down!.atS >= 10.104 && down!.atS < 10.104 + emptyS);
});

byHand('one station that speaks for all is all there is to poll, and has one queue', () => {
  const b = bench({ server: { oneStation: true } });
  b.send(0, 3);
  b.send(0, 1);
  allNear(timesOf(b.run()), [0.062, 0.124]);
});

byHand('what is cast is sent once over every ring, takes no acknowledgement, and favours nobody', () => {
  const mesh = { kind: 'mesh', hop: ACCESS, ringShares: [1, 0], sectors: 1, relayS: 0.004 } as const;
  const framing = { ...FRAME, ackS: 0.02 };
  const b = bench({ medium: radio({ access: mesh, frameLoss: 1 }), downFraming: framing, cast: true });
  b.send(0, 2, false);
  b.send(0, 2, false);
  allNear(timesOf(b.run()), [0.104, 0.208]);
  assert.is(b.stats.frames[1], 2);
});

byHand('messages come out of a full buffer no more: the third of an endpoint is dropped', () => {
  const b = bench({ server: { bufferMessages: 2 } });
  for (let i = 0; i < 3; i++) b.send(0.02, 0);
  assert.equal(
    b.run().map(({ what }) => what),
    ['dropped', 'crossed', 'crossed'],
  );
});

byHand('what waits and what is on its way is held, until it has crossed', () => {
  const b = bench();
  b.send(0.001, 3);
  b.send(0.001, 3);
  b.run(0.07);
  assert.equal(b.held(), { waiting: 1, others: 1 });
  near(b.unfinishedWorkS, 0.107 - b.nowS + 0.05);
  b.run();
  assert.equal(b.held(), { waiting: 0, others: 0 });
});

byHand.run();

const round = suite('polled, the round');

round('an idle medium costs no event, and keeps its phase for eleven days', () => {
  const b = bench();
  b.send(1e6 + 0.001, 3);
  b.run();
  const phaseS = (b.fates[0]!.atS - 0.062 - 0.045) / 0.06;
  near(phaseS, Math.round(phaseS), 1e-3);
  assert.ok(b.wakes <= 4, `${b.wakes} wakes`);
});

round('all the time is taken by messages and their polls, or by polls for nothing', () => {
  const b = bench();
  for (let i = 0; i < 50; i++) b.send(i * 0.7, i % 4, i % 3 > 0);
  b.run();
  b.settle(100);
  const { airtimeS, idleS } = b.stats;
  near(airtimeS[0]! + airtimeS[1]! + idleS[0]!, 100);
  near(airtimeS[1]!, 17 * 0.05);
});

round('no polls are booked while the medium is out, and the round goes on where it stopped', () => {
  const b = bench({ outages: [{ server: 'X', fromS: 0.03, toS: 5 }] });
  b.send(0.031, 0);
  allNear(timesOf(b.run()), [5 + 2 * 0.015 + 0.062]);
  b.settle(10);
  near(b.stats.airtimeS[0]! + b.stats.idleS[0]!, 10 - 4.97);
});

round('endpoints that always have something share the medium equally', () => {
  const b = bench();
  b.onFate = ({ node }) => b.send(b.nowS, node);
  for (let node = 0; node < 4; node++) b.send(0, node);
  b.run(100);
  near(b.fates.length, 100 / 0.062, 2);
  for (let node = 0; node < 4; node++) near(b.fates.filter((fate) => fate.node === node).length, 100 / 0.248, 2);
});

/** Poll by poll, without loss: when each message crosses. */
function pollByPoll(offers: readonly { atS: number; node: number; isUp: boolean }[], endpoints: number): number[] {
  const { pollS, turnaroundS, emptyS, timeoutS } = ACCESS;
  const done = new Array<number>(offers.length).fill(Number.NaN);
  const down: number[] = [];
  const up = Array.from({ length: endpoints }, () => [] as number[]);
  const favoured = new Map<number, number>();
  const outOfTurn: number[] = [];
  let seen = 0;
  function see(untilS: number): void {
    for (; seen < offers.length && offers[seen]!.atS <= untilS; seen++) {
      const { isUp, node, atS } = offers[seen]!;
      if (!isUp) {
        down.push(seen);
        continue;
      }
      up[node]!.push(seen);
      if ((favoured.get(node) ?? -1) < atS) continue;
      favoured.delete(node);
      outOfTurn.push(node);
    }
  }
  let position = 0;
  for (let nowS = 0; done.some(Number.isNaN); ) {
    see(nowS);
    const sent = down.shift();
    if (sent !== undefined) {
      nowS += FRAME.lastS;
      done[sent] = nowS;
      see(nowS);
      const { node } = offers[sent]!;
      if (up[node]!.length > 0) outOfTurn.push(node);
      else favoured.set(node, nowS + timeoutS);
      continue;
    }
    while (outOfTurn.length > 0 && up[outOfTurn[0]!]!.length === 0) outOfTurn.shift();
    const node = outOfTurn.shift() ?? position++ % endpoints;
    see(nowS + pollS);
    const answer = up[node]!.shift();
    nowS += pollS + turnaroundS + (answer === undefined ? emptyS : FRAME.lastS);
    if (answer !== undefined) done[answer] = nowS;
  }
  return done;
}

for (const [load, spacingS] of [
  ['light', 0.5],
  ['medium', 0.1],
  ['heavy', 0.05],
] as const) {
  round(`under ${load} load every message crosses when a model that sends every single poll says`, () => {
    for (const endpoints of [1, 4, 30]) {
      const u = (i: number) => unitOf(mix32(mix32(i) + endpoints));
      let atS = 0;
      const offers = Array.from({ length: 400 }, (_, i) => {
        atS -= Math.log(1 - u(3 * i)) * spacingS;
        return { atS, node: Math.floor(u(3 * i + 1) * endpoints), isUp: u(3 * i + 2) < 0.7 };
      });
      const b = bench({ endpoints });
      for (const offer of offers) b.send(offer.atS, offer.node, offer.isUp);
      const sorted = (values: number[]) => values.sort((x, y) => x - y);
      allNear(sorted(timesOf(b.run())), sorted(pollByPoll(offers, endpoints)));
    }
  });
}

/** Takagi, Analysis of Polling Systems (1986): symmetric queues, at most one message for each poll, constant walks. */
for (const load of [0.3, 0.7]) {
  round(`Poisson messages at ${load} of what the medium carries wait as long as Takagi says`, () => {
    const endpoints = 10;
    const walkS = 0.015;
    const extraS = FRAME.lastS - ACCESS.emptyS; // what a message takes more than nothing to send
    const perS = load / (extraS + walkS);
    const waitS = (perS * extraS ** 2 + walkS * (endpoints + perS * extraS)) / (2 * (1 - perS * extraS - perS * walkS));
    const b = bench({ endpoints });
    let atS = 0;
    const messages = 40_000;
    for (let i = 0; i < messages; i++) {
      atS -= Math.log(1 - unitOf(mix32(2 * i))) / perS;
      b.send(atS, Math.floor(unitOf(mix32(2 * i + 1)) * endpoints));
    }
    const sumS = b.run().reduce((sum, fate) => sum + fate.atS - fate.offeredS, 0);
    const expectedS = waitS + ACCESS.turnaroundS + FRAME.lastS;
    near(sumS / messages, expectedS, 0.02 * expectedS);
  });
}

round.run();

const loss = suite('polled, with loss');

loss('a message needs one exchange with chance (1 - p)^2, and three times at most in one round', () => {
  const p = 0.2;
  const b = bench({ medium: radio({ frameLoss: p }), endpoints: 1, seed: 'loss' });
  const messages = 20_000;
  b.onFate = () => b.send(b.nowS + 0.25, 0);
  b.send(0, 0);
  const exchanges = new Map<number, number>();
  while (b.fates.length < messages) b.run(b.nowS + 1000);
  for (const { atS, offeredS } of b.fates) {
    const failed = Math.floor((atS - offeredS) / 0.51); // a lost poll or answer costs 0.51 s
    exchanges.set(failed, (exchanges.get(failed) ?? 0) + 1);
  }
  const through = (1 - p) ** 2;
  // Within four standard deviations of the share.
  near(exchanges.get(0)! / b.fates.length, through, 4 * Math.sqrt((through * (1 - through)) / messages));
  assert.is(b.fates.filter(({ what }) => what !== 'crossed').length, 0);
});

loss('with everything lost, a round is three polls and timeouts for each endpoint', () => {
  const b = bench({ medium: radio({ frameLoss: 1 }), outages: [{ nodes: [3, 1], fromS: 6, toS: 90 }] });
  b.send(0, 3);
  const [fate] = b.run(100);
  assert.is(fate!.what, 'lost'); // at its second turn: it has no power any more
  near(fate!.atS, 7 * 3 * 0.51);
});

loss('polls for nothing take as long on average as lost polls and answers make them', () => {
  const p = 0.1;
  const fails = 1 - (1 - p) ** 2;
  const failures = fails + fails ** 2 + fails ** 3;
  const emptyS = failures * 0.51 + (1 - fails ** 3) * 0.015;
  const b = bench({ medium: radio({ frameLoss: p }), endpoints: 1000 });
  b.send(0, 900, false);
  b.send(0.01, 900);
  b.run();
  const up = b.fates.find(({ isUp }) => isUp);
  assert.is(up!.what, 'crossed');
  const c = bench({ medium: radio({ frameLoss: p }), endpoints: 1000 });
  c.send(0, 900);
  const extraS = (c.run()[0]!.atS - 900 * emptyS - 0.062) / 0.51;
  near(extraS, Math.round(extraS), 1e-3);
});

loss('a lost frame is asked for again, not the whole answer', () => {
  const framing = { frames: 10, fullB: 100, fullS: 0.02, lastB: 100, lastS: 0.02 };
  const b = bench({ medium: radio({ frameLoss: 0.2 }), endpoints: 1, framing });
  for (let i = 0; i < 500; i++) b.send(0, 0);
  b.run();
  const { frames, retries } = b.stats;
  near(frames[0]! / 5000, 1 / 0.8, 0.03);
  assert.is(retries[0], frames[0]! - 5000);
});

loss.run();

const network = suite('polled in a network');

network('a network with loss and outages keeps its books, and the cut does not matter', () => {
  const framing = { frames: 2, fullB: 80, fullS: 0.05, lastB: 40, lastS: 0.03, ackS: 0.01 };
  for (const medium of [
    radio({ frameLoss: 0.1, residualLoss: 0.01 }),
    radio({ frameLoss: 0.1, residualLoss: 0.01, arq: { retries: 3, timeoutS: 0.1 } }),
    radio({
      frameLoss: 0.05,
      access: { kind: 'mesh', hop: ACCESS, ringShares: [0.5, 0.3, 0.2], sectors: 1, relayS: 0.005 },
    }),
  ]) {
    const { links } = runNetwork(medium, framing, 60);
    // The medium is never idle but in its outage: up and down have all the time, and what is under way at the end.
    for (let dap = 0; dap < 3; dap++) {
      const busyS = links.airtimeS[dap]! + links.airtimeS[3 + dap]! + links.idleS[dap]!;
      near(busyS, 3600 - (dap === 1 ? 60 : 0), 3);
    }
  }
});

network.run();
