/** Hops and deliveries that need no event: the same bytes as with an event for each. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partition } from '../../sim/engine/cells.js';
import { compileProgram } from '../../sim/engine/program.js';
import { isQuiet } from '../../sim/engine/quiet-ends.js';
import { tandems } from '../../sim/engine/tandems.js';
import type { Access, Medium } from '../../sim/media.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import {
  buildPlan,
  type FramingLiteral,
  type LinkLiteral,
  type OutageLiteral,
  type PlanLiteral,
  type SourceLiteral,
} from './plan-builder.js';
import { accesses } from './random-media-plan.js';

const METERS = 30;

/** Reads of three areas over two pipes in tandem, at a load of the first. */
function reads(load: number, nan: LinkLiteral, wan: LinkLiteral, more: Partial<PlanLiteral> = {}): PlanLiteral {
  const [sizeB, periodS] = [500, 120];
  const rateBps = (METERS * 8 * sizeB) / periodS / load;
  return {
    horizonS: 4 * 3600,
    kinds: { dap: 3 },
    links: { 'NAN up': { kind: 'dap', rateBps, ...nan }, 'WAN up': { kind: 'dap', rateBps: 1.3 * rateBps, ...wan } },
    ...more,
    sources: [
      { name: 'reads', kind: 'dap', devices: METERS, periodS, sizeB, path: ['NAN up', 'WAN up'] },
      { name: 'alarms', kind: 'dap', devices: 5, periodS: 300, sizeB: 50, path: ['NAN up', 'WAN up'] },
      ...(more.sources ?? []),
    ],
  };
}

/** Reads that are sent again when they are lost, and alarms, over a pipe and a link of any kind. */
function framed(wan: LinkLiteral, more: Partial<PlanLiteral>, read: Partial<SourceLiteral>): PlanLiteral {
  const tiers = [{ windowS: 600, share: 0.9 }];
  const flows = { reads: { tiers, deadlineS: 20 }, alarms: { tiers } };
  const plan = reads(0.9, {}, { bufferMessages: 3, ...wan }, { flows, ...more });
  return {
    ...plan,
    sources: plan.sources.map((source) => ({
      ...source,
      ...(source.name === 'reads' && read),
      path: ['NAN up', wanHop(wan)],
    })),
  };
}

const FRAMING: FramingLiteral = { frames: 3, fullB: 200, lastB: 150, fullS: 0.4, lastS: 0.3, gapS: 0.01, ackS: 0.02 };

function wanHop({ medium }: LinkLiteral) {
  return { link: 'WAN up', ...(medium !== undefined && { framing: FRAMING }) };
}

/** Media of which one transmitter carries all. */
const IN_ORDER: readonly Access['kind'][] = ['scheduled', 'dedicated', 'half-duplex'];

const OUTAGE: OutageLiteral = { kind: 'dap', server: 'WAN up', fromS: 1200, toS: 1500 };

/** A medium that loses frames, some for good. */
function lossy(access: Access): Medium {
  return {
    name: 'lossy',
    access,
    frameLoss: 0.2,
    residualLoss: 0.05,
    arq: { retries: 1, timeoutS: 0.1 },
    hiddenShare: 0,
  };
}

/** The same, and a source that reads and alarms might bring about but never do, on the second link: all needs events. */
function withEvents(plan: PlanLiteral): PlanLiteral {
  const path = [wanHop(plan.links['WAN up']!)];
  return {
    ...plan,
    sources: [...plan.sources, { name: 'never', kind: 'dap', process: 'caused', path }],
    causes: ['reads', 'alarms'].map((trigger) => ({ trigger, source: 'never', probability: 0 })),
  };
}

/** Hops of the plan that go on without an event. */
function goingOn(plan: Plan): number {
  const program = compileProgram(plan, 1);
  return tandems(program, partition(program, 'cells')).filter((next) => next >= 0).length;
}

/** Hops of the plan at whose end deliveries are counted early. */
function endingQuietly(plan: Plan): number {
  const program = compileProgram(plan, 1);
  return plan.hops.link.filter((_, h) => isQuiet(program, h)).length;
}

