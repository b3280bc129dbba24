import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { InputError } from '../../base/diagnostics.js';
import { technologies as print } from '../../cli/technologies.js';
import { DIMENSIONS, type Dimension, toSi } from '../../topologies/figures/dimensions.js';
import { documentsOfPackage } from '../../topologies/figures/documents.js';
import { referenceModel } from '../../topologies/index.js';
import { findTechnology, readTechnologies, technologyTexts } from '../../topologies/technologies.js';
import { loadTechnologies } from '../../topologies/technology-load.js';
import { ACCESS_KINDS } from '../../topologies/technology-schema.js';
import { printed } from './printed.js';

const texts = technologyTexts();
const networks = referenceModel().networks.map((network) => network.name);
const library = readTechnologies(networks);
const byName = new Map(library.map((technology) => [technology.name, technology]));

/** Every map below `value` that has a `value`, with its path. */
function writtenFigures(value: unknown, path = ''): { path: string; figure: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value) return [{ path, figure: value as Record<string, unknown> }];
  return Object.entries(value).flatMap(([key, inner]) => writtenFigures(inner, `${path}.${key}`));
}

/** Paths of all numbers of a loaded technology. */
function numbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbers(inner, path === '' ? key : `${path}.${key}`));
}

/** `CODE path found nearest` of each problem of the library with a part of rf-mesh.yaml changed. */
function problems(from: string, to: string): string[] {
  const text = texts['rf-mesh.yaml']!;
  assert.ok(text.includes(from), `${from} is in the file`);
  try {
    loadTechnologies({ 'rf-mesh.yaml': text.replace(from, to) }, documentsOfPackage(), networks);
  } catch (error) {
    assert.instance(error, InputError);
    return (error as InputError).diagnostics.map((d) =>
      `${d.code} ${d.path} ${d.found ?? ''} ${d.nearest ?? ''}`.trim(),
    );
  }
  return [];
}

const figures = suite('figures');
figures('are written with a unit and a source, every one of them', () => {
  const all = Object.values(texts).flatMap((text) => writtenFigures(parse(text)));
  assert.ok(all.length > 700, String(all.length));
  for (const { path, figure } of all) {
    assert.equal(Object.keys(figure).sort(), ['source', 'unit', 'value'], path);
    assert.match(String(figure['source']), /^(assumption: |computed: )?.{3}/, path);
  }
});
figures('stand behind every number of every technology, and behind nothing else', () => {
  for (const { figures: behind, ...technology } of library) {
    assert.equal(Object.keys(behind).sort(), numbers(technology).sort(), technology.name);
  }
});
figures('have a source that says a document, a formula or a reason', () => {
  for (const { name, figures: behind } of library) {
    for (const [path, { source, written }] of Object.entries(behind)) {
      assert.ok(source.text.length > 3 && written.length > 0, `${name} ${path}`);
      assert.is(source.kind === 'published', source.read !== undefined, `${name} ${path}`);
    }
  }
});
figures('without a source are refused', () => {
  assert.equal(problems(', source: "wisun-br-linux, common/ws/ws_regdb.c"', ''), [
    'MISSING_KEY wi-sun-fsk-50.rates.up.phy.source',
  ]);
  assert.equal(problems('assumption: unlicensed band', 'assumption: '), [
    'SYNTAX wi-sun-fsk-50.cost.linkCapex.source assumption:',
  ]);
  assert.equal(problems('"wisun-br-linux, common', '"wisun-br-linus, common'), [
    'UNKNOWN_NAME wi-sun-fsk-50.rates.up.phy.source wisun-br-linus wisun-br-linux',
  ]);
});
figures('are kept in SI units', () => {
  const { rates, framing, loss, reach, access } = byName.get('wi-sun-fsk-50')!;
  assert.is(rates.up.phyBps, 50_000);
  assert.is(framing.headerB, 65);
  assert.is(loss.frame, 0.05);
  assert.is(reach.ruralM, 1000);
  assert.is(access.kind === 'mesh' && access.hop.kind === 'csma-802.15.4' && access.hop.unitBackoffS, 0.00116);
  assert.is(toSi(2, 'USD/month', 'moneyPerYear'), 24);
  assert.is(toSi(4.9, 'us/km', 'timePerLength'), 4.9e-9);
});
figures('in any unit of their dimension give whole multiples without noise', () => {
  const cases = Object.entries(DIMENSIONS).flatMap(([dimension, { units }]) =>
    Object.entries(units).map(([unit, factor]) => ({ dimension: dimension as Dimension, unit, factor })),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...cases),
      fc.integer({ min: 0, max: 99_999 }),
      ({ dimension, unit, factor }, value) => {
        const digits = -Math.floor(Math.log10(factor));
        const exact = factor >= 1 ? value * factor : Number(`${value}e-${digits}`);
        assert.is(toSi(value, unit, dimension), exact);
      },
    ),
  );
});
figures.run();

