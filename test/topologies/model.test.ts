import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { loadModel, type ModelTexts, modelTexts, referenceModel } from '../../topologies/index.js';

/** Data flow labels of the figures in 4.3.1.1 and 4.4.1.1, in the order of their text. */
const LABELS_4_3 = '2Aa 2C 2Fa 2Ja 2Jb 2Fb 2Ab 2Wa 2Wb 3Ab 3Aa 2Wd 2Dca 2Dcb 2Dcc';
const LABELS_4_4 =
  '4A 1Ca 1Cba 4ECR 4Ca 4Ba 4FCB 4FS 4FST 4FSW 4FRC 4Eb 4ERC 4ESW 4EST 4ES 4ECB 4ERG 4DRG 4DCB 4DS 4DST 4DSW 4DRC 4ERU 4F ' +
  '4FRG 1Cb 1Cc 4GRG 4GCB 4GS 4GST 4GSW 4GRC 4Ea 4ECG 4ECS 4GCG 4GCS 4FCG 4FCS 4DCG 4DCS';
/** References that sections 4.18 to 4.21 spell out. */
const PRINTED = '1Aa 1Ab 1B 1Ca 1Cba 1Cb 1Cc 1D 1Dg 1Dw 5Ba 5Bb 16Ab 16Cb';

const model = referenceModel();

function problems(change: Partial<ModelTexts>): string[] {
  try {
    loadModel({ ...modelTexts(), ...change });
  } catch (error) {
    assert.instance(error, InputError);
    return (error as InputError).diagnostics.map((d) =>
      `${d.code} ${d.path} ${d.found ?? ''} ${d.nearest ?? ''}`.trim(),
    );
  }
  return [];
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

const flows = suite('data flows');
flows('carry every data flow label of the diagrams', () => {
  const missing = `${LABELS_4_3} ${LABELS_4_4}`.split(' ').filter((label) => model.findDataFlow(label) === undefined);
  assert.equal(missing, []);
});
flows('are printed exactly where the text spells them out, and say elsewhere why', () => {
  const printed = model.dataFlows.filter((flow) => flow.origin === 'printed').map((flow) => flow.ref);
  assert.equal(new Set(printed), new Set(PRINTED.split(' ')));
  for (const { ref } of model.dataFlows) assert.is(model.basis(ref) === 'printed', printed.includes(ref), ref);
});
flows('of their own making begin with r- and have no label of the diagrams', () => {
  const labels = new Set(`${LABELS_4_3} ${LABELS_4_4} ${PRINTED} 16Aa 16Ac 16Ca 16Cc`.split(' '));
  for (const { ref } of model.dataFlows) assert.is(ref.startsWith('r-'), !labels.has(ref), ref);
});
flows('1D and 5Ba traverse the interface MeA of one DAP network', () => {
  const of = (ref: string) => [model.dataFlow(ref).interface, model.dataFlow(ref).network, model.dataFlow(ref).from];
  assert.equal(of('1D'), ['MeA', 'NAN', 'DAPjm']);
  assert.equal(of('5Ba'), of('1D'));
  assert.equal([of('1Dg')[0], of('1Dw')[0]], ['MgA', 'MwA']);
});
flows('all have ends that exist and a network of the list', () => {
  const networks = new Set(model.networks.map((network) => network.name));
  for (const flow of model.dataFlows) {
    assert.ok(model.findActor(flow.from) && model.findActor(flow.to), flow.ref);
    assert.ok(networks.has(flow.network) && (flow.via === undefined || networks.has(flow.via.network)), flow.ref);
  }
});
flows.run();

const actors = suite('actor');
actors('is found by the spellings of the source', () => {
  for (const [spelling, name] of [
    ['Feeder  sectionalizer', 'Feeder Sectionalizer'],
    ['2-Way Meter – Elec', '2-Way Meter - Electr'],
    ['2-Way Meter - Electr C/I', '2-Way Meter - Electr'],
    ['2-Way Meter - Gas Resdnt', '2-Way Meter - Gas'],
    ['Field Tools', 'Field Tool'],
    ['CIS', 'CIS/Billing - Utility'],
    ['IHD', 'IPD'],
    ['Internet / Extranet gateway(s) – Utility', 'Internet / Extranet gateway(s) - Utility'],
  ]) {
    assert.is(model.actor(spelling!).name, name, spelling);
  }
});
actors('that is unknown is answered with the nearest name', () => {
  try {
    model.actor('Feeder Reclosr');
    assert.unreachable();
  } catch (error) {
    assert.is((error as InputError).diagnostics[0]!.nearest, 'Feeder Recloser');
  }
});
actors.run();

const load = suite('loadModel');
load('accepts the files of this folder', () => assert.equal(problems({}), []));
load('names the nearest actor, network and decision at their places', () => {
  const { dataFlows } = modelTexts();
  const wrong = dataFlows
    .replace('ref: 1B, from: MDMS', 'ref: 1B, from: MDSM')
    .replace('to: 2-Way Meter - Gas, network: NAN', 'to: 2-Way Meter - Gas, network: NAM')
    .replace('when: { backhaul: [IIW] }', 'when: { backhaul: [IIIW], backhal: [W] }');
  assert.equal(problems({ dataFlows: wrong }), [
    'UNKNOWN_NAME dataFlows[2].from MDSM MDMS',
    'UNKNOWN_NAME dataFlows[5].when.backhaul[0] IIIW IIW',
    'UNKNOWN_NAME dataFlows[5].when.backhal backhal backhaul',
    'UNKNOWN_NAME dataFlows[8].network NAM NAN',
  ]);
});
load('tells the line of a problem', () => {
  const { actors: text } = modelTexts();
  const wrong = text.replace('name: RTU', 'name: OMS');
  try {
    loadModel({ ...modelTexts(), actors: wrong });
    assert.unreachable();
  } catch (error) {
    const [diagnostic] = (error as InputError).diagnostics;
    assert.equal([diagnostic!.code, diagnostic!.line], ['DUPLICATE', lineOf(text, 'name: RTU')]);
  }
});
load('wants a basis for every data flow: printed, or a reason of the list', () => {
  const { dataFlows } = modelTexts();
  assert.equal(problems({ dataFlows: dataFlows.replace('network: LAN, basis: printed }', 'network: LAN }') }), [
    'MISSING_KEY dataFlows[2].basis',
  ]);
  assert.equal(problems({ dataFlows: dataFlows.replace('network: HAN, basis: esi-a', 'network: HAN, basis: esia') }), [
    'UNKNOWN_NAME dataFlows[14].basis esia esi-a',
  ]);
});
load('refuses unknown keys and a reference that stands twice', () => {
  const { dataFlows } = modelTexts();
  const wrong = dataFlows.replace('ref: 1Ab', 'ref: 1Aa');
  assert.equal(problems({ dataFlows: wrong }), ['DUPLICATE dataFlows[1] 1Aa']);
  const keys = dataFlows.replace('ref: 1B, from', 'reff: 1B, from');
  assert.equal(problems({ dataFlows: keys }), [
    'MISSING_KEY dataFlows[2].ref',
    'UNKNOWN_KEY dataFlows[2].reff reff ref',
  ]);
});
load('refuses a transit rule about a network that does not exist', () => {
  const { actors: text } = modelTexts();
  assert.equal(problems({ actors: text.replace('between: [CustLAN, HAN]', 'between: [CustLAM, HAN]') }), [
    'UNKNOWN_NAME dataFlows CustLAM CustLAN',
  ]);
});
load.run();