/** All that is counted, of links and of the first `flows` flows, as text. */
function counted(plan: Plan, flows: number): string {
  const { counts, flows: ofFlows, links, bins, tiers } = simulateReplication(plan, 1);
  const columns = Object.values(ofFlows).map((column) => [...column].slice(0, flows));
  return JSON.stringify([counts, columns, links, bins, tiers], (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value,
  );
}

const shortcuts = suite('shortcuts of the engine');

shortcuts('give the same bytes as events: any load, delay, buffer, bins and warm-up', () => {
  const delay = fc.constantFrom(0, 0.005, 0.3, 20);
  fc.assert(
    fc.property(
      fc.constantFrom(0.02, 0.5, 0.95, 1.1),
      fc.record({ delayS: delay, bufferB: fc.constantFrom(2000, Number.POSITIVE_INFINITY) }),
      fc.record({ delayS: delay, bufferMessages: fc.constantFrom(1, Number.POSITIVE_INFINITY) }),
      fc.record({ binS: fc.constantFrom(60, 3600), warmUpDays: fc.constantFrom(0, 1) }),
      (load, nan, wan, more) => {
        const literal = reads(load, nan, wan, { ...more, dayLengthS: [4 * 3600] });
        const [quick, slow] = [buildPlan(literal), buildPlan(withEvents(literal))];
        assert.ok(goingOn(quick) > 0 && goingOn(slow) === 0);
        assert.is(counted(quick, 2), counted(slow, 2));
      },
    ),
    { numRuns: 60 },
  );
});

shortcuts('give the same bytes as events on links of any kind, resent messages included', () => {
  const tried = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(undefined, ...accesses),
      fc.record({
        discipline: fc.constantFrom('fifo' as const, 'priority' as const),
        quantumB: fc.constantFrom(200, Number.POSITIVE_INFINITY),
        delayS: fc.constantFrom(0, 0.3, 20),
        copies: fc.constantFrom(1, 1, 2),
      }),
      fc.constantFrom({}, { retryS: 30, retries: 2, priority: 1 }),
      fc.record({ warmUpDays: fc.constantFrom(0, 1), outages: fc.constantFrom([], [OUTAGE]) }),
      (access, wan, read, more) => {
        const link = access === undefined ? wan : { ...wan, medium: lossy(access) };
        const literal = framed(link, { ...more, horizonS: 3600, dayLengthS: [3600] }, read);
        const [quick, slow] = [buildPlan(literal), buildPlan(withEvents(literal))];
        const inOrder = wan.copies === 1 && (access === undefined || IN_ORDER.includes(access.kind));
        assert.equal([endingQuietly(quick), endingQuietly(slow)], inOrder ? [2, 1] : [0, 0]); // 1: of what never comes
        assert.is(counted(quick, 2), counted(slow, 2));
        tried.add(access?.kind ?? 'pipe');
      },
    ),
    { numRuns: 100 },
  );
  assert.ok(tried.size > 7);
});

const pipes = suite('tandems');

const NAN = {};
const WAN = {};

pipes('are two pipes of an area, and pipes of the centre', () => {
  assert.ok(goingOn(buildPlan(reads(0.5, NAN, WAN))) > 0);
  const [kinds, path] = [{}, ['LAN a', 'LAN b']];
  const sources = [{ name: 'orders', devices: 1, periodS: 60, path }];
  assert.ok(goingOn(buildPlan({ kinds, links: { 'LAN a': {}, 'LAN b': {} }, sources })) > 0);
});

for (const [what, literal] of Object.entries<PlanLiteral>({
  'a link that many areas share': reads(0.5, NAN, WAN, {
    links: { 'NAN up': { kind: 'dap', rateBps: 9600 }, 'WAN up': { rateBps: 9600 } },
  }),
  'a link whose transmitter another one shares': reads(0.5, NAN, WAN, {
    links: {
      'NAN up': { kind: 'dap', rateBps: 9600 },
      'WAN up': { kind: 'dap', rateBps: 9600 },
      'WAN down': { kind: 'dap', server: 'WAN up', rateBps: 9600 },
    },
    sources: [{ name: 'orders', kind: 'dap', devices: 3, periodS: 600, path: ['WAN down'] }],
  }),
  'a link on which something else starts': reads(0.5, NAN, WAN, {
    sources: [{ name: 'states', kind: 'dap', devices: 1, periodS: 600, path: ['WAN up'] }],
  }),
  'links of premises': reads(0.5, { copies: 4 }, WAN),
  'links with priorities': reads(0.5, NAN, { discipline: 'priority' }),
})) {
  pipes(`are not with ${what}`, () => {
    assert.is(goingOn(buildPlan(literal)), 0);
  });
}

shortcuts.run();
pipes.run();
