/** Frames over several hops, replies on the way back, and casts that some miss: by hand and against formulas. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Medium } from '../../sim/media.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import {
  buildPlan,
  type FramingLiteral,
  type HopObject,
  type PlanLiteral,
  type SourceLiteral,
} from './plan-builder.js';
import { assertMean, replicate } from './replicate.js';

const wire: Medium = { name: 'wire', access: { kind: 'dedicated' }, frameLoss: 0, residualLoss: 0, hiddenShare: 0 };
const run = (literal: PlanLiteral): ReplicationStats => simulateReplication(buildPlan(literal), 1);
const near = (actual: number, expected: number, absolute = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= absolute, `${actual}, not ${expected}`);
const hopNames = ['A up', 'B up', 'C up', 'D up'];

const cutThrough = suite('cut-through');

/** k hops in a row over which messages go frame by frame. */
function inARow(k: number, framing: (hop: number) => FramingLiteral, more: { delayS?: number; medium?: Medium } = {}) {
  const links = Object.fromEntries(hopNames.slice(0, k).map((name) => [name, { medium: wire, ...more }]));
  const path = () =>
    hopNames.slice(0, k).map((link, i): HopObject => ({ link, framing: framing(i), cutThrough: i > 0 }));
  return { links, path };
}

for (const [n, k] of [
  [1, 3],
  [2, 2],
  [7, 3],
  [40, 4],
] as const) {
  cutThrough(`of ${n} equal frames over ${k} equal hops takes ${n} + ${k} - 1 frames`, () => {
    const { links, path } = inARow(k, () => ({ frames: n, lastB: 100, lastS: 0.1 }), { delayS: 3 });
    const stats = run({ horizonS: 1000, links, sources: [{ name: 'a', bursts: [0], path: path() }] });
    near(stats.flows.latencySumS[0]!, (n + k - 1) * 0.1 + k * 3);
    assert.equal([...stats.links.messages], new Array(k).fill(1));
    assert.equal([...stats.links.carriedB], new Array(k).fill(100 * n));
    assert.equal([...stats.links.inSystemEnd], new Array(k).fill(0));
  });
}

cutThrough('behind a slower hop ends one frame after the last has come; behind a faster one at its own pace', () => {
  const slowFirst = inARow(2, (hop) => ({ frames: 5, lastB: 100, lastS: hop === 0 ? 1 : 0.25 }));
  const fastFirst = inARow(2, (hop) => ({ frames: 5, lastB: 100, lastS: hop === 0 ? 0.25 : 1 }));
  const of = ({ links, path }: typeof slowFirst) =>
    run({ horizonS: 1000, links, sources: [{ name: 'a', bursts: [0], path: path() }] }).flows.latencySumS[0]!;
  near(of(slowFirst), 5 + 0.25);
  near(of(fastFirst), 0.25 + 5);
});

cutThrough('keeps messages in order and conserves them, busy or not', () => {
  const { links, path } = inARow(3, (hop) => ({ frames: 4, lastB: 100, lastS: 0.1 + 0.02 * hop }), { delayS: 0.3 });
  for (const periodS of [10, 0.6, 0.4]) {
    const { flows } = run({ horizonS: 300, links, sources: [{ name: 'a', periodS, path: path() }] });
    assert.is(flows.sent[0], flows.delivered[0]! + flows.inFlightEnd[0]!);
    assert.ok(flows.delivered[0]! > 20);
  }
});

cutThrough('of a message that is lost on the hop before brings nothing to the next', () => {
  const lossy = { ...wire, frameLoss: 0.2 };
  const { links, path } = inARow(2, () => ({ frames: 3, lastB: 100, lastS: 0.1 }));
  const stats = run({
    horizonS: 2000,
    links: { ...links, 'A up': { medium: lossy } },
    sources: [{ name: 'a', periodS: 2, path: path() }],
  });
  const { flows, links: counted } = stats;
  assert.ok(flows.lost[0]! > 300);
  assert.is(flows.sent[0], flows.delivered[0]! + flows.lost[0]! + flows.inFlightEnd[0]!);
  near(counted.messages[1]!, counted.messages[0]! - counted.lostMessages[0]!, 1);
});

