import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { catalogueOf } from '../../payloads/load.js';
import type { CatalogueFlow } from '../../payloads/types.js';
import { ACTORS, files, row, useCase } from './small-catalogue.js';

/** The flows of a catalogue of these rows, by id. */
function flowsOf(rows: readonly string[]): Record<string, CatalogueFlow> {
  const catalogue = catalogueOf(files(rows), { actors: ACTORS });
  return Object.fromEntries(catalogue.rows.flatMap((found) => found.flows.map((flow) => [flow.id, flow])));
}

const load = suite('catalogueOf');

load('makes a row without flows one flow of its cells', () => {
  const [only, ...others] = Object.values(flowsOf([row('read_cmd')]));
  assert.is(others.length, 0);
  assert.equal(only, {
    id: '4.1.4.1/read_cmd',
    from: ['MDMS'],
    to: ['Meter'],
    loads: ['baseload', 'highload'],
    cast: 'unicast',
    howOften: {
      text: '25 per 1000 per | ElectrMtr per | day',
      times: { least: 25, most: 25 },
      perThousand: true,
      population: 'ElectrMtr',
      period: { count: 1, unit: 'day', periodS: 86_400 },
    },
    latency: { text: '< 15 sec', budgetS: { least: 15, most: 15 } },
    reliability: { text: '> 98%', tiers: [{ share: 0.98, strict: true }] },
    when: { text: '24x7', kind: 'always' },
    size: { text: '25', sizeB: { least: 25, most: 25 } },
  });
});

load('keeps cells as printed, with white space folded and nothing else', () => {
  const { rows } = catalogueOf(files([row('read_cmd', { baseload: 'X –  VVC', latency: '< 15   sec' })]));
  assert.is(rows[0]!.cells!.baseload, 'X – VVC');
  assert.is(rows[0]!.cells!.latency, '< 15 sec');
});

load('lets a flow state one alternative of a cell and inherit the rest', () => {
  const flows = flowsOf([
    row('read_cmd', { latency: '< 15 sec,< 1 hr', to: 'Meter,DAPjm' }, [
      'flows:',
      '  - { label: near, to: [Meter], latency: < 15 sec }',
      '  - { label: far, to: [DAPjm], latency: < 1 hr }',
    ]),
  ]);
  assert.equal(Object.keys(flows), ['4.1.4.1/read_cmd/near', '4.1.4.1/read_cmd/far']);
  assert.equal(flows['4.1.4.1/read_cmd/far']!.latency.budgetS, { least: 3600, most: 3600 });
  assert.equal(flows['4.1.4.1/read_cmd/far']!.to, ['DAPjm']);
  assert.is(flows['4.1.4.1/read_cmd/far']!.size.text, '25');
});

load('takes the loads from the marked cells', () => {
  const flows = flowsOf([
    row('a_cmd', { baseload: '0' }),
    row('b_cmd', { baseload: '' }),
    row('c_cmd', { highload: 'X - DSDR' }),
  ]);
  assert.equal(
    Object.values(flows).map((flow) => flow.loads),
    [['highload'], ['highload'], ['baseload', 'highload']],
  );
});

load('takes broadcast and multicast from the name of the payload', () => {
  const flows = flowsOf([
    row('price_brdcst'),
    row('image_broadcast_cmd'),
    row('price_mltcst'),
    row('image_multicast_cmd'),
  ]);
  assert.equal(
    Object.values(flows).map((flow) => flow.cast),
    ['broadcast', 'broadcast', 'multicast', 'multicast'],
  );
});

load('finds events by their texts in the source', () => {
  const flows = flowsOf([row('gasp', { howOften: '1 per | ElectrMtr per | Lost-power-event' })]);
  assert.is(flows['4.1.4.1/gasp']!.howOften.event, 'lost-power');
});

load('takes an event counted in a period for an event only where the list knows it with the period', () => {
  const flows = flowsOf([
    row('known', { howOften: '1 per 1000 per | ElectrMtr per | SW oper per day' }),
    row('other', { howOften: '2 per | ElectrMtr per | firmware update per year' }),
    row('named', { howOften: '2 per | ElectrMtr per | price event per year' }, ['flows: [{ event: tou-price }]']),
  ]);
  assert.is(flows['4.1.4.1/known']!.howOften.event, 'switch-operation');
  assert.equal(flows['4.1.4.1/other']!.howOften, {
    text: '2 per | ElectrMtr per | firmware update per year',
    times: { least: 2, most: 2 },
    perThousand: false,
    population: 'ElectrMtr',
    period: { count: 1, unit: 'year', periodS: 31_536_000 },
    occasion: 'firmware update',
  });
  assert.is(flows['4.1.4.1/named']!.howOften.event, 'tou-price');
});

load('resolves the event of a deadline', () => {
  const when = flowsOf([row('fault', { when: 'within < 3 min of fault event' })])['4.1.4.1/fault']!.when;
  assert.equal(when, { text: 'within < 3 min of fault event', kind: 'deadline', withinS: 180, event: 'lost-power' });
});

load('gives symbols the names that the row says', () => {
  const flow = flowsOf([
    row('file', { howOften: 'x per | DAPjm per | day', size: 'xMB' }, ['missing: { x: reads, xMB: bulkFileMB }']),
  ])['4.1.4.1/file']!;
  assert.equal(flow.howOften.times, { missing: 'reads' });
  assert.equal(flow.size.sizeB, { missing: 'bulkFileMB' });
});

