import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load, SIX_LINES } from './support.js';

/** The deployment of a profile with these keys, as YAML in one line. */
function deploy(keys: string, profile = 'ACvIW') {
  return load(`name: a\nprofile: ${profile}\ndeployment: { ${keys} }\n`).deployment;
}

const meters = suite('deployment.meters');

meters('a number counts electric meters, a tenth of them commercial', () => {
  assert.equal(deploy('meters: 10000').meters.electric, { total: 10_000, residential: 9000, commercial: 1000 });
  assert.is(deploy('meters: 10000').meters.gas.total, 0);
});

meters('a number may stand for each kind as well', () => {
  const { electric, gas } = deploy('meters: { electric: 100, gas: 50 }').meters;
  assert.equal([electric.total, gas.total, gas.residential], [100, 50, 45]);
});

meters('what is left out follows from what is given', () => {
  const electric = (keys: string) => deploy(`meters: { electric: { ${keys} } }`).meters.electric;
  assert.equal(electric('total: 10, commercial: 3'), { total: 10, residential: 7, commercial: 3 });
  assert.equal(electric('total: 10, residential: 8'), { total: 10, residential: 8, commercial: 2 });
  assert.equal(electric('residential: 8, commercial: 3'), { total: 11, residential: 8, commercial: 3 });
  assert.equal(electric('residential: 8'), { total: 8, residential: 8, commercial: 0 });
});

meters('some may be neither residential nor commercial', () => {
  const { electric } = deploy('meters: { electric: { total: 1000, residential: 696, commercial: 174 } }').meters;
  assert.equal(electric, { total: 1000, residential: 696, commercial: 174 });
});

meters.run();

const daps = suite('deployment.daps');

daps('one for each thousand meters begun, of all kinds', () => {
  assert.is(deploy('meters: 10000').daps, 10);
  assert.is(deploy('meters: { electric: 10000, gas: 1 }').daps, 11);
});

daps('or as many as their size, their number or their list says', () => {
  assert.is(deploy('meters: 10000, metersPerDap: 400').daps, 25);
  assert.is(deploy('meters: 10000, daps: 7').daps, 7);
  const listed = deploy('meters: 10000, dapSizes: [8 x 1000, 1500, 500]');
  assert.is(listed.daps, 10);
  assert.equal(listed.dapSizes, [...new Array<number>(8).fill(1000), 1500, 500]);
});

daps.run();

const counts = suite('deployment: counts as expressions');

counts('see given counts and defaults, in any order', () => {
  const { substations, feeders, fieldTools } = deploy(
    'meters: 8000, substations: feeders / 2, fieldTools: substations + 1',
  );
  assert.equal([feeders, substations, fieldTools], [8, 4, 5]);
});

counts('feeder devices are feeders times devices per feeder, or counted', () => {
  const { feeder } = deploy('feeders: 10, perFeeder: { reclosers: 0.5 }, feeder: { switches: 7, sensors: feeders }');
  assert.equal([feeder.reclosers, feeder.switches, feeder.sensors, feeder.faultDetectors], [5, 7, 10, 10]);
});

counts('percentages are shares', () => {
  assert.is(deploy('meters: 10000, han: { premises: 20% * meters.electric.total }', 'AHEM3CvIW').han.premises, 2000);
});

counts.run();

const profiles = suite('deployment: defaults by profile');

profiles('home area networks stand only where the profile has them', () => {
  assert.is(deploy('meters: 10000').han.devices, 0);
  const { han } = deploy('meters: 10000', 'AHEM3CvIW');
  assert.is(han.premises, 1500);
  assert.ok(han.devices > han.premises);
});

profiles('so do retail energy providers', () => {
  assert.equal(deploy('meters: 10000').rep, { count: 0, share: 0 });
  assert.is(deploy('meters: 10000').portals.rep, 0);
  const { rep, portals } = deploy('meters: 10000', 'ARHEM3CvIW');
  assert.is(portals.rep, rep.count);
  assert.ok(rep.share > 0);
});

profiles('the reason names the profile', () => {
  const { reason } = load(SIX_LINES).defaults.find(({ key }) => key === 'deployment.han.premises')!;
  assert.match(reason, /ACvIW has no home area network/);
});

profiles.run();
