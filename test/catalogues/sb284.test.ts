import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { builtInCatalogue } from '../../payloads/catalogue.js';
import { compile, loadScenario } from '../../pipeline.js';
import { openCatalogues } from '../../scenarios/catalogues.js';
import { volumetrics } from '../../sim/volumetrics.js';

const scenario = loadScenario(join(packageRoot, 'scenarios', 'sb284.yaml'));
const plan = compile(scenario);
const loads = volumetrics(plan);
const page = readFileSync(join(packageRoot, 'docs', 'systems', 'sb284.md'), 'utf8');
const counts = scenario.deployment.counts;

const records = suite('records of the data platform');

/**
 * Longest value that the document prints for each field of a record, in the order of its table; a number is the length
 * of a field without a whole printed value.
 */
const PRINTED: Readonly<Record<string, readonly (string | number)[]>> = {
  nhBillingRecordB: [
    ...['1080534000', 40, 'D1 Residential', '461329', '72042', '72651', '16.12', '0.06175', '0.00080', '0.00456'],
    ...['0.00055', '0.08238'],
  ],
  nhTouRecordB: ['UES TOU-RES', 'Mid-Peak Hourly', '6/12/18 10AM', '0.6875', 'KWH', 'Passed Val'],
  nhUsageRecordB: ['461329', '110002', 'UES TOU-RES', '6/12/18 10AM', '0.6875', 'KWH', 'Passed Val'],
  nhDemandRecordB: [
    ...['1602', '1002', '1222', 'KW Daily', 'R', '7/17/2018 12:00:00 AM', '21032', '6.851563', 'KW', '9'],
  ],
  nhRelationRecordB: ['Unitil-Fitchburg', '10.....00', '110002', '4..... ST FITCHBURG MA', 'NH', 'NH4000', '12002'],
  nhIndexRecordB: [...['110002', '16002', '40007', '20002', 5, '10002', '120002', '7866654', 8, 6, '400', '07', '102']],
  nhSystemRecordB: ['1612', '4658', '1515', 'Transfr LG', 'PSNH', '3177', '4', '22233', '2', 'GSEC'],
  nhStaticRecordB: [
    ...[30, 40, '1080534000', '461329', 'D1 Residential'],
    '16.120.061750.000800.004560.000550.08238'.length,
    '07',
  ],
};

records('are as long as the values that the document prints, with commas and a line end', () => {
  for (const [name, fields] of Object.entries(PRINTED)) {
    const bytes = fields.reduce((sum: number, field) => sum + (typeof field === 'number' ? field : field.length), 0);
    assert.is(counts[name], bytes + (fields.length - 1) + 2, name);
  }
});

records('stand on the page with the same sums', () => {
  for (const name of Object.keys(PRINTED)) {
    const row = new RegExp(`^\\| \`${name}\` .*\\| ([^|]*) \\| (\\d+) \\+ 2 \\| (\\d+) \\|$`, 'm').exec(page);
    assert.ok(row !== null, name);
    const fields = row[1]!.split(' + ').map((field) => Number(/\d+$/.exec(field)![0]));
    assert.is(Number(row[3]), counts[name], name);
    assert.is(fields.reduce((a, b) => a + b, 0) + Number(row[2]) + 2, counts[name], name);
  }
});

records('Green Button XML of an hour is the example of the page, counted', () => {
  const example = /```xml\n(.*)\n```/.exec(page)![1]!;
  assert.is(Number((counts['nhXmlFactor']! * counts['nhTouRecordB']!).toPrecision(12)), example.length);
  const xml = plan.flows.catalogueFlow.indexOf('sb284/T-03/sb_green_button_xml');
  assert.is(Math.round(plan.flows.sizeB[xml]!), 3000 + 365 * 24 * example.length);
});

records.run();

const platform = suite('the data platform on a day');

platform('has the master and the thirteen use cases of the document', () => {
  const ids = builtInCatalogue('sb284').useCases.map(({ id }) => id);
  assert.equal([...ids].sort(), [
    ...['core-01', 'core-02', 'core-03', 'core-04', 'core-05', 'core-06', 'sb284-platform'],
    ...['t-03', 't-04', 't-09', 't-14', 't-23', 't-24', 't-32'],
  ]);
});

platform('every utility uploads the hours of all its customers by its own access', () => {
  const batchB = 1000 * 24 * counts['nhUsageRecordB']!;
  const utilities = [
    'nhEversource',
    'nhUnitil',
    'nhLiberty',
    'nhNhec',
    'nhWolfeboro',
    'nhOtherMunicipal',
    'nhFitchburg',
  ];
  const flows = plan.flows.catalogueFlow.flatMap((id, f) => (/sb_usage_upload\//.test(id) ? [f] : []));
  assert.is(flows.length, utilities.length);
  const sent = flows.reduce((sum, f) => sum + loads.flows.delivered[f]! * plan.flows.sizeB[f]!, 0);
  const files = utilities.reduce((sum, name) => sum + Math.ceil(counts[name]! / 1000), 0);
  assert.is(Math.round(sent), Math.round(files * batchB));
  const access = new Set(flows.map((f) => plan.flows.catalogueFlow[f]!.split('/').at(-1)));
  for (const utility of access) assert.ok(plan.links.name.includes(`Internet sb-${utility} up`), utility);
});

platform('gas has one read a day, electricity twenty-four', () => {
  const size = (id: string) => plan.flows.sizeB[plan.flows.catalogueFlow.indexOf(id)]!;
  const [gas, electric] = [
    size('sb284/CORE-05/sb_gas_upload/liberty-gas'),
    size('sb284/CORE-01/sb_usage_upload/liberty'),
  ];
  assert.is(Math.round(electric / gas), 24);
});

platform('uploads go by night, pages by day: nothing of the one in the hours of the other', () => {
  const windowOf = (payload: RegExp) =>
    plan.sources.name.flatMap((name, s) => (payload.test(name) ? [plan.windows.name[plan.sources.window[s]!]!] : []));
  assert.equal([...new Set(windowOf(/_(usage|demand|gas|change|data|load)_upload\//))], ['10PM - 6AM']);
  assert.equal([...new Set(windowOf(/(tou_view|dashboard|consent|interconnection)_cmd/))], ['7AM - 10PM']);
});

platform('every message of the platform passes the one interface', () => {
  const { model } = openCatalogues(['sb284']);
  const flows = model.dataFlows.filter(({ from, to }) => [from, to].includes('SB284 Platform'));
  assert.equal(
    flows.map(({ from, to }) => [from, to].sort()),
    [['SB284 API', 'SB284 Platform']],
  );
});

platform('the utility of the deployment uploads through its own gateway where it is one more source', () => {
  const text = `name: a\ncatalogues: [sb284]\nuseCases: [core-01]\ndeployment: { counts: { nhOwn: 2500 } }\n`;
  const own = compile(loadScenario({ text, file: 'a.yaml' }));
  const f = own.flows.catalogueFlow.indexOf('sb284/CORE-01/sb_usage_upload/own');
  assert.is(volumetrics(own).flows.delivered[f], 3);
  assert.ok(own.links.name.some((name) => name.includes('r-MDMS-GwU')));
  assert.ok(own.links.name.some((name) => name.includes('sb-own')));
});

platform.run();
