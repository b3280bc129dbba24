/** Cases small enough to compute by hand. Times are sums of a few floats: compared to a nanosecond. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bucketOf } from '../../sim/kernel/histogram.js';
import { combine, hashText, unitOf } from '../../sim/kernel/random.js';
import { Interrupted, simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type LinkLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const near = (actual: number | undefined, expected: number, what = '') =>
  assert.ok(Math.abs(actual! - expected) < 1e-9, `${what} ${actual}, not ${expected}`);

const run = (literal: PlanLiteral) => {
  const plan = buildPlan(literal);
  return { plan, ...simulateReplication(plan, 1) };
};

/** 1,000 bit/s: 125 B take a second. */
const slow = (more: LinkLiteral = {}) => ({ 'LINK up': { rateBps: 1000, ...more } });
const at = (name: string, atS: number, more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name,
  bursts: [atS],
  sizeB: 125,
  path: ['LINK up'],
  ...more,
});

const fifo = suite('by hand: FIFO');

fifo('a message alone takes its transmission and the delay', () => {
  const { flows, links } = run({ links: slow({ delayS: 0.25 }), sources: [at('a', 10)] });
  near(flows.latencySumS[0], 1.25);
  assert.is(links.bytes[0], 125);
  assert.is(links.carriedB[0], 125);
  assert.is(links.waitingMaxB[0], 0);
});

fifo('overhead counts on the hop that has it', () => {
  const { flows, links } = run({
    links: { ...slow(), 'NEXT up': { rateBps: 2000 } },
    sources: [at('a', 0, { path: [{ link: 'LINK up', overheadB: 125 }, 'NEXT up'] })],
  });
  near(flows.latencySumS[0], 2 + 0.5);
  assert.equal([...links.bytes], [250, 125]);
});

fifo('of n messages at one instant the k-th waits k transmissions', () => {
  const n = 40;
  const { flows, links, counts } = run({ links: slow(), sources: [at('a', 100, { devices: n })] });
  near(flows.latencySumS[0], (n * (n + 1)) / 2);
  near(flows.latencyMaxS[0], n);
  const { first, counts: buckets } = flows.histogram[0]!;
  const expected = new Float64Array(buckets.length);
  for (let k = 1; k <= n; k++) expected[bucketOf(k) - first]!++;
  assert.equal(buckets, expected);
  assert.is(links.waitingMaxB[0], (n - 1) * 125);
  near(links.waitingIntegralBs[0], (125 * n * (n - 1)) / 2);
  assert.is(links.busiest10sB[0], 1250, 'ten transmissions of a second in ten seconds');
  assert.is(counts.ties, n - 1);
});

fifo('a second message waits for the rest of the first, on the second hop as well', () => {
  const { flows } = run({
    links: { ...slow({ delayS: 0.5 }), 'NEXT up': { rateBps: 500 } },
    sources: [at('a', 10, { path: ['LINK up', 'NEXT up'] }), at('b', 10.25, { path: ['LINK up', 'NEXT up'] })],
  });
  near(flows.latencySumS[0], 1 + 0.5 + 2);
  // b: on the first link 11 .. 12, at the second from 12.5, where a holds the transmitter 11.5 .. 13.5: out at 15.5.
  near(flows.latencySumS[1], 15.5 - 10.25);
});

fifo('half duplex: what comes down holds up what goes up', () => {
  const { flows } = run({
    links: {
      'LINK up': { rateBps: 1000, delayS: 0.1, server: 'air' },
      'LINK down': { rateBps: 500, delayS: 0.3, server: 'air' },
    },
    sources: [at('down', 10, { path: ['LINK down'] }), at('up', 10.5), at('late', 13.2, { path: ['LINK down'] })],
  });
  near(flows.latencySumS[0], 2 + 0.3);
  near(flows.latencySumS[1], 1.5 + 1 + 0.1);
  near(flows.latencySumS[2], 2 + 0.3);
});

fifo('a rate without limit takes no time, but keeps its turn behind the other direction', () => {
  const { flows } = run({
    links: { 'LINK up': { server: 'air' }, 'LINK down': { rateBps: 1000, server: 'air' } },
    sources: [at('down', 10, { path: ['LINK down'] }), at('up', 10.25)],
  });
  near(flows.latencySumS[1], 0.75);
});

