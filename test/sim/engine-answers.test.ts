/** Broadcasts, premises, and deliveries that cause messages. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type CauseLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';
import { assertMean, replicate } from './replicate.js';

const run = (literal: PlanLiteral) => {
  const plan = buildPlan(literal);
  const stats = simulateReplication(plan, 1);
  const of = (column: Float64Array) => Object.fromEntries(plan.flows.name.map((name, f) => [name, column[f]]));
  const { linkStart } = stats;
  const messages = Object.fromEntries(
    plan.links.name.map((name, l) => [name, [...stats.links.messages.slice(linkStart[l], linkStart[l + 1])]]),
  );
  return {
    ...stats,
    sent: of(stats.flows.sent),
    delivered: of(stats.flows.delivered),
    latencySumS: of(stats.flows.latencySumS),
    messages,
  };
};

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) < 1e-9, `${actual}, not ${expected}`);

/** Centre, three areas with 5, 0 and 2 displays in 4 premises. */
const area = {
  kinds: { dap: 3 },
  populations: { displays: { kind: 'dap', devices: [5, 0, 2] } },
  links: {
    'WAN down': { rateBps: 1000 },
    'NAN down': { kind: 'dap', rateBps: 1000 },
    'NAN up': { kind: 'dap', rateBps: 1000 },
    'HAN down': { kind: 'dap', copies: 4 },
    'HAN up': { kind: 'dap', copies: 4 },
    'WAN up': { rateBps: 1000 },
  },
} as const;
const toAll: SourceLiteral = {
  name: 'price',
  bursts: [100],
  sizeB: 125,
  path: [
    'WAN down',
    { link: 'NAN down', fan: 'everyInstance' },
    { link: 'HAN down', fan: 'everyCopy', listeners: 'displays' },
  ],
};

const broadcast = suite('a broadcast');

broadcast('crosses a shared link once, each area and each premise with a listener once', () => {
  const { messages, delivered, sent, latencySumS } = run({ ...area, sources: [toAll] });
  assert.equal(messages['WAN down'], [1]);
  assert.equal(messages['NAN down'], [1, 0, 1]);
  assert.equal(messages['HAN down'], [4, 0, 2]);
  assert.is(sent['price'], 7);
  assert.is(delivered['price'], 7, 'every listener once');
  near(latencySumS['price'], 7 * 2);
});

broadcast('may start on the links of the areas themselves', () => {
  const path = [{ link: 'NAN down', fan: 'everyInstance', listeners: 'displays' } as const];
  const { messages, delivered } = run({ ...area, sources: [{ ...toAll, path }] });
  assert.equal(messages['NAN down'], [1, 0, 1]);
  assert.is(delivered['price'], 7);
});

broadcast('reaches every area when no population listens', () => {
  const path = ['WAN down', { link: 'NAN down', fan: 'everyInstance' }] as const;
  assert.equal(run({ ...area, sources: [{ ...toAll, path }] }).messages['NAN down'], [1, 1, 1]);
});

broadcast('reaches every premise with a listener when the first link of the areas is one for each premise', () => {
  const path = [
    'WAN down',
    { link: 'HAN down', fan: 'everyInstance' },
    { link: 'HAN up', fan: 'everyCopy', listeners: 'displays' },
  ] as const;
  const { messages, delivered, sent } = run({ ...area, sources: [{ ...toAll, path }] });
  assert.equal(messages['HAN down'], [4, 0, 2]);
  assert.equal(messages['HAN up'], [4, 0, 2]);
  assert.is(sent['price'], 7);
  assert.is(delivered['price'], 7, 'every listener once');
});