const technologies = suite('technology library');
technologies('covers what smart grids use', () => {
  const wanted =
    'wi-sun-fsk-50 wi-sun-fsk-150 wi-sun-fsk-300 wi-sun-ofdm-800 pmp-narrowband plc-prime plc-g3-cenelec-a mas-9600 ' +
    'mas-19200 gprs umts lte-cat-1 lte-m nb-iot private-lte wimax wi-fi-54 microwave fibre ethernet-100 mpls-t1 dsl vsat ' +
    'leo zigbee homeplug-green-phy';
  assert.equal(
    wanted.split(' ').filter((name) => !byName.has(name)),
    [],
  );
});
technologies('has something for every network of the reference architecture', () => {
  const suited = new Set(library.flatMap((technology) => technology.networks));
  assert.equal(suited, new Set(networks));
});
technologies('has every kind of access but the plainest contention in real use', () => {
  const kinds = library.flatMap(({ access }) => (access.kind === 'mesh' ? ['mesh', access.hop.kind] : [access.kind]));
  assert.equal(new Set(kinds), new Set(ACCESS_KINDS));
});
technologies('never gives frames more than the radio has, nor loses more after repetition than before', () => {
  for (const { name, rates, loss, framing, availability } of library) {
    for (const rate of [rates.up, rates.down]) assert.ok((rate.effectiveBps ?? 0) <= rate.phyBps, name);
    assert.ok(loss.residual <= loss.frame && loss.frame < 0.5, name);
    assert.ok(availability > 0.9 && availability < 1, name);
    assert.ok(framing.headerB < framing.payloadB + 1, name);
  }
});
technologies('says of each what it leaves out and, by that, which way it errs', () => {
  for (const { name, leavesOut } of library) assert.ok(leavesOut.length > 60, name);
});
technologies('goes through JSON unchanged, as the build stores it', () => {
  assert.equal(JSON.parse(JSON.stringify(library)), library);
});
technologies('has the figures that the sources print', () => {
  const of = (name: string) => byName.get(name)!;
  // Four slots of coding scheme 2 down, one up; radio blocks of 20 ms.
  assert.is(of('gprs').rates.down.phyBps, 4 * 13_400);
  assert.is(of('gprs').rates.down.blockBits! / of('gprs').rates.down.effectiveBps!, 0.02);
  // 48 bits in 2.24 ms; 18 bits in 695 us.
  const symbolS = ({ phyBps, blockBits }: { phyBps: number; blockBits?: number }) => blockBits! / phyBps;
  assert.ok(Math.abs(symbolS(of('plc-prime').rates.up) - 2.24e-3) < 1e-15);
  assert.ok(Math.abs(symbolS(of('plc-g3-cenelec-a').rates.up) - 695e-6) < 1e-15);
  assert.ok(Math.abs(symbolS(of('plc-g3-fcc').rates.up) - 232e-6) < 1e-15);
  // Preamble of 9.5 symbols of 640 us and 13 symbols of 695 us; CIFS of 8 of these.
  assert.is(of('plc-g3-cenelec-a').framing.preambleTimeS, 0.015115);
  assert.is(of('plc-g3-cenelec-a').framing.gapTimeS, 0.00556);
  // Symbols of 120 us.
  for (const name of ['wi-sun-ofdm-800', 'wi-sun-ofdm-2400']) assert.is(symbolS(of(name).rates.up), 120e-6);
});
technologies.run();