fifo('two periodic devices wait for each other exactly as long as their phases say', () => {
  const [periodS, serviceS, cycles] = [10, 6.25, 100];
  const { flows } = run({
    seed: '7',
    horizonS: cycles * periodS + 5,
    windows: { run: [[[0, cycles * periodS]]] },
    links: slow(),
    sources: [
      { name: 'a', process: 'periodic', devices: 2, periodS, sizeB: serviceS * 125, path: ['LINK up'], window: 'run' },
    ],
  });
  // Load 1.25: once begun at the first phase the link never rests. Message k leaves k + 1 services after that.
  const phasesS = [0, 1].map((d) => unitOf(combine(combine(hashText('7/1/a'), 0), d)) * periodS).sort((x, y) => x - y);
  let [latencySumS, delivered] = [0, 0];
  for (let k = 0; k < 2 * cycles; k++) {
    const leavesS = phasesS[0]! + (k + 1) * serviceS;
    if (leavesS >= cycles * periodS + 5) continue;
    latencySumS += leavesS - (Math.floor(k / 2) * periodS + phasesS[k % 2]!);
    delivered++;
  }
  assert.is(flows.sent[0], 2 * cycles);
  assert.is(flows.delivered[0], delivered);
  assert.is(flows.inFlightEnd[0], 2 * cycles - delivered);
  near(flows.latencySumS[0]! / delivered, latencySumS / delivered);
});

fifo.run();

const priority = suite('by hand: priority');

priority('the urgent overtakes who waits, not who is under way', () => {
  const sources = [
    at('first', 10, { priority: 1 }),
    at('second', 10.1, { priority: 1 }),
    at('urgent', 10.2, { priority: 0 }),
  ];
  const { flows, links } = run({ links: slow({ discipline: 'priority' }), sources });
  near(flows.latencySumS[0], 1);
  near(flows.latencySumS[2], 0.8 + 1, 'urgent');
  near(flows.latencySumS[1], 0.9 + 1 + 1, 'second');
  near(links.waitingIntegralBs[0], 125 * (0.8 + 1.9));
  assert.is(links.waitingMaxB[0], 250);
});

priority('a long message yields at its quantum to a more urgent one, and goes on where it stopped', () => {
  const sources = [
    at('image', 10, { priority: 3, sizeB: 1250 }), // 10 s in pieces of 2 s
    at('urgent', 10.5, { priority: 0 }), // waits for the end of the first piece
    at('next', 11, { priority: 3 }), // of the image's own class: behind all of it
    at('late', 18.5, { priority: 1 }), // pieces of the image end at 12, 15, 17, 19, then at 22
  ];
  const { flows, links } = run({ links: slow({ discipline: 'priority', quantumB: 250 }), sources });
  near(flows.latencySumS[1], 12 - 10.5 + 1, 'urgent');
  near(flows.latencySumS[3], 19 - 18.5 + 1, 'late');
  near(flows.latencySumS[0], 10 + 1 + 1, 'image');
  near(flows.latencySumS[2], 22 - 11 + 1, 'next');
  near(links.waitingIntegralBs[0], 125 * (1.5 + 0.5 + 11));
  near(links.carriedB[0], 1250 + 3 * 125);
  assert.is(links.waitingMaxB[0], 250);
});

priority('a quantum changes nothing for messages that fit into it, nor on FIFO links', () => {
  const sources = [at('first', 10, { priority: 1 }), at('second', 10.1, { priority: 0, sizeB: 1000 })];
  for (const discipline of ['priority', 'fifo'] as const) {
    const whole = run({ links: slow({ discipline }), sources });
    const pieces = run({ links: slow({ discipline, quantumB: discipline === 'fifo' ? 1 : 1000 }), sources });
    assert.equal(pieces.flows.latencySumS, whole.flows.latencySumS);
  }
});

priority('what is left of a message under way counts as unfinished and in the system', () => {
  const { flows, links } = run({
    links: slow({ discipline: 'priority', quantumB: 250 }),
    sources: [at('image', 10, { sizeB: 125 * 1000 })],
    horizonS: 20,
  });
  assert.equal([flows.sent[0], flows.inFlightEnd[0], links.inSystemEnd[0]], [1, 1, 1]);
});

priority.run();

const buffers = suite('by hand: finite buffers');

