import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { onFallback, technologyAvailability } from '../../scenarios/availability.js';
import { findTechnology } from '../../topologies/technologies.js';
import { load, places, SIX_LINES } from './support.js';

const day = 86_400;
const availability = (text: string) => load(`${SIX_LINES}${text}`).availability;

const up = suite('availability');

up('nothing fails unless a scenario says so', () => {
  assert.equal(availability(''), { ofTechnologies: false, networks: {}, dataFlows: {}, nodes: {} });
  assert.is(availability('availability: technologies\n').ofTechnologies, true);
});

up('MTBF and MTTR make a share: 60 days and 4 hours are 360 of 361 parts', () => {
  const { networks, dataFlows, nodes } = availability(
    'availability:\n  WAN: { mtbf: 60 days, mttr: 4 hr }\n  1Ca: 99.9%\n  nodes: { DAP: 99.95% }\n',
  );
  assert.equal(networks, { WAN: { share: 360 / 361, mtbfS: 60 * day, mttrS: day / 6 } });
  assert.is(dataFlows['1Ca']!.share, 0.999);
  assert.equal(Object.keys(nodes), ['DAPjm']);
});

up('names are those of networks, data flows and actors', () => {
  assert.equal(places(`${SIX_LINES}availability:\n  WLN: 99%\n  nodes: { DAPs: 99% }\n  WAN: { mtbf: 3 days }\n`), [
    '6:3 availability.WLN UNKNOWN_NAME WAN',
    '7:12 availability.nodes.DAPs UNKNOWN_NAME DAP',
    '8:8 availability.WAN.mttr MISSING_KEY',
  ]);
});

up('technologies know theirs: of the data flow, else of its network; pipes have none', () => {
  const scenario = load(
    `${SIX_LINES}technologies: { ours: { like: leo, availability: 98% } }\nlinks: { WAN: { technology: fibre }, 1Ca: { technology: ours } }\n`,
  );
  const share = technologyAvailability(scenario);
  assert.is(share('1Ca', 'WAN'), 0.98);
  assert.is(share('1Cc', 'WAN'), findTechnology('fibre').availability);
  assert.is(share('1D', 'NAN'), undefined);
});

up.run();

const fallback = suite('fallback');

fallback('DAPs change their backhaul while theirs is down, the others stay', () => {
  const scenario = load(`${SIX_LINES}backhaul: { W: 40%, IW: 60% }\nfallback: { W: IW, IW: IIW }\n`);
  assert.equal(scenario.fallback, { W: 'IW', IW: 'IIW' });
  assert.equal(onFallback(scenario, ['W']).backhaulShares, { IW: 1 });
  assert.equal(onFallback(scenario, ['IW']).backhaulShares, { W: 0.4, IIW: 0.6 });
  assert.equal(onFallback(scenario, []).backhaulShares, scenario.backhaulShares);
});

fallback('is of a backhaul that DAPs are on, to another one', () => {
  assert.equal(places(`${SIX_LINES}fallback: { W: IW }\n`), ['5:13 fallback.W CONFLICT']);
  assert.equal(places(`${SIX_LINES}fallback: { IW: IW }\n`), ['5:17 fallback.IW UNKNOWN_NAME W']);
});

fallback.run();