broadcast('branches: siblings carry copies, and a hop may deliver and go on', () => {
  const { messages, delivered } = run({
    ...area,
    sources: [
      {
        name: 'both',
        kind: 'dap',
        bursts: [100],
        path: {
          link: 'NAN up',
          deliver: 'at the DAP',
          next: [
            { link: 'WAN up', deliver: 'up' },
            { link: 'NAN down', deliver: 'down' },
          ],
        },
      },
    ],
  });
  assert.equal(delivered, { 'at the DAP': 3, up: 3, down: 3 });
  assert.equal([messages['WAN up'], messages['NAN down']], [[3], [1, 1, 1]]);
});

broadcast.run();

const answer = (name: string, more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name,
  kind: 'dap',
  process: 'caused',
  sizeB: 125,
  path: ['NAN up', 'WAN up'],
  ...more,
});
const command: SourceLiteral = {
  name: 'command',
  kind: 'dap',
  devices: 40,
  process: 'periodic',
  periodS: 86_400,
  sizeB: 125,
  path: ['WAN down', 'NAN down'],
};
const withCauses = (causes: readonly CauseLiteral[], sources: readonly SourceLiteral[]) =>
  run({ ...area, sources, causes });

const answers = suite('answers');

answers('follow each command once, on the links of its area', () => {
  const { delivered, messages } = withCauses([{ trigger: 'command', source: 'ack' }], [command, answer('ack')]);
  assert.is(delivered['command'], 120);
  assert.is(delivered['ack'], 120);
  assert.equal(messages['NAN up'], [40, 40, 40]);
});

answers('are sent after their delay: latency counts from there', () => {
  const { latencySumS, messages, bins } = run({
    ...area,
    binS: 60,
    sources: [{ ...command, range: [1, 1], devices: 1, bursts: [30], process: 'burst' }, answer('ack')],
    causes: [{ trigger: 'command', source: 'ack', delayS: 118 }],
  });
  near(latencySumS['command'], 2);
  near(latencySumS['ack'], 2);
  assert.equal(messages['NAN up'], [0, 1, 0]);
  const upOfArea1 = 1 + 3 + 1; // after WAN down and the three NAN down
  assert.is(bins.messages[upOfArea1 * 1440 + 2], 1, 'at 30 + 2 + 118 s, in the third minute');
});

answers('are spread over the time given', () => {
  const causes = [{ trigger: 'command', source: 'ack', delayS: 60, spreadS: 60 }];
  const burst: SourceLiteral = {
    ...command,
    bursts: [0],
    process: 'burst',
    devices: 200,
    range: [0, 1],
    path: ['HAN down'],
  };
  const plan = buildPlan({
    ...area,
    binS: 60,
    links: { ...area.links, 'NAN up': { kind: 'dap' }, 'WAN up': {} },
    sources: [burst, answer('ack')],
    causes,
  });
  const { flows, bins, linkStart } = simulateReplication(plan, 1);
  const up = linkStart[2]! * 1440;
  assert.equal([...bins.messages.slice(up, up + 3)], [0, 200, 0]);
  assert.is(flows.delivered[1], 200);
});

answers('have exclusive outcomes with their probabilities, and none with what remains', () => {
  const plan = buildPlan({
    ...area,
    sources: [{ ...command, devices: 2000, sizeB: 0 }, answer('ack', { sizeB: 0 }), answer('error', { sizeB: 0 })],
    causes: [
      { trigger: 'command', source: 'ack', probability: 0.7 },
      { trigger: 'command', source: 'error', probability: 0.2 },
    ],
  });
  const runs = replicate(plan, 8);
  assertMean(
    runs.map(({ flows }) => flows.delivered[1]!),
    4200,
    0.05,
  );
  assertMean(
    runs.map(({ flows }) => flows.delivered[2]!),
    1200,
    0.1,
  );
  // Exclusive: the sum has the variance of 0.9, not of two independent draws.
  assertMean(
    runs.map(({ flows }) => flows.delivered[1]! + flows.delivered[2]!),
    5400,
    0.02,
  );
  const variance =
    runs.reduce((sum, { flows }) => sum + (flows.delivered[1]! + flows.delivered[2]! - 5400) ** 2, 0) / 8;
  assert.ok(variance < 6000 * 0.9 * 0.1 * 3.27, `${variance} is more than 8 draws of chi-square allow (99.9%)`);
});

