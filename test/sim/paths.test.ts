/** Which links the deliveries of a flow cross. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import { linksOnPaths } from '../../sim/paths.js';
import { buildPlan } from './plan-builder.js';

const paths = suite('paths of flows');

paths('have the links from the source to where the flow is delivered, not those beyond', () => {
  const links = { 'NAN up': {}, 'WAN up': {}, 'WAN down': {}, 'LAN up': {} };
  const plan = buildPlan({
    links,
    sources: [
      { name: 'read', path: ['NAN up', 'WAN up'] },
      { name: 'command', path: ['WAN down'] },
    ],
  });
  const of = linksOnPaths(plan);
  assert.equal([...of.get('read')!], ['NAN up', 'WAN up']);
  assert.equal([...of.get('command')!], ['WAN down']);
});

paths('of a scenario cross the networks of the route, each link in one direction only', () => {
  const scenario = loadScenario({
    file: 'town.yaml',
    text: 'name: t\nprofile: AHEM3CvIW\ndeployment: { meters: 200, daps: 2 }\n',
  });
  const plan = compile(scenario);
  const of = linksOnPaths(plan);
  let both = 0;
  for (const [flow, name] of plan.flows.name.entries()) {
    const own = [...of.get(name)!];
    const networks = new Set(own.map((link) => plan.links.network[plan.links.name.indexOf(link)]!));
    assert.equal([...networks].sort(), plan.flows.networks[flow]!.split(', ').sort(), name);
    for (const link of own) if (of.get(name)!.has(link.replace(/ up$/, ' down')) && link.endsWith(' up')) both++;
  }
  assert.is(both, 0);
});

paths.run();
