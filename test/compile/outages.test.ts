/** When nothing is sent: by links that are out, by meters without power. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import { onFallback } from '../../scenarios/availability.js';
import { componentsOf } from '../../scenarios/compile/components.js';
import type { Plan } from '../../sim/plan.js';
import { compiled } from './support.js';

const H = 3600;
const plan = (events: string, deployment = '{ meters: 8000, daps: 10 }') =>
  compiled(`name: t\nprofile: ACvIW\nuseCases: [orm, meter-reading]\ndeployment: ${deployment}\nevents:\n${events}\n`)
    .plan;

const rows = ({ outages: o, servers }: Plan) =>
  o.name.map((name, i) => [
    name,
    o.server[i]! < 0 ? '' : servers.name[o.server[i]!],
    o.firstInstance[i],
    o.instanceCount[i],
    o.firstNode[i],
    o.nodes[i],
    o.fromS[i],
    o.toS[i],
  ]);

const power = suite('an outage of power');

power(
  'silences the meters that send last gasps, neighbours from the first on, when their stored energy is used up',
  () => {
    const storm = plan('  - outage: { at: 14:00, share: 25%, duration: 90 min, holdUp: 45 s, name: storm }');
    assert.equal(rows(storm), [
      ['storm', '', 0, 2, 0, 800, 14 * H + 45, 15.5 * H],
      ['storm', '', 2, 1, 0, 400, 14 * H + 45, 15.5 * H],
    ]);
    const gasps = storm.sources.name.flatMap((name, s) => (name.startsWith('4.12.4.1/') ? [s] : []));
    for (const s of gasps) assert.is(storm.sources.burstFirst[s], 1, 'the first of the area');
  },
);

power('that is over before is none', () => {
  assert.equal(rows(plan('  - outage: { at: 14:00, duration: 30 s, holdUp: 1 min }')), []);
});

power.run();

const links = suite('an outage of links');

links('stops each of their transmitters in a share of the areas, at least in one', () => {
  const cut = (areas: string) =>
    rows(plan(`  - outage: { of: 1Cc, at: 14:00, duration: 10 min, areas: ${areas}, name: cut }`));
  assert.equal(cut('20%'), [
    ['cut: WAN dap down', 'WAN dap down', 0, 2, 0, 0, 14 * H, 14 * H + 600],
    ['cut: WAN dap up', 'WAN dap up', 0, 2, 0, 0, 14 * H, 14 * H + 600],
  ]);
  assert.equal(
    cut('1%').map((row) => row[3]),
    [1, 1],
  );
});

links('or in the areas that it names; both directions of half duplex are one transmitter', () => {
  const half = rows(plan('  - outage: { of: NAN, at: 14:00, areas: [2, 3, 7], name: jam }'));
  assert.equal(
    half.map(([, server, first, count]) => [server, first, count]),
    [
      ['NAN dap', 1, 2],
      ['NAN dap', 6, 1],
    ],
  );
});

links('says which of the areas that it names there are not', () => {
  const { assumptions } = plan('  - outage: { of: NAN, at: 14:00, areas: [10, 11], name: jam }');
  const said = assumptions.filter(({ key, kind }) => kind === 'limit' && key === 'events (jam)');
  assert.equal(
    said.map(({ value }) => value),
    ['areas 11'],
  );
});

links('of one kind of area leaves links of the same network in other areas alone', () => {
  const servers = (more: string) =>
    rows(
      compiled(
        `name: t\nprofile: ACvW+DCSIRsF\ndeployment: { meters: 300, daps: 3, feeders: 1 }\nevents:\n  - outage: { of: WAN, at: 14:00, areas: [1]${more} }\n`,
      ).plan,
    ).map(([, server]) => server);
  assert.equal(servers('').sort(), ['WAN dap down', 'WAN dap up', 'WAN substation down', 'WAN substation up']);
  assert.equal(servers(', areasOf: dap').sort(), ['WAN dap down', 'WAN dap up']);
  assert.equal(servers(', areasOf: substation').sort(), ['WAN substation down', 'WAN substation up']);
});

links('that no message crosses changes nothing, and says so', () => {
  const none = plan('  - outage: { of: FAN, at: 14:00, name: dead }');
  assert.equal(rows(none), []);
  assert.ok(none.assumptions.some(({ kind, key }) => kind === 'limit' && key === 'events (dead)'));
});

links.run();

const fallback = suite('a fallback');

fallback('is the same scenario on other routes: every flow over the DAPs changes, the others stay', () => {
  const scenario = loadScenario({
    text: 'name: t\nprofile: ACvIW\nuseCases: [meter-reading]\ndeployment: { meters: 4000, daps: 4 }\nbackhaul: { W: 50%, IW: 50% }\nfallback: { W: IW }\n',
    file: 'test.yaml',
  });
  const [up, down] = [compile(scenario), compile(onFallback(scenario, ['W']))];
  const over = ({ flows }: Plan, ref: string) => flows.route.filter((route) => route.includes(ref)).length;
  assert.ok(over(up, '1Ca') > 0 && over(up, '1Cc') > 0);
  assert.is(over(down, '1Ca'), 0);
  const names = ({ flows }: Plan) => new Set(flows.catalogueFlow);
  assert.equal(names(down), names(up));
});

fallback.run();

const components = suite('componentsOf');
const route = {
  expression: 'a + b',
  hops: [
    { ref: 'a', network: 'WAN', from: 'AMI Head-End(j)', to: 'DAPjm', direction: 'down' },
    { ref: 'b', network: 'NAN', from: 'DAPjm', to: '2-Way Meter - Electr', direction: 'down' },
  ],
} as unknown as Parameters<typeof componentsOf>[0];
const share = (value: number) => ({ share: value, mtbfS: Number.NaN, mttrS: Number.NaN });

components('are the links and nodes that may fail, each once, in the order of the route', () => {
  const availability = {
    ofTechnologies: true,
    networks: { NAN: share(0.99) },
    dataFlows: {},
    nodes: { DAPjm: share(0.9) },
  };
  const found = componentsOf(route, { availability }, (ref) => (ref === 'a' ? 0.995 : 0.5));
  assert.equal(
    found.map(({ kind, name, upTime }) => [kind, name, upTime.share]),
    [
      ['link', 'a', 0.995],
      ['node', 'DAPjm', 0.9],
      ['link', 'b', 0.99],
    ],
  );
});

components('are none where nothing is said', () => {
  const availability = { ofTechnologies: false, networks: {}, dataFlows: {}, nodes: {} };
  assert.equal(
    componentsOf(route, { availability }, () => 0.5),
    [],
  );
});

components.run();
