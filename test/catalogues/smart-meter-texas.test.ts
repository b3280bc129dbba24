import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario } from '../../pipeline.js';
import { volumetrics } from '../../sim/volumetrics.js';

const scenario = loadScenario(join(packageRoot, 'scenarios', 'smart-meter-texas.yaml'));
const plan = compile(scenario);
const loads = volumetrics(plan);

/** Closed-form deliveries of the flows whose ids match. */
function delivered(pattern: RegExp): number {
  return plan.flows.catalogueFlow.reduce((sum, id, f) => sum + (pattern.test(id) ? loads.flows.delivered[f]! : 0), 0);
}

const close = (a: number, b: number, what: string) =>
  assert.ok(Math.abs(a - b) <= 1e-9 * Math.abs(b), `${what}: ${a} instead of ${b}`);

const texas = suite('Smart Meter Texas');

texas('has a report for each type and duration, a monthly one of a day excepted', () => {
  const kinds = (payload: string) =>
    new Set(
      plan.flows.catalogueFlow.flatMap((id) => {
        const label = new RegExp(`${payload}/((?:interval|daily|monthly)-\\d+[dmy])`).exec(id);
        return label === null ? [] : [label[1]];
      }),
    );
  for (const payload of ['smt_report_data', 'smt_report_file', 'smt_api_report_file']) {
    assert.is(kinds(payload).size, 3 * 5 - 1, payload);
    assert.not(kinds(payload).has('monthly-1d'));
  }
});

texas('reports have a first line and a line for each quarter hour, day or month', () => {
  const line = {
    interval: '10443720007574303,01/01/2012,00:00,00:15,1234.567,A\r\n'.length,
    daily: '10443720007574303,01/01/2012,12345.678,12345.678,1234.567\r\n'.length,
    monthly: '10443720007574303,01/01/2012,01/31/2012,12345.678,1234.567\r\n'.length,
  };
  const lines: [keyof typeof line, string, number][] = [
    ['interval', '1d', 96],
    ['interval', '1y', 35_040],
    ['daily', '1y', 365],
    ['monthly', '1y', 12],
    ['monthly', '3m', 3],
  ];
  for (const [type, duration, records] of lines) {
    const f = plan.flows.catalogueFlow.findIndex((id) => id.endsWith(`smt_report_data/${type}-${duration}-portal`));
    close(plan.flows.sizeB[f]!, 150 + records * line[type], `${type} ${duration}`);
  }
});

texas('the page has the sizes that run', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'systems', 'smart-meter-texas.md'), 'utf8');
  for (const [type, name] of [
    ['interval', '15-minute interval'],
    ['daily', 'daily'],
    ['monthly', 'monthly'],
  ] as const) {
    const cells = new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(page)![1]!.split(' | ').slice(2);
    ['1d', '1m', '3m', '6m', '1y'].forEach((duration, i) => {
      const f = plan.flows.catalogueFlow.findIndex((id) => id.endsWith(`smt_report_data/${type}-${duration}-portal`));
      if (f < 0) assert.is(cells[i], '–');
      else assert.is(cells[i]!.replace(/[, kB]/g, ''), (plan.flows.sizeB[f]! / 1000).toFixed(1), `${type} ${duration}`);
    });
  }
});

texas('every accepted agreement gets one report, of one kind', () => {
  for (const label of ['portal', 'campaign', 'api']) {
    const accepted = delivered(new RegExp(`smt_accept_cmd/${label}$`));
    assert.ok(accepted > 0, label);
    close(delivered(new RegExp(`smt_report_cmd/${label}$`)), accepted, `${label} asked for`);
    close(delivered(new RegExp(`smt_report_data/.*-${label}$`)), accepted, `${label} drawn`);
  }
  close(delivered(/smt_report_file\/.*-campaign$/), delivered(/smt_accept_cmd\/campaign$/), 'fetched');
});

texas('half of the invitations are accepted, a tenth rejected, one in fifty comes too late', () => {
  const invited = delivered(/smt_em201_invitation\/campaign$/);
  for (const [payload, share] of [
    ['accept', 0.5],
    ['reject', 0.1],
    ['late', 0.02],
  ] as const) {
    close(delivered(new RegExp(`smt_${payload}_cmd/campaign$`)) / invited, share, payload);
  }
  // A twentieth of the forms comes to no agreement.
  close(invited, 0.95 * 7_000_000 * 0.005, 'invitations of the campaign');
});

texas('an ordinary day has 20 agreements per thousand ESIIDs and year, forms and calls together', () => {
  const asked = delivered(/smt_request_form_cmd\/portal$/) + delivered(/smt_api_request_cmd$/);
  close(asked, (7_000_000 * 20) / 1000 / 365, 'asked for');
});

texas('third parties with more than 25 agreements search, others see a list', () => {
  assert.is(delivered(/smt_agreements_list_page$/), 0);
  assert.ok(delivered(/smt_agreements_search_page$/) > 100);
  // 25 agreements for each of 30 third parties
  const text = `name: a\ncatalogues: [smart-meter-texas]\ndeployment: { meters: 1000, counts: { smtAgreementsPerThousandEsiidYear: 750 } }\n`;
  const few = compile(loadScenario({ text, file: 'a.yaml' }));
  const expected = volumetrics(few).flows.delivered;
  const of = (payload: string) => expected[few.flows.catalogueFlow.findIndex((id) => id.endsWith(payload))] ?? 0;
  assert.ok(of('smt_agreements_list_page') > 100);
  assert.is(of('smt_agreements_search_page'), 0);
  const list = few.flows.catalogueFlow.findIndex((id) => id.endsWith('smt_agreements_list_page'));
  close(few.flows.sizeB[list]!, 60_000 + 25 * 120, 'a full list');
});

texas("the campaign's four hours from two o'clock carry what its third party gets", () => {
  const link = plan.links.name.indexOf('Internet smt-campaign down');
  const bins = plan.time.binHour.length;
  const bytes = loads.bins.bytes.slice(loads.linkStart[link]! * bins, (loads.linkStart[link]! + 1) * bins);
  const during = bytes.filter((_, b) => plan.time.binHour[b]! >= 14 && plan.time.binHour[b]! < 18);
  const sum = (list: Float64Array) => list.reduce((x, y) => x + y, 0);
  assert.ok(sum(bytes) > 10e9, `${sum(bytes)}`);
  close(sum(during), sum(bytes), 'all of it'); // answers count in the hour of the invitation in closed form
});

texas.run();
