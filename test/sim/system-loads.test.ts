/** What each system adds to a link, against the loads of scenarios in which it is alone. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import { busyHour } from '../../sim/busy-hour.js';
import { linkResults } from '../../sim/link-results.js';
import { offeredPerBin } from '../../sim/offered.js';
import type { Plan } from '../../sim/plan.js';
import type { SystemLoad } from '../../sim/results.js';
import { systemLoads } from '../../sim/system-loads.js';
import { volumetrics } from '../../sim/volumetrics.js';

function near(found: number, wanted: number, within: number): void {
  assert.ok(Math.abs(found - wanted) <= within, `${found} instead of ${wanted}`);
}

const SYSTEMS = ['sg-network', 'smartconnect-c6', 'ami-d3'];
const text = (catalogues: readonly string[], links = 'NAN: { rate: 100 kbit/s, delay: 5 ms }') => `name: t
catalogues: [${catalogues.join(', ')}]
profile: AHEMCvIW
warmUp: none
deployment:
  meters: 1000
  dapSizes: [700, 300]
  han: { premises: 200 }
${catalogues.includes('ami-d3') ? '  counts: { dgCustomers: 100 }\nevents: [{ dg-dispatch: { at: 17:00, spread: 1 min } }]\n' : ''}links: { ${links} }
`;
const open = (catalogues: readonly string[], links?: string): Plan =>
  compile(loadScenario({ text: text(catalogues, links), file: 'test.yaml' }));

/** Bytes per bin of a link in an area, by the plan's volumetrics. */
function bytesOn(plan: Plan, link: string, instance: number): Float64Array {
  const { bins, linkStart } = volumetrics(plan);
  const l = plan.links.name.indexOf(link);
  const perArea = bins.bytes.length / linkStart[linkStart.length - 1]!;
  const row = linkStart[l]! + instance;
  return l < 0 ? new Float64Array(perArea) : bins.bytes.subarray(row * perArea, (row + 1) * perArea);
}
/** `dap 2` is instance 1. */
const instanceOf = ({ area }: SystemLoad) => (area === 'centre' ? 0 : Number(area.split(' ')[1]) - 1);

const systems = suite('systemLoads');
const together = open(SYSTEMS);
const rows = systemLoads(together, volumetrics(together));
const alone = new Map(SYSTEMS.map((system) => [system, open([system])]));

systems('has no rows where there is one system', () => {
  for (const plan of alone.values()) assert.equal(systemLoads(plan, volumetrics(plan)), []);
});

systems('each system has the bytes that it has alone, in the busy hour of all and in its own', () => {
  assert.ok(rows.length > 30);
  for (const row of rows) {
    const plan = alone.get(row.system)!;
    const bytes = bytesOn(plan, row.link, instanceOf(row));
    const hour = plan.time.binLabel.findIndex((label) => label.endsWith(row.busyHour));
    near(row.busyHourBytes, bytes[hour]!, 1e-6 * (1 + bytes[hour]!));
    const own = busyHour(plan.time, bytes);
    assert.is(row.ownBusyHour, own.label, `${row.link} ${row.system}`);
    near(row.ownBusyHourBps, own.bps, 1e-6 * (1 + own.bps));
  }
});

systems('on each link shares add up to 1 and utilisations to that of the link, in the area where it is busiest', () => {
  const expected = volumetrics(together);
  const links = linkResults(together, [], expected, offeredPerBin(together, [], expected));
  const of = (link: string) => rows.filter((row) => row.link === link);
  for (const link of new Set(rows.map((row) => row.link))) {
    const own = of(link);
    near(
      own.reduce((sum, row) => sum + row.share, 0),
      1,
      1e-9,
    );
    const areas = links.filter((row) => row.link === link);
    const busiest = Math.max(...areas.map((row) => row.busyHourBps));
    near(
      own.reduce((sum, row) => sum + row.busyHourBps, 0),
      busiest,
      1e-6 * (1 + busiest),
    );
    const result = areas.find((row) => row.area === own[0]!.area)!;
    assert.is(result.busyHourBps, busiest);
    const bothWays = ['NAN', 'HAN', 'Local', 'FAN'].includes(result.network); // half duplex: the server counts both
    const sum = own.reduce((total, row) => total + row.utilisation, 0);
    if (!bothWays) near(sum, result.busyHourUtilisation, 1e-9);
    else assert.ok(sum <= result.busyHourUtilisation * (1 + 1e-9), link);
  }
});

systems('what keeps sessions open is nobody’s', () => {
  const plan = open(SYSTEMS, 'WAN: { technology: lte-cat-1, stack: ipv4/tcp/tls/mqtt, sessions: persistent }');
  const wan = systemLoads(plan, volumetrics(plan)).filter(({ network }) => network === 'WAN');
  assert.equal([...new Set(wan.map(({ system }) => system))].sort(), [...SYSTEMS, 'upkeep'].sort());
  near(
    wan.filter(({ link }) => link === 'WAN dap up').reduce((sum, row) => sum + row.share, 0),
    1,
    1e-9,
  );
});

systems.run();
