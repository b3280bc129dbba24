import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { beyondSimjs } from '../../sim/simjs/expressible.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type LinkLiteral, type PlanLiteral } from './plan-builder.js';

/** Who got what, and when: one text per delivery without the time, and the time. */
function deliveries(plan: Plan, engine: 'simulation' | 'simjs'): Map<string, number> {
  const seen = new Map<string, number>();
  simulateReplication(plan, 1, {
    engine,
    trace: (flow, sourceInstance, number, hop, instance, device, createdS, atS) => {
      seen.set([flow, sourceInstance, number, hop, instance, device, createdS].join(' '), atS);
    },
  });
  return seen;
}

/** Asserts that both engines deliver the same messages at the same times, to the last bit. @returns how many */
function assertSame(plan: Plan): number {
  const [own, others] = [deliveries(plan, 'simulation'), deliveries(plan, 'simjs')];
  assert.is(own.size, others.size, 'deliveries');
  for (const [message, atS] of own) assert.is(others.get(message), atS, message);
  return own.size;
}

const town: PlanLiteral = {
  kinds: { dap: 3 },
  warmUpDays: 1,
  links: {
    'NAN up': { kind: 'dap', rateBps: 1000, delayS: 0.005 },
    'NAN down': { kind: 'dap', server: 'NAN up', delayS: 0.005, rateBps: 1000 },
    'WAN up': { rateBps: 4000, delayS: 0.02, discipline: 'priority', quantumB: 100 },
  },
  sources: [
    { name: 'reads', kind: 'dap', devices: 50, periodS: 600, sizeB: 100, priority: 1, path: ['NAN up', 'WAN up'] },
    { name: 'files', kind: 'dap', devices: 2, periodS: 1000, sizeB: 2000, priority: 2, path: ['NAN up', 'WAN up'] },
    { name: 'asks', kind: 'dap', devices: 20, periodS: 500, sizeB: 25, path: ['NAN down'] },
    { name: 'answers', kind: 'dap', devices: 20, process: 'caused', sizeB: 125, path: ['NAN up', 'WAN up'] },
  ],
  causes: [{ trigger: 'asks', source: 'answers', probability: 0.9, delayS: 1, spreadS: 2 }],
};

const engines = suite('simjs');

engines('delivers every message of a town at the same instant as the simulation, to the last bit', () => {
  assert.ok(assertSame(buildPlan(town)) > 50_000);
});

engines('drops the same messages from full buffers, by bytes and by their number', () => {
  for (const full of [{ bufferB: 500 }, { bufferMessages: 2 }]) {
    const links = { ...town.links, 'NAN up': { ...town.links['NAN up'], ...full } };
    const plan = buildPlan({ ...town, warmUpDays: 0, links });
    assertSame(plan);
    const [own, others] = (['simulation', 'simjs'] as const).map((engine) => simulateReplication(plan, 1, { engine }));
    assert.ok(
      own!.links.droppedMessages.some((drops) => drops > 0),
      'something is dropped',
    );
    assert.equal(others!.links.droppedMessages, own!.links.droppedMessages);
    assert.equal(others!.flows.lost, own!.flows.lost);
  }
});

engines('copies a broadcast to every area and premise alike', () => {
  const plan = buildPlan({
    kinds: { dap: 4 },
    populations: { displays: { kind: 'dap', devices: [5, 0, 2, 7] } },
    links: {
      'WAN down': { rateBps: 9600 },
      'NAN down': { kind: 'dap', rateBps: 5000 },
      'HAN down': { kind: 'dap', copies: 3, rateBps: 1000 },
    },
    sources: [
      {
        name: 'prices',
        periodS: 100,
        sizeB: 60,
        path: [
          { link: 'WAN down' },
          { link: 'NAN down', fan: 'everyInstance' },
          { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
        ],
      },
    ],
  });
  assert.ok(assertSame(plan) > 5000);
});

engines('counts the queue as the simulation does, and what is under way at both ends of the run', () => {
  const plan = buildPlan(town);
  const [own, others] = (['simulation', 'simjs'] as const).map((engine) => simulateReplication(plan, 1, { engine }));
  for (const column of ['messages', 'bytes', 'carriedB', 'waitingMaxB', 'inSystemStart', 'inSystemEnd'] as const) {
    assert.equal(others!.links[column], own!.links[column], column);
  }
  assert.equal(others!.flows.inFlightStart, own!.flows.inFlightStart);
  assert.equal(others!.flows.inFlightEnd, own!.flows.inFlightEnd);
  own!.links.waitingIntegralBs.forEach((integral, i) => {
    assert.ok(Math.abs(others!.links.waitingIntegralBs[i]! - integral) <= 1e-9 * Math.max(1, integral));
  });
});

engines('agrees on random networks whose messages never meet at one instant', () => {
  const anyLink: fc.Arbitrary<LinkLiteral> = fc.record({
    kind: fc.constantFrom('dap', 'centre'),
    rateBps: fc.constantFrom(700, 5000, 1e6),
    delayS: fc.constantFrom(0, 0.013),
    discipline: fc.constantFrom('fifo' as const, 'priority' as const),
    quantumB: fc.constantFrom(Number.POSITIVE_INFINITY, 70),
    bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, 600),
  });
  const anySource = fc.record({
    devices: fc.integer({ min: 1, max: 9 }),
    periodS: fc.constantFrom(30, 200, 900),
    sizeB: fc.constantFrom(10, 99, 400),
    priority: fc.integer({ min: 0, max: 2 }),
    path: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(anyLink, anyLink, anyLink, fc.array(anySource, { minLength: 1, maxLength: 4 }), (a, b, c, sources) => {
      const rows = sources.map((source, i) => ({ ...source, name: `s${i}`, kind: 'dap' }));
      // Rates that are no multiples of each other: transmissions that end on two links at one instant would be a tie.
      const apart = (link: LinkLiteral, factor: number) => ({ ...link, rateBps: link.rateBps! * factor });
      const links = { a, b: apart(b, Math.SQRT2), c: apart(c, Math.E) };
      assertSame(buildPlan({ kinds: { dap: 2 }, horizonS: 3600, links, sources: rows }));
    }),
    { seed: 1, numRuns: 100 },
  );
});

engines.run();

const refused = suite('beyondSimjs');

refused('has nothing to say of pipes, and names what simjs lacks', () => {
  assert.equal(beyondSimjs(buildPlan(town)), []);
  const links = { ...town.links, 'WAN up': { discipline: 'fair' as const } };
  assert.equal(beyondSimjs(buildPlan({ ...town, links })), ['weighted fair queueing']);
});

refused.run();
