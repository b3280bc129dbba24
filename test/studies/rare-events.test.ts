import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { withRareEvents } from '../../studies/trial/rare-events.js';

const scenario = (more = '') =>
  loadScenario({
    file: 'test.yaml',
    text: `name: Test\nprofile: ACvW\ndeployment: { meters: 200, metersPerDap: 100 }\n${more}`,
  });

const rare = suite('withRareEvents');

rare('gives every flow without a deadline at least ten messages, one where they are large', () => {
  const plan = withRareEvents(compile({ ...scenario(), load: 'highload' }), 'NAN');
  const { delivered } = volumetrics(plan).flows;
  plan.flows.name.forEach((name, flow) => {
    if (Number.isNaN(plan.flows.deadlineS[flow]!)) {
      assert.ok(delivered[flow]! >= (plan.flows.sizeB[flow]! > 10_000 ? 0.5 : 9.5), `${name}: ${delivered[flow]}`);
    }
  });
});

rare('only adds sources: what was there keeps its rows and its random streams', () => {
  const before = compile(scenario());
  const after = withRareEvents(before, 'NAN');
  const count = before.sources.name.length;
  assert.ok(after.sources.name.length > count);
  assert.equal(after.sources.name.slice(0, count), before.sources.name);
  assert.equal(after.sources.periodS.slice(0, count), before.sources.periodS);
  assert.equal(after.sources.flowStart.slice(0, count + 1), before.sources.flowStart);
  assert.is(new Set(after.sources.name).size, after.sources.name.length);
});

rare('stands among the assumptions with the hour', () => {
  const { assumptions } = withRareEvents(compile(scenario()), 'NAN');
  assert.match(assumptions.find(({ key }) => key === 'rare events')!.reason, /busy hour of NAN \(\d\d:00\)/);
});

rare('leaves a plan alone whose network carries nothing', () => {
  const plan = compile(scenario());
  assert.is(withRareEvents(plan, 'FAN').sources, plan.sources);
});

rare.run();

const by = suite('OutOfScope.by');

const leftOut = (more: string, id: string) =>
  compile(scenario(more)).outOfScope.find(({ catalogueFlow }) => catalogueFlow.startsWith(id))?.by;

by('says whether profile, load, deployment, another alternative or the user leaves a flow out', () => {
  assert.is(leftOut('', '4.4.1.4.1.2/FeederCapBank_alarm'), 'profile'); // no distribution automation
  assert.is(leftOut('load: baseload', '4.9.4.'), 'load'); // firmware, highload only
  assert.is(leftOut('', '4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas'), 'deployment');
  assert.is(leftOut('useCases: [orm]', '4.15.4.1/SW_opr_cmd'), 'user');
  assert.is(leftOut('payloads: { SW_opr_cmd: { off: true } }', '4.15.4.1/SW_opr_cmd'), 'user');
});

by('is for an answer what it is for its command', () => {
  assert.is(leftOut('payloads: { SW_opr_cmd: { off: true } }', '4.15.4.1/SW_opr_cmd_ack'), 'user');
});

by.run();
