/** The SG-Network catalogue under the profiles: all of the single ones, and a sample of the combined ones. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allProfiles } from '../../topologies/index.js';
import { type Compiled, compiled } from './support.js';

const profiles = allProfiles();
const single = profiles.filter(({ kind }) => kind !== 'AMI+DA');
const combined = profiles.filter(({ kind }) => kind === 'AMI+DA').filter((_, i) => i % 29 === 0);

const plans = new Map(
  [...single, ...combined].map(({ code }, i) => {
    const load = i % 2 === 0 ? 'baseload' : 'highload';
    const meters = 'meters: { electric: 800, gas: 150, water: 50 }, metersPerDap: 250';
    return [code, compiled(`name: t\nprofile: ${code}\nload: ${load}\ndeployment: { ${meters} }\n`)];
  }),
);
const each = (check: (code: string, compiled: Compiled) => void) => {
  for (const [code, plan] of plans) check(code, plan);
};
const unique = (names: readonly string[]) => new Set(names).size === names.length;

const every = suite('every profile');

every('is one of 84 alone, or of 30 combinations', () => {
  assert.equal([single.length, combined.length], [72 + 12, 30]);
});

every('carries something', () => each((code, { plan }) => assert.ok(plan.flows.name.length > 20, code)));

every('gives each flow a route and a source that sends it', () =>
  each((code, { plan }) => {
    const sent = new Set(plan.sources.flowItem);
    const caused = new Set(plan.causes.source);
    plan.flows.name.forEach((name, flow) => {
      assert.ok(plan.flows.route[flow] !== '' && plan.flows.networks[flow] !== '', `${code} ${name}`);
      assert.ok(sent.has(flow), `${code}: nobody sends ${name}`);
    });
    plan.sources.name.forEach((name, source) => {
      if (plan.sources.process[source] === 3) assert.ok(caused.has(source), `${code}: nothing causes ${name}`);
    });
  }),
);

every('names flows, sources and links once: names key the random streams', () =>
  each((code, { plan }) => {
    for (const { name } of [plan.flows, plan.sources, plan.links]) assert.ok(unique(name), code);
  }),
);

every('has numbers everywhere, in the plan and in what it makes expect', () =>
  each((code, { plan, expected }) => {
    const finite = (values: Float64Array) => values.every(Number.isFinite);
    const { sources, links, hops, causes, flows } = plan;
    for (const values of [sources.periodS, sources.sizeB, links.rateBps, links.delayS, hops.overheadB]) {
      assert.ok(finite(values), code);
    }
    assert.ok(
      causes.probability.every((p) => p > 0 && p <= 1 + 1e-12),
      code,
    );
    assert.ok(
      flows.budgetS.every((budget) => budget > 0),
      code,
    );
    const inTiers = new Set(plan.tiers.flow);
    assert.ok(
      flows.requiredReliability.every((share, flow) => (share > 0 && share <= 1) || inTiers.has(flow)),
      code,
    );
    for (const values of [expected.links.bytes, expected.links.messages, expected.flows.delivered]) {
      assert.ok(finite(values), code);
    }
  }),
);

every('puts each catalogue flow in the plan or out of scope, with a reason', () =>
  each((code, { plan }) => {
    const inPlan = new Set(plan.flows.catalogueFlow);
    for (const { catalogueFlow, reason } of plan.outOfScope) {
      assert.not.ok(inPlan.has(catalogueFlow), `${code} ${catalogueFlow}`);
      assert.ok(reason.length > 0 && !/undefined|NaN/.test(reason), `${code} ${reason}`);
    }
    assert.ok(unique(plan.outOfScope.map((row) => row.catalogueFlow)), code);
  }),
);

every('answers a command at most once in a draw', () =>
  each((code, { plan }) => {
    const { trigger, group, probability } = plan.causes;
    const chance = new Map<number, Map<number, number>>();
    trigger.forEach((flow, row) => {
      chance.set(flow, (chance.get(flow) ?? new Map()).set(group[row]!, probability[row]!));
    });
    for (const [flow, groups] of chance) {
      const sum = [...groups.values()].reduce((a, b) => a + b, 0);
      assert.ok(sum <= 1 + 1e-9, `${code} ${plan.flows.name[flow]}: ${sum}`);
    }
  }),
);

every('says each assumption once, with a reason', () =>
  each((code, { plan }) => {
    const { assumptions } = plan;
    assert.ok(unique(assumptions.map(({ kind, key, value }) => `${kind} ${key} ${value}`)), code);
    for (const { key, reason } of assumptions)
      assert.ok(reason.length > 10 && !/undefined/.test(reason), `${code} ${key}`);
  }),
);

every.run();

const kinds = suite('a profile without');

kinds('distribution automation has no feeder device, nor anything about one', () => {
  const { plan, outOfScope } = plans.get('AHEM3CvIW')!;
  assert.not.ok(plan.flows.name.some((name) => /Feeder|Storage|\bDMS/.test(name)));
  assert.not.ok(plan.labels.deployment.some(({ name }) => name.startsWith('feeder devices')));
  assert.match(outOfScope.get('4.4.1.4.1.2/FeederCapBank_alarm')!, 'no distribution automation');
});

kinds('metering has no meter, and keeps its customers', () => {
  const { plan, outOfScope } = plans.get('DCSIRsF')!;
  assert.not.ok(plan.flows.name.some((name) => /Meter|DAPjm|IPD/.test(name)));
  assert.ok(plan.flows.name.some((name) => name.includes('Cust. Browser - Premise')));
  assert.match(outOfScope.get('4.12.4.1/otg_ntf_evnt_data')!, 'no advanced metering');
});

kinds('home area networks has none of their devices', () => {
  const { plan } = plans.get('ACvIW')!;
  assert.not.ok(plan.flows.name.some((name) => /IPD|PHEV|PCT/.test(name)));
  assert.not.ok(plan.labels.deployment.some(({ name }) => name.startsWith('HAN')));
});

kinds.run();