cutThrough('into several branches reaches each', () => {
  const framing = (): FramingLiteral => ({ frames: 6, lastB: 100, lastS: 0.1 });
  const tree: HopObject = {
    link: 'A down',
    framing: framing(),
    next: [
      { link: 'B down', framing: framing(), cutThrough: true, deliver: 'b' },
      { link: 'C down', framing: framing(), cutThrough: true, deliver: 'c' },
    ],
  };
  const links = { 'A down': { medium: wire }, 'B down': { medium: wire }, 'C down': { medium: wire } };
  const { flows } = run({ horizonS: 1000, links, sources: [{ name: 'a', bursts: [0], path: tree }] });
  for (const f of [0, 1]) near(flows.latencySumS[f]!, 0.7);
});

cutThrough('begins with the measured run in whatever state it finds it', () => {
  const { links, path } = inARow(3, () => ({ frames: 50, lastB: 100, lastS: 1 }), { delayS: 5 });
  const sources: SourceLiteral[] = [{ name: 'a', periodS: 60, path: path() }];
  const literal = { horizonS: 1000, dayLengthS: [1000], dayKind: [0], warmUpDays: 1, links, sources };
  let underWay = 0;
  for (const seed of ['1', '2', '3', '4']) {
    const { flows } = run({ ...literal, seed });
    underWay += flows.inFlightStart[0]!;
    assert.is(flows.inFlightStart[0]! + flows.sent[0]!, flows.delivered[0]! + flows.inFlightEnd[0]!);
  }
  assert.ok(underWay > 3, `${underWay}`);
});

cutThrough.run();

const reply = suite('a reply');

reply('takes its own time and bytes on the way back, delivers nothing, and holds up what waits there', () => {
  const answer: HopObject = { link: 'A down', overheadB: 40 };
  const links = { 'A up': { rateBps: 8000, delayS: 0.5 }, 'A down': { rateBps: 80 } };
  const sources: SourceLiteral[] = [
    { name: 'a', bursts: [0], devices: 3, sizeB: 1000, path: [{ link: 'A up', reply: answer }] },
    { name: 'other', bursts: [2], sizeB: 10, path: ['A down'] },
  ];
  const { flows, links: counted } = run({ horizonS: 1000, links, sources });
  assert.equal([...counted.messages], [3, 4]);
  assert.equal([...counted.carriedB], [3000, 130]);
  near(flows.latencySumS[0]!, 1.5 + 2.5 + 3.5);
  near(flows.latencySumS[1]!, 1.5 + 4 - 2 + 1, 1e-9); // behind the first reply, 1.5 to 5.5
  assert.is(flows.delivered[0]! + flows.delivered[1]!, 4);
});

reply('with frames has its own framing, on a half-duplex server too', () => {
  const air: Medium = { ...wire, access: { kind: 'half-duplex', turnaroundS: 0.25 } };
  const hop: HopObject = {
    link: 'A up',
    framing: { frames: 2, lastB: 100, lastS: 1 },
    reply: { link: 'A down', framing: { lastB: 20, lastS: 0.5 } },
  };
  const links = { 'A up': { server: 'air', medium: air }, 'A down': { server: 'air' } };
  const sources: SourceLiteral[] = [{ name: 'a', bursts: [0, 2.1], path: [hop] }];
  const { flows, links: counted } = run({ horizonS: 1000, links, sources });
  // 0 - 2, turn, reply 2.25 - 2.75, turn, 3 - 5
  near(flows.latencySumS[0]!, 2 + (5 - 2.1));
  assert.equal([...counted.frames], [4, 2]);
  near(counted.airtimeS[1]!, 2 * 0.75);
});

