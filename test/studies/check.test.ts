import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import type { FlowResult } from '../../sim/results.js';
import type { TechnologyResult } from '../../studies/check/check.js';
import { completeness } from '../../studies/check/completeness.js';
import { payloadRows } from '../../studies/check/rows.js';
import {
  endpointSteps,
  givenSubject,
  madeSubject,
  readTechnologies,
  technologySettings,
} from '../../studies/check/subject.js';
import { familyOf } from '../../studies/size/families.js';
import { closedFormTrial } from '../../studies/trial/closed-form-trial.js';
import { coverageOf, readDensities } from '../../studies/trial/coverage.js';
import { findTechnology, technologyLibrary } from '../../topologies/technologies.js';

const made = (leaveOut: readonly string[] = []) =>
  madeSubject({ network: 'NAN', profile: 'AHEM3CvIW', endpoints: 1000, stack: undefined, leaveOut });
const scenarioOf = (leaveOut: readonly string[] = []) => {
  const { source } = made(leaveOut);
  const settings = technologySettings('NAN', findTechnology('wi-sun-fsk-150'));
  return loadScenario({ ...source, settings: [...source.settings!, ...settings] });
};

const statement = suite('completeness');

/** Every flow of a plan as if it had passed. */
const passing = (scenario = scenarioOf()) => {
  const plan = compile(scenario);
  const flows = closedFormTrial(plan, 1, 'baseload').flows.map((flow): FlowResult => ({ ...flow, verdict: 'pass' }));
  return { plan, scenario, flows };
};

statement('may be made when the scenario made for the question has every flow, and all pass', () => {
  const { plan, scenario, flows } = passing();
  const { isWhole, missing, flows: count } = completeness(plan, scenario, flows);
  assert.equal(missing, []);
  assert.ok(isWhole);
  assert.is(count, plan.flows.name.length);
});

statement('may not be made when one flow fails, is undecided, not exercised or not judged, and that is named', () => {
  const { plan, scenario, flows } = passing();
  for (const verdict of ['fail', 'undecided', 'not exercised', 'not judged'] as const) {
    const { isWhole, missing } = completeness(plan, scenario, [{ ...flows[0]!, verdict }, ...flows.slice(1)]);
    assert.not.ok(isWhole, verdict);
    assert.match(missing.join(), flows[0]!.payload);
  }
});

statement('may not be made when the user leaves something out', () => {
  const { plan, scenario, flows } = passing(scenarioOf(['SW_opr_cmd']));
  const { isWhole, missing } = completeness(plan, scenario, flows);
  assert.not.ok(isWhole);
  assert.match(missing.join(), /left out, switched off by the scenario: SW_opr_cmd/);
});

statement('may not be made when the deployment lacks devices, or the scenario changes a requirement', () => {
  const text = 'name: T\nprofile: ACvW\ndeployment: { meters: 50 }\npayloads: { SW_opr_cmd: { latency: 1 hr } }\n';
  const { plan, scenario, flows } = passing(loadScenario({ file: 't.yaml', text }));
  const { missing } = completeness(plan, scenario, flows);
  assert.match(missing.join('\n'), /the deployment has no GasMtr/);
  assert.match(missing.join('\n'), /requirement of SW_opr_cmd is changed by the scenario: latencyS/);
});

statement(
  'names values that the source leaves open where they are below the library, and is refused below a tenth',
  () => {
    const of = (lines: string) => {
      const text = `name: T\nprofile: ACvIW\ndeployment: { meters: { electric: 2000, gas: 200, water: 200 } }\n${lines}\n`;
      const { plan, scenario, flows } = passing(loadScenario({ file: 't.yaml', text }));
      return completeness(plan, scenario, flows);
    };
    // 2,400 meters of 9,800 bytes make 23.52 MB; 25 reads per 1000 by the library.
    const half = of('missing: { bulkReadFileMB: 12, onDemandReadsPerThousand: 30 }');
    assert.equal(half.missing, []);
    assert.equal(half.lowered, [{ key: 'missing.bulkReadFileMB', value: 12, byDefault: 23.52, unit: 'MB' }]);
    assert.equal(of('missing: { bulkReadFileMB: 1 B }').missing, [
      'missing.bulkReadFileMB 0.000001 MB (the library takes 23.5) is below a tenth of it, which asks next to nothing of the network',
    ]);
    assert.match(
      of('missing: { onDemandReadsPerThousand: 1e-9 }').missing.join(),
      /onDemandReadsPerThousand 1e-9 .*tenth/,
    );
    assert.match(of('eventRates: { lost-power: 1 per year }').lowered[0]!.key, 'eventRates.lost-power');
    assert.match(of('eventRates: { lost-power: 0.01 per year }').missing.join(), /eventRates.lost-power 0.01 .*tenth/);
  },
);

statement('may not be made for a backhaul that is not of the profile, nor where something may fail', () => {
  const missingWith = (line: string) => {
    const text = `name: T\nprofile: ACvIW\ndeployment: { meters: { electric: 2000, gas: 200, water: 200 } }\n${line}\n`;
    const { plan, scenario, flows } = passing(loadScenario({ file: 't.yaml', text }));
    return completeness(plan, scenario, flows).missing;
  };
  assert.equal(missingWith(''), []);
  assert.equal(missingWith('backhaul: { IW: 100% }'), []);
  assert.equal(missingWith('backhaul: { W: 25%, IW: 75% }'), [
    '25 % of the DAPs are on backhaul W, which is not that of the profile, IW',
  ]);
  assert.match(missingWith('availability: { 1Ca: 99.5% }').join(), 'not weighed');
});