buffers('hold what fits beside the message in transmission, and lose the rest', () => {
  const { flows, links } = run({ links: slow({ bufferB: 300 }), sources: [at('a', 10, { devices: 5 })] });
  assert.is(flows.delivered[0], 3, 'one in transmission, two of 125 B in 300 B');
  assert.is(flows.lost[0], 2);
  assert.is(links.droppedMessages[0], 2);
  assert.is(links.bytes[0], 625, 'dropped messages were offered');
  assert.is(links.carriedB[0], 375);
});

buffers('a drop loses every delivery beyond it, listeners counted each', () => {
  const { flows } = run({
    kinds: { dap: 2 },
    populations: { meters: { kind: 'dap', devices: [3, 4] } },
    links: { ...slow({ bufferB: 0 }), 'NAN down': { kind: 'dap' } },
    sources: [
      at('all', 10, {
        devices: 2,
        path: {
          link: 'LINK up',
          next: [
            { link: 'NAN down', fan: 'everyInstance', deliver: 'heard', listeners: 'meters' },
            { link: 'LINK up', deliver: 'back' },
          ],
        },
      }),
    ],
  });
  assert.equal([...flows.sent], [14, 2]);
  assert.equal([...flows.lost], [7, 1]);
  assert.equal([...flows.delivered], [7, 1]);
});

buffers.run();

const borders = suite('the ends of the measured run');

borders('what is under way at the end is counted, and late when it is past its budget', () => {
  const { flows, links } = run({
    horizonS: 100,
    links: slow({ delayS: 5 }),
    sources: [at('a', 90, { devices: 8 })],
    flows: { a: { budgetS: 6.5 } },
  });
  // Ends of transmission 91 .. 98, arrivals 96 .. 103: four within the run (the one at 100 is not).
  assert.is(flows.delivered[0], 4);
  assert.is(flows.lateDelivered[0], 3, 'latencies 6, 7, 8, 9 s');
  assert.is(flows.inFlightEnd[0], 4);
  assert.is(flows.inFlightLate[0], 4, 'ten seconds old');
  assert.is(links.inSystemEnd[0], 0, 'all transmitted: on their way');
  assert.is(links.carriedB[0], 8 * 125);
  assert.is(links.busiest10sB[0], 8 * 125);
});

borders('a latency equal to the budget is late', () => {
  const { flows } = run({ links: slow(), sources: [at('a', 0)], flows: { a: { budgetS: 1 } } });
  assert.is(flows.lateDelivered[0], 1);
});

borders('an unfinished queue at the end is in the system, waiting ones up to the end only', () => {
  for (const discipline of ['fifo', 'priority'] as const) {
    const { flows, links } = run({
      horizonS: 100,
      links: slow({ discipline }),
      sources: [at('a', 97.5, { devices: 5 })],
    });
    assert.is(flows.delivered[0], 2, discipline);
    assert.is(flows.inFlightEnd[0], 3);
    assert.is(links.inSystemEnd[0], 3);
    near(links.waitingIntegralBs[0], 125 * (1 + 2 + 2.5 + 2.5), discipline);
  }
});

borders('a day of warm-up leaves its queue behind: what is in flight at the start is delivered in the run', () => {
  for (const discipline of ['fifo', 'priority'] as const) {
    // Six devices 1.5 s before midnight, 1 s each: one is through by then, the second half.
    const { flows, links, warmUpDays } = run({
      warmUpDays: 1,
      links: slow({ discipline }),
      windows: { end: [[[86398.5, 86399.5]]] },
      sources: [at('a', 0, { process: 'periodic', phase: 'synchronised', devices: 6, periodS: 1, window: 'end' })],
    });
    assert.is(warmUpDays, 1);
    assert.is(flows.inFlightStart[0], 5, discipline);
    assert.is(flows.sent[0], 6);
    assert.is(flows.delivered[0], 6, 'five of the warm-up, one of today');
    assert.is(flows.inFlightEnd[0], 5);
    assert.is(links.inSystemStart[0], 5);
    assert.is(links.waitingMaxB[0], 5 * 125);
    const [leftOver, tonight] = [0.5 + 1.5 + 2.5 + 3.5, 1 + 4 * 1.5];
    near(links.waitingIntegralBs[0], 125 * (leftOver + tonight), discipline);
    near(flows.latencySumS[0], 2 + 3 + 4 + 5 + 6 + 1);
  }
});