reply('follows every message that arrives, and only those', () => {
  const hop: HopObject = {
    link: 'A up',
    framing: { lastB: 100, lastS: 0.01 },
    reply: { link: 'A down', overheadB: 40 },
  };
  const links = { 'A up': { medium: { ...wire, frameLoss: 0.3 } }, 'A down': {} };
  const { flows, links: counted } = run({ horizonS: 1000, links, sources: [{ name: 'a', path: [hop] }] });
  assert.ok(flows.lost[0]! > 200);
  assert.is(counted.messages[1], flows.delivered[0]);
});

reply.run();

const listeners = suite('listeners of a cast');

const LISTENERS = 40;
function cast(frameLoss: number, frames: number): PlanLiteral {
  const tree: HopObject = {
    link: 'WAN down',
    next: [
      {
        link: 'NAN down',
        fan: 'everyInstance',
        framing: { frames, lastB: 50, lastS: 0.01 },
        listeners: 'meters',
        deliver: 'price',
      },
    ],
  };
  return {
    horizonS: 2000,
    kinds: { dap: 3 },
    endpoints: { dap: LISTENERS },
    populations: { meters: { kind: 'dap', devices: LISTENERS } },
    links: {
      'WAN down': { rateBps: 1e6 },
      'NAN down': { kind: 'dap', medium: { ...wire, frameLoss, arq: { retries: 5, timeoutS: 0 } } },
      'NAN up': { kind: 'dap' },
    },
    sources: [
      { name: 'price', periodS: 20, path: tree },
      { name: 'thanks', kind: 'dap', process: 'caused', devices: LISTENERS, path: ['NAN up'] },
    ],
    causes: [{ trigger: 'price', source: 'thanks' }],
  };
}

for (const [frameLoss, frames] of [
  [0, 3],
  [0.1, 1],
  [0.05, 4],
] as const) {
  listeners(
    `hear it with (1 - p)^n each, p = ${frameLoss}, n = ${frames}; it is sent once, and only they answer`,
    () => {
      const runs = replicate(buildPlan(cast(frameLoss, frames)), 6);
      for (const { flows, links } of runs) {
        assert.is(flows.sent[0], flows.delivered[0]! + flows.lost[0]! + flows.inFlightEnd[0]!);
        assert.is(flows.sent[1], flows.delivered[0]);
        const nan = [...links.frames.slice(1, 4)];
        assert.equal(
          nan,
          [...links.messages.slice(1, 4)].map((m) => m * frames),
        );
        assert.is(links.lostMessages[1], 0);
      }
      const shares = runs.map(({ flows }) => flows.delivered[0]! / (flows.delivered[0]! + flows.lost[0]!));
      if (frameLoss === 0) assert.equal(shares, new Array(6).fill(1));
      else assertMean(shares, (1 - frameLoss) ** frames, 0.02);
    },
  );
}

listeners('one relay that misses it leaves all behind it without', () => {
  const framing: FramingLiteral = { frames: 2, lastB: 50, lastS: 0.01 };
  const tree: HopObject = {
    link: 'WAN down',
    fan: 'everyInstance',
    framing,
    next: [{ link: 'NAN down', framing, listeners: 'meters', deliver: 'price' }],
  };
  const lossy = { ...wire, frameLoss: 0.2, arq: { retries: 9, timeoutS: 0 } };
  const plan = buildPlan({
    horizonS: 5000,
    kinds: { dap: 4 },
    populations: { meters: { kind: 'dap', devices: 10 } },
    links: { 'WAN down': { kind: 'dap', medium: lossy }, 'NAN down': { kind: 'dap', medium: wire } },
    sources: [{ name: 'price', periodS: 20, path: tree }],
  });
  const runs = replicate(plan, 6);
  assertMean(
    runs.map(({ flows }) => flows.delivered[0]! / (flows.delivered[0]! + flows.lost[0]!)),
    0.8 ** 2,
    0.1,
  );
  for (const { flows, links } of runs) {
    assert.is(flows.lost[0]! % 10, 0);
    assert.is(
      flows.lost[0]! / 10,
      links.lostMessages.reduce((sum, lost) => sum + lost, 0),
    );
  }
});

listeners.run();
