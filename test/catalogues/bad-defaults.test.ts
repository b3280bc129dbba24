import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { compile, loadScenario } from '../../pipeline.js';

function refusal(catalogue: string, counts: string): string {
  const text = `name: a\ncatalogues: [${catalogue}]\ndeployment:\n  meters: 1000\n  counts: { ${counts} }\n`;
  try {
    compile(loadScenario({ text, file: 'a.yaml' }));
    return '';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ line, path, code }) => `${line} ${path} ${code}`).join('; ');
  }
}

const defaults = suite('defaults of catalogues');

defaults('that a deployment makes impossible are its problem, with a place', () => {
  assert.match(
    refusal('smart-meter-texas', 'smtIntervalShare: 80%, smtDailyShare: 40%'),
    /^\d+ deployment\S* OUT_OF_RANGE/,
  );
  assert.match(refusal('sb284', 'nhAccountsPerFile: 0'), /deployment\S* OUT_OF_RANGE/);
});

defaults('shares that leave nothing are possible', () => {
  assert.is(refusal('smart-meter-texas', 'smtIntervalShare: 60%, smtDailyShare: 40%'), '');
});

defaults.run();
