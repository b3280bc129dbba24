import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import { withOverrides } from '../../scenarios/run-options.js';

const text = 'name: x\nprofile: ACvIW\nuseCases: [meter-reading]\ndeployment: { meters: 1000 }\n';
const scenario = loadScenario({ text, file: 'x.yaml' });
const keysOf = (plan: ReturnType<typeof compile>) => plan.assumptions.map(({ key }) => key);

const overrides = suite('withOverrides');

overrides('takes what is given, and keeps the rest', () => {
  const other = withOverrides(scenario, { seed: 'seven', replications: undefined });
  assert.equal([other.seed, other.replications], ['seven', scenario.replications]);
  assert.equal(withOverrides(scenario, {}), scenario);
});

overrides('does not let a run claim a default that it did not use', () => {
  const [plain, given] = [compile(scenario), compile(withOverrides(scenario, { seed: 'seven', replications: 2 }))];
  for (const key of ['seed', 'replications']) {
    assert.ok(keysOf(plain).includes(key), key);
    assert.not.ok(keysOf(given).includes(key), key);
  }
  assert.equal([given.seed, given.replications], ['seven', 2]);
});

overrides.run();

const listed = suite('assumptions of every run');

listed('say how unplanned messages arrive, when answers leave, and the classes where a link has priorities', () => {
  const keys = keysOf(compile(scenario));
  for (const key of ['payloads.*.arrivals', 'payloads.*.phase', 'payloads.*.spread'])
    assert.ok(keys.includes(key), key);
  assert.not.ok(keys.includes('priority classes'));
  const urgent = loadScenario({ text: `${text}links: { NAN: { discipline: priority } }\n`, file: 'x.yaml' });
  assert.ok(keysOf(compile(urgent)).includes('priority classes'));
});

listed.run();
