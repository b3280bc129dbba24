/** Whatever a scenario says: it compiles, to the same plan each time, and a plan of finite numbers. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { allProfiles } from '../../topologies/index.js';
import { compiled } from './support.js';

const RUNS = 20;
const codes = allProfiles().map(({ code }) => code);

const deployment = fc.record({
  electric: fc.integer({ min: 1, max: 5000 }),
  gas: fc.integer({ min: 0, max: 900 }),
  daps: fc.integer({ min: 1, max: 12 }),
  feeders: fc.integer({ min: 0, max: 9 }),
  substations: fc.integer({ min: 1, max: 5 }),
});
const scenario = fc
  .record({
    code: fc.constantFrom(...codes),
    load: fc.constantFrom('baseload', 'highload'),
    range: fc.constantFrom('least', 'mid', 'most'),
    deployment,
    share: fc.integer({ min: 0, max: 100 }),
    outage: fc.option(fc.integer({ min: 0, max: 23 })),
    mixed: fc.boolean(),
    hours: fc.integer({ min: 1, max: 50 }),
    forwarding: fc.boolean(),
  })
  .map(({ code, load, range, deployment: { electric, gas, ...areas }, share, outage, mixed, hours, forwarding }) => ({
    text: [
      'name: any',
      `profile: ${code}`,
      `load: ${load}`,
      `range: ${range}`,
      `duration: ${hours} hr`,
      `deployment: { meters: { electric: ${electric}, gas: ${gas} }, ${Object.entries(areas)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')}, programmes: { prepay: ${share}% } }`,
      ...(forwarding ? ['forwarding: { DAP: { batch: 4 kB, age: 10 min } }'] : []),
      ...(mixed && code.startsWith('A') ? ['backhaul: { W: 1/3, IIW: 2/3 }'] : []),
      '',
    ].join('\n'),
    outage: outage === null || outage >= hours ? '' : `events:\n  - outage: { at: ${outage} hr, share: ${share}% }\n`,
  }));

const any = suite('any scenario');

any('compiles to finite numbers, in which devices are where their areas are', () => {
  fc.assert(
    fc.property(scenario, ({ text, outage }) => {
      const { plan, expected } = compiled(text + outage);
      for (const values of [expected.links.bytes, expected.links.messages, expected.flows.delivered]) {
        assert.ok(values.every((value) => Number.isFinite(value) && value >= 0));
      }
      const { sources, areas } = plan;
      sources.name.forEach((name, s) => {
        const end = sources.firstInstance[s]! + sources.instanceCount[s]!;
        assert.ok(sources.devices[s]! >= 1 && end <= areas.instances[sources.kind[s]!]!, name);
        for (let b = sources.burstStart[s]!; b < sources.burstStart[s + 1]!; b++) {
          assert.ok(sources.burstDevices[b]! <= sources.devices[s]!, `${name}: more take part than there are`);
        }
      });
    }),
    { numRuns: RUNS, seed: 1 },
  );
});

any('gives every endpoint of an area a number of its own, and silences only some that are there', () => {
  fc.assert(
    fc.property(scenario, ({ text, outage }) => {
      const { sources, areas, outages, flows } = compiled(text + outage).plan;
      sources.name.forEach((name, s) => {
        const flow = sources.flowItem[sources.flowStart[s]!]!;
        if (flows.payload[flow] !== 'Mtr-read_data_resp-data') return;
        for (let i = sources.firstInstance[s]!; i < sources.firstInstance[s]! + sources.instanceCount[s]!; i++) {
          const endpoints = areas.endpoints[sources.kind[s]!]![i]!;
          assert.ok(sources.firstNode[s]! + sources.devices[s]! <= endpoints, `${name}: area ${i}`);
        }
      });
      outages.name.forEach((name, o) => {
        const first = outages.firstInstance[o]!;
        assert.ok(outages.nodes[o]! <= areas.endpoints[outages.kind[o]!]![first]!, name);
        assert.ok(outages.fromS[o]! < outages.toS[o]!, name);
      });
    }),
    { numRuns: RUNS, seed: 5 },
  );
});

any('has the devices of a population in its areas, neither more nor fewer', () => {
  fc.assert(
    fc.property(scenario, ({ text }) => {
      const { plan } = compiled(text);
      const { sources, flows } = plan;
      const devices = new Map<string, number>();
      sources.name.forEach((name, s) => {
        // Reads of the meters: each device of the population is counted by one source.
        const flow = sources.flowItem[sources.flowStart[s]!]!;
        if (flows.payload[flow] !== 'Mtr-read_data_resp-data' || name.includes(' | 1')) return;
        const id = flows.catalogueFlow[flow]!;
        devices.set(id, (devices.get(id) ?? 0) + sources.devices[s]! * sources.instanceCount[s]!);
      });
      const [electric, gas] = ['electric', 'gas'].map((kind) => Number(new RegExp(`${kind}: (\\d+)`).exec(text)![1]));
      const read = (kind: string) => devices.get(`4.10.4.3/Mtr-read_data_resp-data/${kind}`);
      if (plan.profile.startsWith('A')) assert.equal([read('electr'), read('gas') ?? 0], [electric, gas]);
      else assert.is(devices.size, 0);
    }),
    { numRuns: RUNS, seed: 2 },
  );
});

any('compiles to the same plan twice', () => {
  fc.assert(
    fc.property(scenario, ({ text, outage }) => {
      assert.is(asText(compiled(text + outage).plan), asText(compiled(text + outage).plan));
    }),
    { numRuns: 5, seed: 3 },
  );
});

any('keeps the names of its sources, which key their random streams, when an event is added', () => {
  fc.assert(
    fc.property(scenario, ({ text, outage }) => {
      const before = compiled(text).plan.sources.name;
      const after = new Set(compiled(text + outage).plan.sources.name);
      const concerned = /otg_ntf|svc_rst|batt_pwr|distr_cust_storage_(in|out)|_strg_|-strg_|capped/;
      const lost = before.filter((name) => !after.has(name) && !concerned.test(name));
      assert.equal(lost, []);
    }),
    { numRuns: 5, seed: 4 },
  );
});

any.run();

function asText(plan: Plan): string {
  return JSON.stringify(plan, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value));
}
