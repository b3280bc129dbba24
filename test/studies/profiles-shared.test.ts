import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { ordinaryRow } from '../../studies/profiles/ordinary.js';
import { allCodes, closedFormOfProfiles, scenarioUnder } from '../../studies/profiles/profiles.js';
import { canShare } from '../../studies/profiles/shared.js';
import type { LatencyMargin, ProfileRow } from '../../studies/profiles/types.js';
import { decodeProfile } from '../../topologies/index.js';

const read = (file: string) => ({ text: readFileSync(join(packageRoot, 'scenarios', file), 'utf8'), file });
const all = allCodes();
const single = all.filter((code) => !code.includes('+'));
const combined = all.filter((code) => code.includes('+'));
const every = (codes: readonly string[], nth: number, from = 0) => codes.filter((_, i) => i % nth === from);

/** The same but for the rounding of sums; percentiles are found by a search to 1e-6. */
function same(actual: unknown, expected: unknown, tolerance: number, at: string): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isSame = Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected);
    assert.ok(isSame || actual === expected, `${at}: ${actual}, not ${expected}`);
  } else if (actual !== null && expected !== null && typeof actual === 'object' && typeof expected === 'object') {
    assert.equal(Object.keys(actual), Object.keys(expected), at);
    for (const [key, value] of Object.entries(expected)) {
      same((actual as Record<string, unknown>)[key], value, key === 'worstP95' ? 3e-6 : tolerance, `${at}.${key}`);
    }
  } else {
    assert.is(actual, expected, at);
  }
}

/** Through the ordinary door, and through what profiles share, they are the same. */
function holds(file: string, text: string, codes: readonly string[]): ProfileRow[] {
  const source = { text, file };
  assert.ok(canShare(scenarioUnder(source, codes[0]!)));
  const rows = closedFormOfProfiles(source, codes);
  assert.is(rows.length, codes.length);
  rows.forEach((row, i) => {
    const expected = ordinaryRow(scenarioUnder(source, codes[i]!), decodeProfile(codes[i]!));
    same(row, expected, 1e-9, `${file} ${codes[i]}`);
  });
  return rows;
}

const shared = suite('closedFormOfProfiles has the numbers of the ordinary door');

shared('first-look: all 84 single profiles and 36 combinations', () => {
  const { text, file } = read('first-look.yaml');
  const rows = holds(file, text, [...single, ...every(combined, 24)]);
  const marginsOf = (row: ProfileRow): LatencyMargin => row.latency.worstMean!;
  assert.ok(new Set(rows.map((row) => marginsOf(row).margin)).size > 20); // not all the same
});

shared('real-media: all 84 single profiles and 18 combinations, media with contention, polls and grants', () => {
  const { text, file } = read('real-media.yaml');
  const rows = holds(file, text, [...single, ...every(combined, 48, 7)]);
  assert.ok(rows.every((row) => row.cost !== null && row.availability !== null));
});

shared('city-highload: 9 combinations, priorities, areas of three sizes', () => {
  const { text, file } = read('city-highload.yaml');
  holds(file, text, every(combined, 96, 5));
});

shared('city-baseload: 9 combinations', () => {
  const { text, file } = read('city-baseload.yaml');
  holds(file, text, every(combined, 96, 11));
});

shared('storm: a power outage, bursts of last gasps', () => {
  const { text, file } = read('storm.yaml');
  const rows = holds(file, text, ['ACdW', 'ARHEM3CvIIW', 'DCSARsF', 'AHEU3CdIW+DDAAD']);
  assert.ok(rows.some((row) => row.latency.valid < row.latency.judged));
});

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
  const rows = holds('slow.yaml', text, [...every(all, 41, 3), ...every(single, 9)]);
  assert.ok(rows.some((row) => row.latency.worstMean!.margin === Number.NEGATIVE_INFINITY));
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

shared.run();