answers('rows of one outcome happen together', () => {
  const causes = [
    { trigger: 'command', source: 'ack', group: 1, probability: 0.5 },
    { trigger: 'command', source: 'alert', group: 1, probability: 0.5 },
  ];
  const { delivered } = withCauses(causes, [command, answer('ack'), answer('alert')]);
  assert.ok(delivered['ack']! > 30 && delivered['ack']! < 90, `${delivered['ack']} of 120 commands`);
  assert.is(delivered['ack'], delivered['alert']);
});

answers('one outcome may have a row for each range of areas: the row of the area answers', () => {
  const causes = [
    { trigger: 'command', source: 'ack west', group: 1 },
    { trigger: 'command', source: 'ack east', group: 1 },
  ];
  const { delivered } = withCauses(causes, [
    command,
    answer('ack west', { range: [0, 1] }),
    answer('ack east', { range: [2, 1] }),
  ]);
  assert.equal([delivered['ack west'], delivered['ack east']], [40, 40], 'area 1 has no row: no answer');
});

answers('to a broadcast: every listener answers for itself, from its own premise', () => {
  const { delivered, messages, flows } = run({
    ...area,
    links: { ...area.links, 'HAN up': { kind: 'dap', copies: 4, rateBps: 1000 } },
    sources: [toAll, answer('ack', { path: ['HAN up'] })],
    causes: [{ trigger: 'price', source: 'ack' }],
  });
  assert.is(delivered['ack'], 7);
  assert.equal(messages['HAN up'], [5, 0, 2]);
  near(flows.latencyMaxS[1], 2);
  near(flows.latencySumS[1], 6 * 1 + 2); // device 4 shares premise 0 with device 0
});

answers('draw for each listener: half of them, not all or none', () => {
  const populations = { displays: { kind: 'dap', devices: 100 } };
  const path = [{ link: 'NAN down', fan: 'everyInstance', listeners: 'displays' } as const];
  const causes = [{ trigger: 'price', source: 'ack', probability: 0.5 }];
  const plan = buildPlan({ ...area, populations, sources: [{ ...toAll, path }, answer('ack', { sizeB: 0 })], causes });
  const runs = replicate(plan, 10).map(({ flows, links, linkStart }) => ({
    all: flows.delivered[1]!,
    perArea: [...links.messages.slice(linkStart[2], linkStart[3])],
  }));
  assertMean(
    runs.map(({ all }) => all),
    150,
    0.2,
  );
  assert.ok(
    runs.every(({ perArea }) => perArea.some((n) => n !== perArea[0])),
    'areas draw for themselves as well',
  );
});

answers('to two deliveries of one message are drawn apart', () => {
  const path = {
    link: 'WAN down',
    next: [
      { link: 'WAN up', deliver: 'twice' },
      { link: 'WAN down', deliver: 'twice' },
    ],
  };
  const plan = buildPlan({
    ...area,
    sources: [{ name: 'twice', bursts: [0], path }, answer('ack', { kind: 'centre', path: ['WAN up'] })],
    causes: [{ trigger: 'twice', source: 'ack', probability: 0.5 }],
  });
  const sent = replicate(plan, 30).map(({ flows }) => flows.sent[1]!);
  for (const n of [0, 1, 2]) assert.ok(sent.includes(n), `${n} answers never came`);
});

answers('may cause answers', () => {
  const causes = [
    { trigger: 'command', source: 'ack' },
    { trigger: 'ack', source: 'thanks' },
  ];
  const { delivered } = withCauses(causes, [
    command,
    answer('ack'),
    answer('thanks', { path: ['WAN down', 'NAN down'] }),
  ]);
  assert.is(delivered['thanks'], 120);
});

answers.run();
