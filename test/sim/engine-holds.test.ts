/** Messages that wait for each other before a hop: by size, by age, until asked; carriers, by hand. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { assertBalance } from './balance.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type HoldLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

/** 1000 bit/s behind a concentrator: 125 B take a second. */
const network = { 'NAN up': {}, 'WAN up': { rateBps: 1000 }, 'LAN up': { delayS: 0.5 } };
const reads = (hold: HoldLiteral, atS: readonly number[], more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name: 'reads',
  bursts: atS,
  sizeB: 100,
  path: ['NAN up', { link: 'WAN up', overheadB: 50, hold }],
  ...more,
});
const run = (literal: Partial<PlanLiteral>) => {
  const plan = buildPlan({ horizonS: 600, links: network, sources: [], ...literal });
  const stats = simulateReplication(plan, 1);
  assertBalance(plan, stats);
  assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
  return { plan, ...stats };
};

const size = suite('a hold by size');

size('lets go when the bytes are there: one message with one overhead', () => {
  const { flows, links, linkStart } = run({ sources: [reads({ sizeB: 300 }, [10, 20, 30])] });
  const leftS = 30 + (8 * 350) / 1000;
  near(flows.latencySumS[0], 3 * leftS - 10 - 20 - 30);
  near(flows.latencyMaxS[0], leftS - 10);
  const wan = linkStart[1]!;
  assert.equal([links.messages[wan], links.bytes[wan]], [1, 350]);
});

size('goes beyond the size by the message that reaches it, and begins anew behind it', () => {
  const { flows, links, linkStart } = run({ sources: [reads({ sizeB: 250 }, [10, 20, 30, 40, 50])] });
  assert.equal([links.messages[linkStart[1]!], links.bytes[linkStart[1]!]], [1, 350]);
  assert.equal([flows.delivered[0], flows.inFlightEnd[0]], [3, 2]);
});

size.run();

const age = suite('a hold by age');

age('lets go so long after the first message came', () => {
  const { flows } = run({ sources: [reads({ ageS: 15 }, [10, 20, 30])] });
  near(flows.latencySumS[0], 25 + 2 - 10 + (25 + 2 - 20) + (45 + 1.2 - 30));
});

age('takes along what comes in that very instant', () => {
  const { flows } = run({ sources: [reads({ ageS: 15 }, [10, 25])] });
  near(flows.latencySumS[0], 25 + 2 - 10 + 2);
});

age('counts anew after the size let the first ones go', () => {
  const { flows } = run({ sources: [reads({ ageS: 15, sizeB: 200 }, [10, 20, 22])] });
  near(flows.latencySumS[0], 22 - 10 + (22 - 20) + (37 + 1.2 - 22));
});

age('of 0 s joins what comes in one instant', () => {
  const { links, linkStart } = run({ sources: [reads({ ageS: 0 }, [10, 10, 20])] });
  assert.equal([links.messages[linkStart[1]!], links.bytes[linkStart[1]!]], [2, 250 + 150]);
});

age.run();

const asked = suite('a hold until asked');

asked('lets go what its own area holds, when a request is delivered there', () => {
  const dap: PlanLiteral['links'] = {
    'NAN up': { kind: 'dap' },
    'WAN up': { kind: 'dap', rateBps: 1000 },
    'WAN down': { kind: 'dap', delayS: 1 },
  };
  const { flows } = run({
    kinds: { dap: 2 },
    links: dap,
    sources: [
      reads({ untilFlow: 'request' }, [10, 20], { kind: 'dap' }),
      { name: 'request', kind: 'dap', range: [1, 1], bursts: [30, 40], path: ['WAN down'] },
    ],
  });
  assert.equal([flows.sent[0], flows.delivered[0], flows.inFlightEnd[0]], [4, 2, 2]);
  near(flows.latencySumS[0], 31 + 2 - 10 + (31 + 2 - 20));
});

asked.run();

const carriers = suite('a carrier');

carriers('takes messages of different trees on one hop, and each goes its own way at the far end', () => {
  const hold = { sizeB: 250 };
  const { flows, links, linkStart } = run({
    sources: [
      reads(hold, [10]),
      reads(hold, [20], { name: 'alarms', sizeB: 200, path: ['NAN up', { link: 'WAN up', hold }, 'LAN up'] }),
    ],
  });
  const wan = linkStart[1]!;
  assert.is(links.messages[wan], 1);
  const crossS = (8 * links.bytes[wan]!) / 1000;
  near(flows.latencySumS[0], 20 + crossS - 10);
  near(flows.latencySumS[1], crossS + 0.5);
});

