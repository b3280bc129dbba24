import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { catalogueFolder, sgNetwork } from '../../payloads/catalogue.js';
import { parseLoadFlag } from '../../payloads/grammar/load-flag.js';
import { loadCatalogue } from '../../payloads/load.js';
import { referenceModel } from '../../topologies/index.js';

const catalogue = sgNetwork();
const flows = catalogue.rows.flatMap((row) => row.flows.map((flow) => ({ row, flow })));

const sg = suite('sgNetwork');

sg('is the catalogue of the YAML, whether or not the build has precompiled it', () => {
  const actors = referenceModel()
    .actors.filter((actor) => actor.node !== true)
    .map((actor) => actor.name);
  assert.equal(loadCatalogue(catalogueFolder('sg-network'), { actors }), catalogue);
});

sg('is the same object each time', () => {
  assert.is(sgNetwork(), catalogue);
});

sg(
  'lists the two valve payloads that stand in no scenario table, beside the derived rows that carry their flows',
  () => {
    const ids = (origin: string) => catalogue.rows.filter((row) => row.origin === origin).map((row) => row.id);
    assert.equal(ids('listed'), ['4.15.3/valve_opr_cancel_cmd', '4.15.3/valve_post-oper-info_resp-data']);
    assert.equal(ids('derived'), [
      '4.15.4.7/valve_opr_cancel_cmd',
      '4.15.4.7/valve_opr_cmd_ack',
      '4.15.4.10/valve_post-oper-info_resp-data',
    ]);
  },
);

sg('has flows for every printed or derived row, but none for copies', () => {
  for (const row of catalogue.rows) {
    if (row.origin === 'detail') continue; // a hop has flows only when its payload stands nowhere else
    assert.is(row.flows.length === 0, row.copyOf !== undefined || row.origin === 'listed', row.id);
  }
});

sg('has one DSDR flow for each of the 28 rows with a DSDR window, at high load only', () => {
  const printed = catalogue.rows.filter((row) => /times a year/.test(row.cells?.when ?? ''));
  const dsdr = flows.filter(({ flow }) => flow.mode === 'dsdr');
  assert.is(printed.length, 28);
  assert.equal(
    dsdr.map(({ row }) => row.id),
    printed.map((row) => row.id),
  );
  for (const { flow } of dsdr) assert.equal([flow.loads, flow.when.kind], [['highload'], 'period'], flow.id);
});

sg('puts flows of a row together under each load that its cells mark', () => {
  for (const row of catalogue.rows) {
    if (row.flows.length === 0 || row.origin === 'detail') continue;
    for (const load of ['baseload', 'highload'] as const) {
      const marked = parseLoadFlag(row.cells![load]).on;
      assert.is(
        row.flows.some((flow) => flow.loads.includes(load)),
        marked,
        `${row.id} ${load}`,
      );
    }
  }
});

sg('gives each flow a period or an event, never both', () => {
  for (const { flow } of flows) {
    const { period, event } = flow.howOften;
    assert.ok((period === undefined) !== (event === undefined), flow.id);
  }
});

sg('lets every answer follow a flow that exists', () => {
  const ids = new Set(flows.map(({ flow }) => flow.id));
  assert.is(ids.size, flows.length);
  for (const { flow } of flows) if (flow.answers !== undefined) assert.ok(ids.has(flow.answers.to), flow.id);
});

sg('gives every missing quantity a value', () => {
  const names = new Set(catalogue.missing.map(({ name }) => name));
  for (const { flow } of flows) {
    for (const quantity of [
      flow.howOften.times,
      flow.size.sizeB,
      ...flow.reliability.tiers.map(({ share }) => share),
    ]) {
      if (typeof quantity === 'object' && 'missing' in quantity) assert.ok(names.has(quantity.missing), flow.id);
    }
  }
});

sg.run();
