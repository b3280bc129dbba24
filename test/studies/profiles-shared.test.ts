/** A fast core; `npm run prove` has the ready-made scenarios (prove/profiles.ts). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ordinaryRow } from '../../studies/profiles/ordinary.js';
import { allCodes, closedFormOfProfiles, scenarioUnder } from '../../studies/profiles/profiles.js';
import { canShare } from '../../studies/profiles/shared.js';
import { decodeProfile } from '../../topologies/index.js';
import { againstOrdinaryDoor, every, unequal } from './same-rows.js';

const all = allCodes();

const shared = suite('closedFormOfProfiles has the numbers of the ordinary door');

shared('a small town on slow links: overload, weighted queues, overrides by hand, polling', () => {
  const text = [
    'name: slow',
    'profile: ACvIW',
    'deployment: { meters: 3000, metersPerDap: 700, feeders: 5, substations: 2 }',
    'links:',
    '  NAN: { rate: 9600 bit/s, discipline: fair, weights: [4, 2, 1] }',
    '  FAN: { rate: 4800 bit/s, discipline: priority }',
    '  LAN: { technology: ethernet-100, stack: ipv4/tcp, forwards: frames }',
    '  WAN: { technology: vsat, stack: ipv4/tcp, forwards: frames }',
    'payloads:',
    '  FeederSensor_sensor_data_cmd: { polling: { concurrency: 1, timeout: 2 s, retries: 1 } }',
    '  on-demand_Mtr-read_cmd: { perDay: 40, retry: { timeout: 15 s, times: 2 }, priority: 5 }',
  ].join('\n');
  const codes = [...every(all, 300, 3), 'ACdW', 'ARHEM3CvIIW', 'DCSARsF'];
  const { rows, differences } = againstOrdinaryDoor(text, 'slow.yaml', codes);
  assert.equal(differences, []);
  assert.ok(rows.some((row) => row.latency.worstMean!.margin === Number.NEGATIVE_INFINITY));
});

shared('media with contention, and an outage of power', () => {
  const text = [
    'name: outage',
    'profile: ACvIW',
    'start: 2026-07-15',
    'deployment: { meters: 200, metersPerDap: 100, feeders: 1, substations: 1 }',
    'links:',
    '  NAN: { technology: wi-sun-fsk-150 }',
    '  FAN: { technology: mas-19200 }',
    'events:',
    '  - outage: { at: 14:00, share: 50% }',
  ].join('\n');
  const { rows, differences } = againstOrdinaryDoor(text, 'outage.yaml', ['ACdW', 'AHEU3CdIW+DDAAD']);
  assert.equal(differences, []);
  assert.ok(rows.every((row) => row.latency.judged > 0));
});

shared('forwarding and persistent sessions go through the ordinary door', () => {
  const head = 'name: f\nprofile: ACvIW\ndeployment: { meters: 300 }\nuseCases: [meter-reading]\n';
  const withForwarding = `${head}forwarding: { DAPjm: { batch: 4 kB, age: 10 min } }\n`;
  const withSessions = `${head}links: { WAN: { technology: lte-cat-1, stack: ipv4/tcp/tls/mqtt, sessions: persistent } }\n`;
  for (const text of [withForwarding, withSessions]) {
    const source = { text, file: 'f.yaml' };
    assert.not(canShare(scenarioUnder(source, 'ACvW')));
    const codes = ['ACvW', 'ARCdIIW'];
    const rows = closedFormOfProfiles(source, codes);
    rows.forEach((row, i) => {
      assert.equal(row, ordinaryRow(scenarioUnder(source, codes[i]!), decodeProfile(codes[i]!)));
    });
  }
});

shared(
  'scenarios that differ in their backhaul alone are as loaded under each profile, also where a setting shares DAPs out',
  () => {
    const text = [
      'name: backhauls',
      'profile: ACvIW',
      'deployment: { meters: 300, metersPerDap: 100 }',
      'backhaul: { IW: 50%, IIW: 50% }',
      'useCases: [meter-reading]',
    ].join('\n');
    const shares = { path: ['backhaul'], value: { W: '40%', IW: '60%' }, origin: '--set' };
    const codes = ['ACvW', 'ACvIW', 'ACvIIW', 'AHEMCdIW', 'AHEMCdIIW'];
    for (const settings of [[], [shares]]) {
      const source = { text, file: 'backhauls.yaml', settings };
      const rows = closedFormOfProfiles(source, codes);
      rows.forEach((row, i) => {
        const own = ordinaryRow(scenarioUnder(source, codes[i]!), decodeProfile(codes[i]!));
        assert.equal([...unequal(row, own, 1e-9, codes[i]!)], []);
      });
    }
  },
);

shared.run();