carriers('is as urgent as the most urgent message in it', () => {
  const hold = { sizeB: 200 };
  const { flows } = run({
    links: { ...network, 'WAN up': { rateBps: 1000, discipline: 'priority' } },
    sources: [
      reads(hold, [10], { priority: 2 }),
      reads(hold, [11], { name: 'alarms', priority: 0 }),
      { name: 'bulk', bursts: [9, 9.5], sizeB: 1250, priority: 1, path: ['WAN up'] },
    ],
  });
  near(flows.latencySumS[1], 19 + 2 - 11); // behind the first image, before the second
});

carriers('that a full buffer drops loses all that it carries', () => {
  const { flows, links, linkStart } = run({
    links: { ...network, 'WAN up': { rateBps: 1000, bufferB: 0 } },
    sources: [reads({ sizeB: 300 }, [10, 20, 30]), { name: 'bulk', bursts: [25], sizeB: 1250, path: ['WAN up'] }],
  });
  assert.equal([flows.sent[0], flows.lost[0], links.droppedMessages[linkStart[1]!]], [3, 3, 1]);
});

carriers('is cut into frames by what it carries', () => {
  const framing = { frames: 1, lastB: 120, lastS: 1.2, gapS: 0.25 };
  const hold = { sizeB: 250, frameAppB: 100, fullB: 120, fullS: 1.2, emptyB: 20, emptyS: 0.2 };
  const medium = {
    name: 'test',
    access: { kind: 'dedicated' as const },
    frameLoss: 0,
    residualLoss: 0,
    hiddenShare: 0,
  };
  const { flows, links, linkStart } = run({
    links: { ...network, 'WAN up': { rateBps: 1000, medium } },
    sources: [reads({}, [10, 20, 30, 40, 50], { sizeB: 50, path: ['NAN up', { link: 'WAN up', framing, hold }] })],
  });
  const wan = linkStart[1]!;
  assert.is(links.frames[wan], 3);
  near(links.bytes[wan], 120 + 120 + 70);
  // Two full frames of 1.2 s and one of 0.7 s, a gap after each of the first two.
  near(flows.latencyMaxS[0], 50 - 10 + 1.2 + 0.25 + 1.2 + 0.25 + 0.7);
});

carriers.run();

const any = suite('holds');

const anyHeld: fc.Arbitrary<Plan> = fc
  .record({
    sizeB: fc.constantFrom(Number.POSITIVE_INFINITY, 300, 1000),
    ageS: fc.constantFrom(Number.POSITIVE_INFINITY, 0, 30, 70),
    delayS: fc.constantFrom(0, 0, 2),
    rateBps: fc.constantFrom(Number.POSITIVE_INFINITY, 300),
    bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, 600),
    wan: fc.constantFrom('dap', 'centre'),
    phase: fc.constantFrom('random' as const, 'synchronised' as const),
    asks: fc.boolean(),
  })
  .map(({ sizeB, ageS, delayS, rateBps, bufferB, wan, phase, asks }) => {
    const hold = { sizeB, ageS, ...(asks ? { untilFlow: 'request' } : {}) };
    return buildPlan({
      horizonS: 900,
      binS: 300,
      dayLengthS: [600],
      warmUpDays: 1,
      kinds: { dap: 3 },
      links: {
        'NAN up': { kind: 'dap', rateBps: 2000, delayS },
        'WAN down': { kind: 'dap', delayS },
        'WAN up': { kind: wan, rateBps, bufferB },
        'LAN up': { delayS },
      },
      sources: [
        {
          name: 'reads',
          kind: 'dap',
          process: 'periodic',
          phase,
          devices: 5,
          periodS: 45,
          sizeB: 100,
          path: ['NAN up', { link: 'WAN up', hold, deliver: 'read' }, 'LAN up'],
        },
        { name: 'alarms', kind: 'dap', periodS: 50, sizeB: 20, path: ['NAN up', { link: 'WAN up', hold }] },
        { name: 'request', kind: 'dap', periodS: 100, sizeB: 20, path: ['WAN down'] },
        { name: 'answers', kind: 'dap', process: 'caused', sizeB: 10, path: ['WAN down'] },
      ],
      causes: [{ trigger: 'read', source: 'answers' }],
    });
  });

any('lose nobody from the books, and leave no trace of how the network is cut', () => {
  let [lost, held] = [0, 0];
  fc.assert(
    fc.property(anyHeld, (plan) => {
      const stats = simulateReplication(plan, 1);
      assertBalance(plan, stats);
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
      lost += stats.flows.lost[0]!;
      held += stats.flows.inFlightStart[0]!;
    }),
    { seed: 1, numRuns: 150 },
  );
  assert.ok(lost > 100 && held > 100, `${lost} lost, ${held} held`);
});

any.run();