load('makes a symbol before an event the times, and the number before the population the multiplier', () => {
  const flow = flowsOf([
    row('step', { howOften: '3 per | DAPjm per | x lost-power-event' }, ['missing: { x: reads }']),
  ]);
  const { times, multiplier } = flow['4.1.4.1/step']!.howOften;
  assert.equal({ times, multiplier }, { times: { missing: 'reads' }, multiplier: { least: 3, most: 3 } });
});

load('counts an alias as its population when a reading says so', () => {
  const rows = [row('read', { howOften: '1 per | ElecMtr per | day' }, ['readings: [ElecMtr is ElectrMtr]'])];
  assert.is(flowsOf(rows)['4.1.4.1/read']!.howOften.population, 'ElectrMtr');
});

load('resolves an answer to the flow of the same label', () => {
  const flows = 'flows: [{ label: near, to: [Meter] }, { label: far, to: [DAPjm] }]';
  const back = 'flows: [{ label: near, from: [Meter] }, { label: far, from: [DAPjm] }]';
  const found = flowsOf([
    row('read_cmd', { to: 'Meter,DAPjm' }, [flows]),
    row('read_ack', { from: 'Meter,DAPjm', to: 'MDMS' }, [back, 'answers: { to: read_cmd, share: each }']),
  ]);
  assert.equal(found['4.1.4.1/read_ack/near']!.answers, { to: '4.1.4.1/read_cmd/near', share: 'each' });
  assert.equal(found['4.1.4.1/read_ack/far']!.answers, { to: '4.1.4.1/read_cmd/far', share: 'each' });
});

load('resolves an answer to the only flow of a row, whatever its label', () => {
  const back = 'flows: [{ label: near, from: [Meter] }, { label: far, from: [DAPjm] }]';
  const found = flowsOf([
    row('read_cmd'),
    row('read_ack', { from: 'Meter,DAPjm', to: 'MDMS' }, [back, 'answers: { to: 4.1.4.1/read_cmd, share: 0.5 }']),
  ]);
  assert.equal(found['4.1.4.1/read_ack/far']!.answers, { to: '4.1.4.1/read_cmd', share: 0.5 });
});

load('takes LICs and C-I-A of a payload from the table of its use case', () => {
  const text = useCase(
    [row('read_cmd'), row('read_ack')],
    '  read_cmd: { lics: "13, 15", cia: L-M-L, section: "4.1.3" }',
  );
  const { rows } = catalogueOf(files([], { 'reading.yaml': text }));
  assert.equal([rows[0]!.lics, rows[0]!.cia], ['13, 15', 'L-M-L']);
  assert.equal([rows[1]!.lics, rows[1]!.cia], [null, null]);
});

load('makes a row of origin listed of a payload that stands in no scenario table', () => {
  const text = useCase([row('read_cmd')], '  other_cmd: { lics: 7, cia: null, section: "4.1.3", type: ack }');
  const { rows } = catalogueOf(files([], { 'reading.yaml': text }));
  const { id, origin, type, lics, cia, cells, flows } = rows[1]!;
  assert.equal(
    { id, origin, type, lics, cia, cells, flows },
    { id: '4.1.3/other_cmd', origin: 'listed', type: 'ack', lics: '7', cia: null, cells: null, flows: [] },
  );
});

load('gives copies no flows', () => {
  const { rows } = catalogueOf(files([row('read_cmd'), row('again_cmd', {}, ['copyOf: 4.1.4.1/read_cmd'])]));
  assert.equal([rows[1]!.copyOf, rows[1]!.flows], ['4.1.4.1/read_cmd', []]);
});

load('numbers the hops of a path, which need not say how often', () => {
  const hop = row('read_cmd', { howOften: '', when: '' }, ['origin: detail']);
  const { rows } = catalogueOf(files([row('read_cmd'), hop, hop]));
  assert.equal(
    rows.map(({ id, flows }) => [id, flows.length]),
    [
      ['4.1.4.1/read_cmd', 1],
      ['4.1.4.1/read_cmd/hop-1', 0],
      ['4.1.4.1/read_cmd/hop-2', 0],
    ],
  );
});

load('orders use cases by their sections as numbers', () => {
  const other = (id: string, section: string) =>
    useCase([])
      .replace('id: reading', `id: ${id}`)
      .replace('section: "4.1"', `section: "${section}"`)
      .replace(/\n {2}- section[\s\S]*/, ' []\n');
  const texts = files([row('read_cmd')], { 'b.yaml': other('b', '4.10'), 'c.yaml': other('c', '4.9') });
  assert.equal(
    catalogueOf(texts).useCases.map(({ id }) => id),
    ['reading', 'c', 'b'],
  );
});

load('hashes the content: the same for the same, another for a changed cell, none for a comment', () => {
  const hash = (rows: readonly string[], tail = '') => {
    const texts = files(rows);
    return catalogueOf({ ...texts, 'reading.yaml': `${texts['reading.yaml']}${tail}` }).hash;
  };
  assert.match(hash([row('read_cmd')]), /^[0-9a-f]{64}$/);
  assert.is(hash([row('read_cmd')]), hash([row('read_cmd')], '# a comment\n'));
  assert.is.not(hash([row('read_cmd')]), hash([row('read_cmd', { size: '26' })]));
});

load.run();
