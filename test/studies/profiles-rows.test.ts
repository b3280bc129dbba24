import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, simulate } from '../../pipeline.js';
import { payloadsOnLinks } from '../../sim/payloads-on-links.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { payloadMoves, payloadsOfProfiles } from '../../studies/profiles/moves.js';
import { closedFormOfProfiles, scenarioUnder } from '../../studies/profiles/profiles.js';

const folder = join(packageRoot, 'scenarios');
const read = (file: string) => ({ text: readFileSync(join(folder, file), 'utf8'), file });
const firstLook = read('first-look.yaml');
const PROFILE = 'AHEM3CvIW+DCSIRsF';

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${actual}, not ${expected}`);
}

const rows = suite('a row of a profile');

rows('says of the busy hour what the results of a run in closed form say', async () => {
  const [row] = closedFormOfProfiles(firstLook, [PROFILE]);
  const results = (await simulate(compile(scenarioUnder(firstLook, PROFILE)), { engine: 'closed-form' }))!;
  assert.ok(row!.networks.length > 5);
  for (const { network, directions, busiest } of row!.networks) {
    const own = results.links.filter((link) => link.network === network);
    const most = own.reduce((worst, link) => (link.busyHourUtilisation > worst.busyHourUtilisation ? link : worst));
    near(busiest?.utilisation ?? 0, most.busyHourUtilisation);
    for (const { direction, busyHourB, busyHour } of directions) {
      const hours = results.hours.filter((hour) => hour.network === network && hour.direction === direction);
      const largest = Math.max(...hours.map((hour) => hour.closedFormBytes));
      near(busyHourB, largest); // a day of one bin per hour
      assert.is(hours.find((hour) => Math.abs(hour.closedFormBytes - largest) <= 1e-9 * largest)!.label, busyHour);
    }
  }
});

rows('names the flow with the least share of its budget left, and the link where it is spent', async () => {
  const [row] = closedFormOfProfiles(firstLook, [PROFILE]);
  const results = (await simulate(compile(scenarioUnder(firstLook, PROFILE)), { engine: 'closed-form' }))!;
  const judged = results.flows.filter((flow) => !Number.isNaN(flow.margin));
  const least = Math.min(...judged.map((flow) => flow.margin));
  const worst = judged
    .filter((flow) => flow.margin - least < 1e-9 * least)
    .sort((a, b) => (a.flow < b.flow ? -1 : 1))[0]!; // of equal ones the first by name
  const { latency } = row!;
  assert.is(latency.judged, judged.length);
  assert.is(latency.worstMean!.flow, worst.flow);
  near(latency.worstMean!.margin, worst.margin);
  assert.is(latency.missesMean, judged.filter((flow) => flow.closedFormLatencyS > flow.budgetS).length);
  assert.is(latency.missesP95, judged.filter((flow) => flow.closedFormP95S > flow.budgetS).length);
  assert.ok(latency.worstMean!.slowest.delayS <= latency.worstMean!.latencyS);
  assert.ok(latency.worstMean!.slowest.delayS > latency.worstMean!.latencyS / 10);
});

rows('costs what its media cost: so many gateways and endpoints of each technology', () => {
  const [row] = closedFormOfProfiles(read('real-media.yaml'), ['ACvW']);
  const nan = row!.cost!.networks.find(({ network }) => network === 'NAN')!;
  // wi-sun-fsk-150: 5000 + 600 a year per collector, 40 + 1 a year per meter
  assert.is(nan.gateways, 4);
  assert.is(nan.endpoints, 2000);
  assert.is(nan.capexUsd, 4 * 5000 + 2000 * 40);
  assert.is(nan.opexUsdPerYear, 4 * 600 + 2000 * 1);
  assert.is(closedFormOfProfiles(firstLook, ['ACvW'])[0]!.cost, null);
});

rows('has the least availability among routes, as the product of what is on the way', () => {
  const [row] = closedFormOfProfiles(read('real-media.yaml'), ['ACvW']);
  const { share, components, basis } = row!.availability!;
  const shares = components.split(', ').map((text) => Number(/([\d.]+) %$/.exec(text)![1]) / 100);
  assert.is(basis, 'technologies');
  assert.ok(Math.abs(shares.reduce((product, one) => product * one, 1) - share) < 1e-5);
  assert.is(closedFormOfProfiles(firstLook, ['ACvW'])[0]!.availability, null);
});

rows('a code that no profile has is refused', () => {
  assert.throws(() => closedFormOfProfiles(firstLook, ['ACvWW']), /profile/);
});

rows.run();

const moves = suite('payloads that move');

moves('bytes by payload and link add up to the bytes of volumetrics', () => {
  for (const file of ['first-look.yaml', 'real-media.yaml']) {
    const plan = compile(scenarioUnder(read(file), PROFILE));
    const expected = volumetrics(plan);
    const days = plan.time.horizonS / 86_400;
    const byLink = new Map<string, number>();
    for (const { link, bytesPerDay } of payloadsOnLinks(plan, expected)) {
      byLink.set(link, (byLink.get(link) ?? 0) + bytesPerDay * days);
    }
    plan.links.name.forEach((link, l) => {
      const bytes = expected.links.bytes.subarray(expected.linkStart[l], expected.linkStart[l + 1]);
      near(
        byLink.get(link) ?? 0,
        bytes.reduce((sum, one) => sum + one, 0),
      );
    });
  }
});

moves('from one backhaul to another, what left the WAN is on the Internet and nothing else moved', () => {
  const payloads = payloadsOfProfiles(firstLook, ['ACvW', 'ACvIIW']);
  const found = payloadMoves(payloads.get('ACvW')!, payloads.get('ACvIIW')!);
  assert.ok(found.some(({ network, toBytesPerDay }) => network === 'Internet' && toBytesPerDay > 0));
  assert.ok(found.every(({ network }) => ['LAN', 'WAN', 'Internet'].includes(network)));
  assert.equal(payloadMoves(payloads.get('ACvW')!, payloads.get('ACvW')!), []);
});

moves.run();