const like = suite('like');
like('takes over what is not written, sources included', () => {
  const [slow, fast] = [byName.get('wi-sun-fsk-50')!, byName.get('wi-sun-fsk-150')!];
  assert.is(fast.rates.up.phyBps, 150_000);
  assert.is(fast.framing.headerB, slow.framing.headerB);
  assert.equal(fast.figures['framing.headerB'], slow.figures['framing.headerB']);
  assert.equal(fast.networks, slow.networks);
  assert.is(slow.framing.preambleB, 12);
});
like('replaces access as a whole, so that nothing of another kind is left over', () => {
  const { access, figures: behind } = byName.get('vsat-aloha')!;
  assert.is(access.kind, 'slotted-aloha');
  const ofAccess = Object.keys(behind).filter((path) => path.startsWith('access.'));
  assert.equal(ofAccess.sort(), ['access.copies', 'access.slotS', 'access.spreadS']);
});
like('names a technology above', () => {
  assert.equal(problems('like: wi-sun-fsk-50', 'like: wi-sun-fsk-5'), [
    'UNKNOWN_NAME wi-sun-fsk-150.like wi-sun-fsk-5 wi-sun-fsk-50',
  ]);
});
like.run();

const mistakes = suite('mistakes in a technology');
mistakes('are answered with their place and the nearest name', () => {
  assert.equal(problems('networks: [NAN, FAN]', 'networks: [NAM, FAN]'), [
    'UNKNOWN_NAME wi-sun-fsk-50.networks[0] NAM NAN',
  ]);
  assert.equal(problems('kind: csma-802.15.4', 'kind: csma-802.15'), [
    'UNKNOWN_NAME wi-sun-fsk-50.access.hop.kind csma-802.15 csma-802.15.4',
  ]);
  assert.equal(problems('preamble: {', 'preambel: {'), [
    'UNKNOWN_KEY wi-sun-fsk-50.framing.preambel preambel preamble',
  ]);
  assert.equal(problems('value: 50, unit: kbit/s', 'value: 50, unit: kbps'), [
    'UNKNOWN_NAME wi-sun-fsk-50.rates.up.phy.unit kbps kbit/s',
  ]);
});
mistakes('in numbers are found', () => {
  assert.equal(problems('value: 50, unit: kbit/s', 'value: 0, unit: kbit/s'), [
    'OUT_OF_RANGE wi-sun-fsk-50.rates.up.phy.value 0',
  ]);
  assert.equal(problems("value: 5, unit: '%'", "value: 105, unit: '%'"), [
    'OUT_OF_RANGE wi-sun-fsk-50.loss.frame.value 105',
  ]);
  assert.equal(problems('least: { value: 100,', 'least: { value: 1001,')[0]?.split(' ').slice(0, 2), [
    'OUT_OF_RANGE',
    'wi-sun-fsk-50.endpoints',
  ]);
});
mistakes('of the same name in two files are found', () => {
  const text = texts['narrowband.yaml']!;
  assert.throws(
    () => loadTechnologies({ 'a.yaml': text, 'b.yaml': text }, documentsOfPackage()),
    (error: InputError) => error.diagnostics.every((d) => d.code === 'DUPLICATE' && d.file.endsWith('b.yaml')),
  );
});
mistakes.run();

const find = suite('findTechnology');
find('answers a misspelt name with the nearest', () => {
  assert.is(findTechnology('gprs').name, 'gprs');
  assert.throws(() => findTechnology('wisun-fsk-50'), /nearest {2}wi-sun-fsk-50/);
});
find.run();

const command = suite('fanplan technologies');
command('lists every technology', () => {
  const out = printed(() => print(undefined, {}));
  for (const { name } of library) assert.match(out, new RegExp(`^${name} `, 'm'));
});
command('explains one with the value and source of each figure', () => {
  const out = printed(() => print('zigbee', {}));
  const { figures: behind } = byName.get('zigbee')!;
  for (const [path, { written, source }] of Object.entries(behind)) {
    const line = out.split('\n').find((text) => text.startsWith(`${path} `));
    assert.ok(line?.includes(written) && line.includes(source.text), path);
  }
});
command('prints as JSON what the library has', () => {
  assert.equal(JSON.parse(printed(() => print(undefined, { json: true }))), library);
  assert.equal(JSON.parse(printed(() => print('leo', { json: true }))), byName.get('leo'));
});
command.run();
