import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sgNetwork } from '../../payloads/catalogue.js';
import { compile, loadScenario } from '../../pipeline.js';

const missing = suite('defaults of values that the source leaves open');
const scenarioOf = (meters: number) =>
  loadScenario({ text: `name: x\nprofile: ACvIW\ndeployment: { meters: ${meters} }\n`, file: 'x.yaml' });

missing('are numbers for every utility, the smallest included', () => {
  for (const meters of [1, 137, 10_000, 5_000_000]) {
    for (const [name, value] of Object.entries(scenarioOf(meters).missing)) {
      assert.ok(Number.isFinite(value) && value >= 0, `${name} = ${value} for ${meters} meters`);
    }
  }
});

missing('keep the bulk volume of a meter, however many meters there are', () => {
  const bytesPerMeter = (meters: number) => {
    const { bulkReadFilesPerDay, bulkReadFileMB } = scenarioOf(meters).missing;
    return (bulkReadFilesPerDay * bulkReadFileMB * 1e6) / meters;
  };
  // 24 hours of intervals at 400 bytes an hour and a register snapshot of 200 bytes.
  for (const meters of [10_000, 100_000, 1_000_000]) assert.ok(Math.abs(bytesPerMeter(meters) - 9800) < 1e-6);
});

missing('have a reason each, and stand among the assumptions of a run that uses them', () => {
  assert.ok(sgNetwork().missing.every((entry) => entry.reason.length > 0));
  const assumption = compile(scenarioOf(10_000)).assumptions.find(({ key }) => key === 'missing.bulkReadFileMB');
  assert.equal([assumption?.value, assumption?.unit, assumption?.source], ['98', 'MB', 'assumption']);
});

missing.run();