statement.run();

const subject = suite('subject');

subject('has exactly the endpoints asked for, of every kind', () => {
  for (const endpoints of [1, 7, 100, 999]) {
    const { source } = madeSubject({ network: 'NAN', profile: 'ACvW', endpoints, stack: undefined, leaveOut: [] });
    const { meters, daps } = loadScenario(source).deployment;
    assert.is(meters.electric.total + meters.gas.total + meters.water.total, endpoints);
    assert.is(daps, 1);
  }
});

subject('takes a stack, which a technology put in its place reads', () => {
  const stack = '6lowpan/udp/dtls/coap';
  const { source } = madeSubject({ network: 'NAN', profile: 'ACvW', endpoints: 10, stack, leaveOut: [] });
  const settings = [...source.settings!, ...technologySettings('NAN', findTechnology('wi-sun-fsk-150'))];
  assert.ok(loadScenario({ ...source, settings }).links['NAN']!.medium !== undefined);
});

subject('runs as long as the longest window of the profile, a day where it has none', () => {
  const days = (network: string, profile: string) => {
    const { source } = madeSubject({ network, profile, endpoints: 14, stack: undefined, leaveOut: [] });
    const { time, tiers } = compile(loadScenario(source));
    return [time.horizonS / 86_400, Math.max(0, ...tiers.windowS) / 86_400];
  };
  assert.equal(days('NAN', 'AHEM3CvIW'), [2, 2]);
  assert.equal(days('FAN', 'DCSIRsF'), [1, 0]);
});

subject('tries no more endpoints than the technology takes, the most first', () => {
  const technology = findTechnology('plc-prime');
  const steps = endpointSteps(made(), technology);
  assert.is(steps[0], technology.endpoints.most);
  assert.ok(steps.every((count, i) => i === 0 || count < steps[i - 1]!));
});

subject('counts meters behind a backhaul as no stations of it', () => {
  const options = { network: 'WAN', profile: 'AHEM3CvIW', endpoints: 1000, stack: undefined, leaveOut: [] };
  const microwave = findTechnology('microwave');
  assert.ok(microwave.endpoints.most < 1000);
  assert.is(endpointSteps(madeSubject(options), microwave)[0], 50_000);
});

subject('takes all technologies that serve the network, and refuses others by name', () => {
  const all = readTechnologies('all', 'FAN', findTechnology);
  assert.ok(all.length > 5 && all.every(({ networks }) => networks.includes('FAN')));
  assert.throws(() => readTechnologies('dsl', 'NAN', findTechnology), /no technology of NAN/);
  assert.throws(() => readTechnologies('wi-sun-fsk-15', 'NAN', findTechnology), /wi-sun-fsk-150/);
});

subject('counts endpoints of a scenario per DAP only', () => {
  const source = { file: 't.yaml', text: 'name: T\nprofile: ACvW\ndeployment: { meters: 50 }\n' };
  const options = { profile: 'ACvW', endpoints: 5, stack: undefined, leaveOut: [], setProfile: false };
  assert.is(givenSubject(source, { ...options, network: 'NAN' }).endpoints, 5);
  assert.throws(() => givenSubject(source, { ...options, network: 'HAN' }), /not counted per DAP/);
});

subject.run();

const coverage = suite('coverageOf');

coverage('is density times the area of a circle, of a mesh as wide as fits its typical hops', () => {
  const [urban] = readDensities([]);
  const lte = findTechnology('lte-m');
  const { endpoints } = coverageOf(lte, urban!, 2);
  assert.is(endpoints, Math.floor(Math.PI * (lte.reach.urbanM / 1000) ** 2 * urban!.premisesPerKm2 * 2));
  const mesh = findTechnology('wi-sun-fsk-150');
  assert.is(coverageOf(mesh, urban!, 1).radiusM, 4.5 * mesh.reach.urbanM); // 3 hops typical
});

coverage('takes densities of the user', () => {
  assert.is(readDensities(['rural=25'])[2]!.premisesPerKm2, 25);
  assert.throws(() => readDensities(['rual=25']), /rural/);
});

coverage.run();

const family = suite('familyOf');

family('is of one access for the same networks, the slowest first', () => {
  const names = familyOf(findTechnology('wi-sun-fsk-150'), technologyLibrary()).map(({ name }) => name);
  assert.is(names[0], 'wi-sun-fsk-50');
  assert.is(names[names.length - 1], 'wi-sun-ofdm-2400');
  assert.not.ok(names.includes('plc-prime'));
});

family.run();

const payloads = suite('payloadRows');

payloads('have the worst first over all technologies and load cases, alike in their order', () => {
  const of = (name: string, verdicts: readonly FlowResult['verdict'][]) =>
    ({
      name,
      cases: [
        {
          loadCase: { name: 'baseload' },
          trial: { flows: verdicts.map((verdict, i) => ({ payload: `p${i}`, verdict, margin: 0.5 })) },
        },
      ],
    }) as unknown as TechnologyResult;
  const rows = payloadRows([of('a', ['pass', 'undecided']), of('b', ['pass', 'fail'])]);
  assert.equal(
    rows.map(({ technology, payload, verdict }) => [technology, payload, verdict]),
    [
      ['b', 'p1', 'fail'],
      ['a', 'p1', 'undecided'],
      ['a', 'p0', 'pass'],
      ['b', 'p0', 'pass'],
    ],
  );
});

payloads.run();
