/** Where nothing is left to chance and nothing takes time, one replication has exactly what volumetrics expect. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type HopLiteral, type SourceLiteral } from './plan-builder.js';

const DAPS = 3;
const PREMISES = 4;

/** Ways up, ways down, and broadcasts: every fan, listeners within areas and premises. */
const paths: Record<string, { kind?: string; path: () => readonly HopLiteral[] }> = {
  up: { kind: 'dap', path: () => ['HAN up', 'NAN up', { link: 'FAN up', overheadB: 20 }, 'WAN up'] },
  down: { kind: 'dap', path: () => ['WAN down', { link: 'NAN down', overheadB: 8 }, 'HAN down'] },
  broadcast: {
    path: () => [
      'WAN down',
      { link: 'NAN down', fan: 'everyInstance' },
      { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
    ],
  },
  twoNetworks: {
    kind: 'dap',
    path: () => [
      { link: 'Internet down', fan: 'everyCopy' },
      { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
    ],
  },
  shared: { path: () => [{ link: 'NAN down', fan: 'everyInstance', listeners: 'meters' }] },
};

const anySource = fc.record({
  way: fc.constantFrom(...Object.keys(paths)),
  devices: fc.integer({ min: 1, max: 9 }),
  perDay: fc.integer({ min: 1, max: 12 }),
  sizeB: fc.integer({ min: 1, max: 3000 }),
  process: fc.constantFrom('random' as const, 'synchronised' as const, 'burst' as const),
  answered: fc.boolean(),
});

const anyPlan = fc
  .record({
    rows: fc.array(anySource, { minLength: 1, maxLength: 5 }),
    displays: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: DAPS, maxLength: DAPS }),
    seed: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ rows, displays, seed }) =>
    buildPlan({
      seed: String(seed),
      kinds: { dap: DAPS, substation: 2 },
      parents: { dap: { substation: [0, 1, 0] } },
      populations: { displays: { kind: 'dap', devices: displays }, meters: { kind: 'dap', devices: [5, 0, 2] } },
      links: {
        'HAN up': { kind: 'dap', copies: PREMISES },
        'HAN down': { kind: 'dap', copies: PREMISES },
        'NAN up': { kind: 'dap' },
        'NAN down': { kind: 'dap' },
        'Internet down': { kind: 'dap', copies: PREMISES },
        'FAN up': { kind: 'substation' },
        'WAN up': {},
        'WAN down': {},
      },
      sources: rows.flatMap(({ way, answered, process, perDay, ...row }, i): SourceLiteral[] => {
        const { path, kind = 'centre' } = paths[way];
        const base = { ...row, name: `s${i}`, kind, path: path() };
        const own: SourceLiteral =
          process === 'burst'
            ? { ...base, bursts: [7200, 50000], spreadS: 600 }
            : { ...base, process: 'periodic', phase: process, periodS: 86400 / perDay };
        const answer: SourceLiteral = {
          name: `a${i}`,
          kind: 'dap',
          process: 'caused',
          sizeB: 10,
          path: paths['up'].path(),
        };
        return answered ? [own, answer] : [own];
      }),
      causes: rows.flatMap(({ answered }, i) => (answered ? [{ trigger: `s${i}`, source: `a${i}` }] : [])),
    }),
  );

function agrees(plan: Plan): void {
  const expected = volumetrics(plan);
  const stats = simulateReplication(plan, 0);
  const near = (actual: Float64Array, wanted: Float64Array, what: string) => {
    assert.is(actual.length, wanted.length);
    for (const [i, value] of wanted.entries()) {
      assert.ok(
        Math.abs(actual[i] - value) <= 1e-9 * Math.max(1, value),
        `${what} ${i}: ${actual[i]}, expected ${value}`,
      );
    }
  };
  near(stats.flows.sent, expected.flows.delivered, 'flow sent');
  near(stats.flows.delivered, expected.flows.delivered, 'flow delivered');
  near(stats.links.messages, expected.links.messages, 'link messages');
  near(stats.links.bytes, expected.links.bytes, 'link bytes');
  near(Float64Array.from(stats.linkStart), Float64Array.from(expected.linkStart), 'link');
}

const exact = suite('volumetrics and simulation');

exact('agree on every flow and link: routes, fans, premises, listeners, answers, bursts', () => {
  fc.assert(fc.property(anyPlan, agrees), { numRuns: 60 });
});

exact('agree in every bin where sources are synchronised, over days of 23 and 25 hours', () => {
  const plan = buildPlan({
    dayLengthS: [86400, 82800, 90000],
    dayKind: [1, 2, 0],
    horizonS: 72 * 3600,
    windows: { day: [[[27000, 72000]], [[23400, 68400]], [[30600, 75600]]] },
    links: { 'L up': {} },
    sources: [
      {
        name: 's',
        devices: 7,
        process: 'periodic',
        phase: 'synchronised',
        periodS: 4500,
        window: 'day',
        path: ['L up'],
      },
      { name: 't', devices: 5, process: 'periodic', phase: 'synchronised', periodS: 86400 / 21, path: ['L up'] },
    ],
  });
  assert.equal(simulateReplication(plan, 1).bins.messages, volumetrics(plan).bins.messages);
});

exact.run();