borders('who waits when the run begins is known, though nothing has arrived since the transmissions before', () => {
  // Three messages at 86398.5 s of the warm-up day, 1 s each: at midnight the third waits for half a second more.
  const { links } = run({
    warmUpDays: 1,
    horizonS: 3600,
    links: slow({ delayS: 10 }),
    windows: { end: [[[86398.5, 86399.5]]] },
    sources: [at('a', 0, { process: 'periodic', phase: 'synchronised', devices: 3, periodS: 1, window: 'end' })],
  });
  assert.is(links.waitingMaxB[0], 125);
  near(links.waitingIntegralBs[0], 125 * 0.5);
  assert.is(links.inSystemStart[0], 2);
  assert.is(links.carriedB[0], 250);
});

borders.run();

const warmUp = suite('warm-up until the day repeats');

warmUp('ends after one day when nothing is left at midnight', () => {
  const { warmUpDays, settled } = run({
    warmUpDays: -1,
    links: slow(),
    sources: [at('a', 0, { process: 'poisson', periodS: 60 })],
  });
  assert.is(warmUpDays, 1);
  assert.is(settled, true);
});

warmUp('ends when a backlog of the night is the same as the night before', () => {
  // 2,000 messages of a second 600.5 s before midnight: 1,400 of them are left then, night after night.
  const { warmUpDays, settled, flows } = run({
    warmUpDays: -1,
    links: slow(),
    windows: { late: [[[85_799.5, 86_399.5]]] },
    sources: [at('a', 0, { process: 'periodic', phase: 'synchronised', devices: 2000, periodS: 600, window: 'late' })],
  });
  assert.is(warmUpDays, 2);
  assert.is(settled, true);
  assert.is(flows.inFlightStart[0], 1400);
  assert.is(flows.inFlightEnd[0], 1400);
});

warmUp('gives up after seven days on a link that gains backlog', () => {
  const { warmUpDays, settled } = run({
    warmUpDays: -1,
    horizonS: 3600,
    links: slow(),
    sources: [at('a', 0, { process: 'periodic', periodS: 0.98 })],
  });
  assert.is(warmUpDays, 7);
  assert.is(settled, false);
});

warmUp('counts the traffic of the measured run only', () => {
  const { flows, links, counts } = run({
    warmUpDays: 3,
    links: slow(),
    sources: [at('a', 0, { process: 'periodic', devices: 10, periodS: 3600 })],
  });
  assert.is(flows.sent[0], 240);
  assert.is(links.messages[0], 240);
  assert.is(counts.messages, 240);
});

warmUp.run();

const control = suite('simulateReplication');

const busy = buildPlan({ horizonS: 3600, links: slow(), sources: [at('a', 0, { process: 'poisson', periodS: 2 })] });

control('tells about a hundred times how far it is, ascending, 1 at last', () => {
  const told: number[] = [];
  simulateReplication(busy, 1, { onProgress: (fraction) => told.push(fraction) });
  assert.ok(told.length >= 90 && told.length <= 110, `${told.length} times`);
  assert.equal(
    told,
    [...told].sort((a, b) => a - b),
  );
  assert.is(told.at(-1), 1);
});

control('throws Interrupted when the signal is aborted under way', () => {
  const signal = { aborted: false };
  const abortHalfway = (fraction: number) => {
    signal.aborted = fraction > 0.5;
  };
  assert.throws(
    () => simulateReplication(busy, 1, { signal, onProgress: abortHalfway }),
    (error: unknown) => error instanceof Interrupted,
  );
});

control('needs no more memory for fifty times the messages', () => {
  const peakB = (horizonS: number) => {
    const sources = [at('a', 0, { process: 'poisson', periodS: 0.01 })];
    const plan = buildPlan({ horizonS, binS: horizonS, links: { 'LINK up': { rateBps: 200_000 } }, sources });
    let peak = 0;
    const look = () => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    };
    assert.ok(simulateReplication(plan, 1, { onProgress: look }).counts.messages > 90 * horizonS);
    return peak;
  };
  const short = peakB(40);
  const long = peakB(2000);
  assert.ok(long < short + 500_000, `${long} B after 200,000 messages, ${short} B after 4,000`);
});

control.run();
