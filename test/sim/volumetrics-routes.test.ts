import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeUp } from '../../sim/make-up.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type PlanLiteral } from './plan-builder.js';

const near = (actual: number, expected: number, what = '') =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what} ${actual}, not ${expected}`,
  );

/** One hour, one bin: messages and bytes per link instance by `link instance`, deliveries by flow. */
function run(literal: PlanLiteral) {
  const plan = buildPlan({ horizonS: 3600, ...literal });
  const expected = volumetrics(plan);
  const column = (values: Float64Array, link: string) => {
    const l = plan.links.name.indexOf(link);
    return [...values.slice(expected.linkStart[l], expected.linkStart[l + 1])];
  };
  return {
    messages: (link: string) => column(expected.links.messages, link),
    bytes: (link: string) => column(expected.links.bytes, link),
    delivered: (flow: string) => expected.flows.delivered[plan.flows.name.indexOf(flow)],
    sent: (source: string) => expected.sources.messages[plan.sources.name.indexOf(source)],
  };
}

const route = suite('volumetrics along routes');

route('adds the overhead of each hop to each message', () => {
  const { bytes } = run({
    links: { 'A up': {}, 'B up': {} },
    sources: [
      {
        name: 's',
        periodS: 36,
        sizeB: 100,
        path: [
          { link: 'A up', overheadB: 28 },
          { link: 'B up', overheadB: 40 },
        ],
      },
    ],
  });
  assert.equal([...bytes('A up'), ...bytes('B up')], [12800, 14000]);
});

route('gives each instance its own messages and the centre those of all', () => {
  const { messages } = run({
    kinds: { dap: 4 },
    links: { 'NAN up': { kind: 'dap' }, 'WAN up': {} },
    sources: [
      { name: 'big', kind: 'dap', range: [0, 2], devices: 10, periodS: 3600, path: ['NAN up', 'WAN up'] },
      { name: 'small', kind: 'dap', range: [2, 2], devices: 3, periodS: 3600, path: ['NAN up', 'WAN up'] },
    ],
  });
  assert.equal(messages('NAN up'), [10, 10, 3, 3]);
  assert.equal(messages('WAN up'), [26]);
});

route('finds the substation that serves each DAP', () => {
  const { messages } = run({
    kinds: { dap: 5, substation: 2 },
    parents: { dap: { substation: [0, 1, 1, 0, 1] } },
    links: { 'NAN up': { kind: 'dap' }, 'FAN up': { kind: 'substation' } },
    sources: [{ name: 's', kind: 'dap', range: [1, 4], devices: 2, periodS: 3600, path: ['NAN up', 'FAN up'] }],
  });
  assert.equal(messages('NAN up'), [0, 2, 2, 2, 2]);
  assert.equal(messages('FAN up'), [2, 6]);
});

route('refuses a route to an area that nothing maps to', () => {
  const plan = buildPlan({
    kinds: { dap: 1, substation: 1 },
    links: { 'FAN up': { kind: 'substation' } },
    sources: [{ name: 's', kind: 'dap', path: ['FAN up'] }],
  });
  assert.throws(() => volumetrics(plan), /dap 0 has no substation that serves it/);
});

route('copies the message where the tree branches, and delivers at both ends', () => {
  const { messages, delivered } = run({
    links: { 'A up': {}, 'B up': {}, 'C up': {} },
    sources: [
      {
        name: 's',
        periodS: 3600,
        path: {
          link: 'A up',
          deliver: 'here',
          next: [
            { link: 'B up', deliver: 'b' },
            { link: 'C up', deliver: 'c' },
          ],
        },
      },
    ],
  });
  assert.equal([messages('A up'), messages('B up'), messages('C up')], [[1], [1], [1]]);
  assert.equal(['here', 'b', 'c'].map(delivered), [1, 1, 1]);
});

route('sends a broadcast once to each area and to each premise with a listener', () => {
  const { messages, delivered } = run({
    kinds: { dap: 3 },
    populations: { displays: { kind: 'dap', devices: [5, 0, 2] } },
    links: { 'WAN down': {}, 'NAN down': { kind: 'dap' }, 'HAN down': { kind: 'dap', copies: 4 } },
    sources: [
      {
        name: 'price',
        periodS: 900,
        path: [
          'WAN down',
          { link: 'NAN down', fan: 'everyInstance' },
          { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
        ],
      },
    ],
  });
  assert.equal(messages('WAN down'), [4]);
  assert.equal(messages('NAN down'), [4, 0, 4]);
  assert.equal(messages('HAN down'), [16, 0, 8]); // five displays in four premises, two in two
  assert.is(delivered('price'), 4 * 7);
});

route('sends a broadcast to every area when no population listens', () => {
  const { messages } = run({
    kinds: { dap: 3 },
    links: { 'NAN down': { kind: 'dap' } },
    sources: [{ name: 'price', periodS: 900, path: [{ link: 'NAN down', fan: 'everyInstance' }] }],
  });
  assert.equal(messages('NAN down'), [4, 4, 4]);
});

route('sends a broadcast to each premise with a listener when premises have the first link of the areas', () => {
  const { messages, delivered } = run({
    kinds: { dap: 3 },
    populations: { displays: { kind: 'dap', devices: [5, 0, 2] } },
    links: { 'CustLAN down': { kind: 'dap', copies: 8 }, 'HAN down': { kind: 'dap', copies: 4 } },
    sources: [
      {
        name: 'price',
        periodS: 900,
        path: [
          { link: 'CustLAN down', fan: 'everyInstance' },
          { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
        ],
      },
    ],
  });
  assert.equal(messages('CustLAN down'), [20, 0, 8]); // one display in each premise
  assert.equal(messages('HAN down'), [20, 0, 8]);
  assert.is(delivered('price'), 4 * 7);
});

route('lets every listener of a shared medium hear the one message', () => {
  const { messages, delivered } = run({
    kinds: { dap: 2 },
    populations: { meters: { kind: 'dap', devices: [1000, 10] } },
    links: { 'NAN down': { kind: 'dap' } },
    sources: [{ name: 'b', periodS: 3600, path: [{ link: 'NAN down', fan: 'everyInstance', listeners: 'meters' }] }],
  });
  assert.equal(messages('NAN down'), [1, 1]);
  assert.is(delivered('b'), 1010);
});

route('rebinds the messages of every sender to every instance', () => {
  const { messages, delivered } = run({
    kinds: { dap: 2, substation: 3 },
    populations: { relays: { kind: 'substation', devices: [1, 2, 4] } },
    links: { 'FAN down': { kind: 'substation' } },
    sources: [
      {
        name: 's',
        kind: 'dap',
        devices: 5,
        periodS: 3600,
        path: [{ link: 'FAN down', fan: 'everyInstance', listeners: 'relays' }],
      },
    ],
  });
  assert.equal(messages('FAN down'), [10, 10, 10]);
  assert.is(delivered('s'), 70);
});

route('delivers in the premise of the device only, where a message does not go to all of them', () => {
  // Five displays in two premises: three in the first. Devices 0 and 2 sit in the first premise, device 1 in the second.
  const { messages, delivered } = run({
    kinds: { dap: 1 },
    populations: { displays: { kind: 'dap', devices: 5 } },
    links: { 'HAN down': { kind: 'dap', copies: 2 } },
    sources: [
      { name: 's', kind: 'dap', devices: 3, periodS: 3600, path: [{ link: 'HAN down', listeners: 'displays' }] },
    ],
  });
  assert.equal(messages('HAN down'), [3]);
  near(delivered('s'), 3 + 2 + 3);
});

route('finds one copy in each premise already on the second link within premises', () => {
  const { messages, delivered } = run({
    kinds: { dap: 1 },
    populations: { displays: { kind: 'dap', devices: 6 } },
    links: { 'Internet down': { kind: 'dap', copies: 4 }, 'HAN down': { kind: 'dap', copies: 4 } },
    sources: [
      {
        name: 's',
        kind: 'dap',
        periodS: 3600,
        path: [
          { link: 'Internet down', fan: 'everyCopy' },
          { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
        ],
      },
    ],
  });
  assert.equal([messages('Internet down'), messages('HAN down')], [[4], [4]]);
  assert.is(delivered('s'), 6);
});

route.run();

const answers = suite('volumetrics of answers');
const links = { 'NAN down': { kind: 'dap' }, 'NAN up': { kind: 'dap' } };

answers('have the probability of their outcome', () => {
  const { sent, delivered } = run({
    kinds: { dap: 2 },
    links,
    sources: [
      { name: 'cmd', kind: 'dap', devices: 100, periodS: 3600, path: ['NAN down'] },
      { name: 'ack', kind: 'dap', process: 'caused', path: ['NAN up'] },
      { name: 'err', kind: 'dap', process: 'caused', path: ['NAN up'] },
    ],
    causes: [
      { trigger: 'cmd', source: 'ack', probability: 0.75 },
      { trigger: 'cmd', source: 'err', probability: 0.25 },
    ],
  });
  near(sent('ack'), 150);
  near(delivered('err'), 50);
});

answers('start in the instances of the deliveries, within the range of their source', () => {
  const { messages, sent } = run({
    kinds: { dap: 3 },
    links,
    sources: [
      { name: 'cmd', kind: 'dap', range: [0, 2], devices: 8, periodS: 3600, path: ['NAN down'] },
      { name: 'left', kind: 'dap', range: [0, 1], process: 'caused', path: ['NAN up'] },
      { name: 'right', kind: 'dap', range: [1, 2], process: 'caused', path: ['NAN up'] },
    ],
    causes: [
      { trigger: 'cmd', source: 'left', group: 1 },
      { trigger: 'cmd', source: 'right', group: 1 },
    ],
  });
  assert.equal(messages('NAN up'), [8, 8, 0]);
  assert.equal(['left', 'right'].map(sent), [8, 8]);
});

answers('of the centre are as many as the messages of all areas', () => {
  const { sent, messages } = run({
    kinds: { dap: 3 },
    links: { ...links, 'LAN down': {} },
    sources: [
      { name: 'read', kind: 'dap', devices: 4, periodS: 3600, path: ['NAN up'] },
      { name: 'store', process: 'caused', path: ['LAN down'] },
    ],
    causes: [{ trigger: 'read', source: 'store', probability: 0.5 }],
  });
  assert.is(sent('store'), 6);
  assert.equal(messages('LAN down'), [6]);
});

answers('come from every listener of a broadcast', () => {
  const { messages } = run({
    kinds: { dap: 2 },
    populations: { meters: { kind: 'dap', devices: [1000, 10] } },
    links,
    sources: [
      { name: 'b', periodS: 3600, path: [{ link: 'NAN down', fan: 'everyInstance', listeners: 'meters' }] },
      { name: 'ack', kind: 'dap', process: 'caused', path: ['NAN up'] },
    ],
    causes: [{ trigger: 'b', source: 'ack', probability: 0.5 }],
  });
  assert.equal(messages('NAN up'), [500, 5]);
});

answers('cause answers in their turn, in whatever order the sources stand', () => {
  const { sent } = run({
    kinds: { dap: 1 },
    links,
    sources: [
      { name: 'third', kind: 'dap', process: 'caused', path: ['NAN up'] },
      { name: 'second', kind: 'dap', process: 'caused', path: ['NAN down'] },
      { name: 'first', kind: 'dap', devices: 100, periodS: 3600, path: ['NAN up'] },
    ],
    causes: [
      { trigger: 'second', source: 'third', probability: 0.1 },
      { trigger: 'first', source: 'second', probability: 0.5 },
      { trigger: 'first', source: 'third', probability: 0.01 },
    ],
  });
  near(sent('third'), 6);
});

answers('must not cause each other in a circle', () => {
  const plan = buildPlan({
    kinds: { dap: 1 },
    links,
    sources: [
      { name: 'ping', kind: 'dap', process: 'caused', path: ['NAN up'] },
      { name: 'pong', kind: 'dap', process: 'caused', path: ['NAN down'] },
    ],
    causes: [
      { trigger: 'ping', source: 'pong' },
      { trigger: 'pong', source: 'ping' },
    ],
  });
  assert.throws(() => volumetrics(plan), /circle, among: ping, pong/);
});

answers.run();

const properties = suite('volumetrics of any plan');

const anySource = fc.record({
  first: fc.integer({ min: 0, max: 5 }),
  count: fc.integer({ min: 1, max: 6 }),
  devices: fc.integer({ min: 1, max: 50 }),
  periodS: fc.integer({ min: 60, max: 100000 }),
  sizeB: fc.integer({ min: 1, max: 3000 }),
  window: fc.constantFrom('24x7', 'day'),
  answer: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

const anyPlan = fc.array(anySource, { minLength: 1, maxLength: 6 }).map((rows) =>
  buildPlan({
    horizonS: 30 * 3600,
    dayLengthS: [86400],
    dayKind: [0, 0],
    kinds: { dap: 6, substation: 2 },
    parents: { dap: { substation: [0, 0, 1, 1, 0, 1] } },
    windows: { day: [[[7.5 * 3600, 20 * 3600]]] },
    links: {
      'NAN up': { kind: 'dap' },
      'NAN down': { kind: 'dap' },
      'FAN up': { kind: 'substation' },
      'WAN up': {},
    },
    sources: rows.flatMap(({ first, count, answer, ...row }, i) => {
      const range = [first, Math.min(count, 6 - first)] as const;
      const path = ['NAN up', { link: 'FAN up', overheadB: 10 }, 'WAN up'];
      const own = { ...row, name: `s${i}`, kind: 'dap', range, path };
      return answer === undefined
        ? [own]
        : [own, { ...own, name: `a${i}`, process: 'caused' as const, path: ['NAN down'] }];
    }),
    causes: rows.flatMap(({ answer }, i) =>
      answer === undefined ? [] : [{ trigger: `s${i}`, source: `a${i}`, probability: answer }],
    ),
  }),
);

const sumOf = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

properties('bins sum to the totals of each link instance', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const { bins, links: totals, linkStart } = volumetrics(plan);
      const perRow = plan.time.binLabel.length;
      assert.is(totals.bytes.length, linkStart[linkStart.length - 1]);
      totals.bytes.forEach((bytes, row) => {
        near(sumOf(bins.bytes.subarray(row * perRow, (row + 1) * perRow)), bytes);
        near(sumOf(bins.messages.subarray(row * perRow, (row + 1) * perRow)), totals.messages[row]);
      });
    }),
    { numRuns: 50 },
  );
});

properties('every hop of a route carries what the sources send, and every bin too', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const { bins, linkStart, sources, flows } = volumetrics(plan);
      const perRow = plan.time.binLabel.length;
      const own = sumOf(sources.messages.filter((_, s) => plan.sources.name[s].startsWith('s')));
      const inBin = (link: number, bin: number) => {
        let total = 0;
        for (let row = linkStart[link]; row < linkStart[link + 1]; row++) total += bins.messages[row * perRow + bin];
        return total;
      };
      const [nan, fan, wan] = ['NAN up', 'FAN up', 'WAN up'].map((name) => plan.links.name.indexOf(name));
      let total = 0;
      for (let bin = 0; bin < perRow; bin++) {
        near(inBin(fan!, bin), inBin(nan!, bin));
        near(inBin(wan!, bin), inBin(nan!, bin));
        total += inBin(wan!, bin);
      }
      near(total, own);
      near(sumOf(flows.delivered), sumOf(sources.messages));
    }),
    { numRuns: 50 },
  );
});

properties('agrees with adding up device by device', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const { linkStart, bins } = volumetrics(plan);
      const perRow = plan.time.binLabel.length;
      const { sources } = plan;
      const substationOf = [0, 0, 1, 1, 0, 1];
      const bytes = new Float64Array(linkStart[linkStart.length - 1] * perRow);
      const activeS = (window: number, bin: number) => {
        if (window === 0) return 3600;
        const hour = bin % 24;
        if (hour === 7) return 1800;
        return hour >= 8 && hour < 20 ? 3600 : 0;
      };
      const probability = (source: number) => {
        const row = plan.causes.source.indexOf(source);
        return row < 0 ? 1 : plan.causes.probability[row];
      };
      for (let s = 0; s < sources.name.length; s++) {
        const up = sources.name[s].startsWith('s');
        for (let dap = sources.firstInstance[s]; dap < sources.firstInstance[s] + sources.instanceCount[s]; dap++) {
          for (let bin = 0; bin < perRow; bin++) {
            const messages =
              (sources.devices[s] * probability(s) * activeS(sources.window[s], bin)) / sources.periodS[s];
            const add = (link: string, instance: number, sizeB: number) => {
              const row = linkStart[plan.links.name.indexOf(link)] + instance;
              bytes[row * perRow + bin] += messages * sizeB;
            };
            if (!up) {
              add('NAN down', dap, sources.sizeB[s]);
              continue;
            }
            add('NAN up', dap, sources.sizeB[s]);
            add('FAN up', substationOf[dap], sources.sizeB[s] + 10);
            add('WAN up', 0, sources.sizeB[s]);
          }
        }
      }
      for (const [cell, value] of bytes.entries()) near(bins.bytes[cell], value, `cell ${cell}:`);
    }),
    { numRuns: 50 },
  );
});

properties('the busy hour is made up of all its bytes', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const expected = volumetrics(plan);
      const rows = makeUp(plan, expected).filter((row) => row.network === 'WAN');
      near(sumOf(rows.map((row) => row.share)), 1);
      const wan = expected.linkStart[plan.links.name.indexOf('WAN up')];
      const perRow = plan.time.binLabel.length;
      const bytes = expected.bins.bytes.subarray(wan * perRow, (wan + 1) * perRow);
      // 30 hours: the clock hours 0 to 5 come twice.
      const perHour = Array.from({ length: 24 }, (_, h) => (h < 6 ? (bytes[h] + bytes[h + 24]) / 2 : bytes[h]));
      near(sumOf(rows.map((row) => row.bytes)), Math.max(...perHour));
    }),
    { numRuns: 50 },
  );
});

properties.run();
