import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import {
  type AmiDecisions,
  allProfiles,
  decodeProfile,
  describeProfile,
  encodeProfile,
  findProfile,
} from '../../topologies/index.js';

/** Tables 5.4.1 to 5.4.3 as printed: code and cells; the columns REP, HAN and ESI of 5.4.1 are `No`, `No` and absent. */
const TABLE_1 = [
  ['ACdW', 'direct', 'via WAN'],
  ['ACdIW', 'direct', 'via InterExtranetGway via WAN'],
  ['ACdIIW', 'direct', 'via InterExtranetGway via Internet via WAN'],
  ['ACvW', 'via MDMS', 'via WAN'],
  ['ACvIW', 'via MDMS', 'via InterExtranetGway via WAN'],
  ['ACvIIW', 'via MDMS', 'via InterExtranetGway via Internet via WAN'],
] as const;
const TABLE_2 = [
  ['AHEMCdIW', 'No', 'Yes', 'InMtr', 'direct'],
  ['AHEMCvIW', 'No', 'Yes', 'InMtr', 'via MDMS'],
  ['AHE3CdIW', 'No', 'Yes', '3rdPty', 'direct'],
  ['AHE3CvIW', 'No', 'Yes', '3rdPty', 'via MDMS'],
  ['AHEM3CdIW', 'No', 'Yes', 'InMtr, 3rdPty', 'direct'],
  ['AHEM3CvIW', 'No', 'Yes', 'InMtr, 3rdPty', 'via MDMS'],
  ['ARHEMCdIW', 'Yes', 'Yes', 'InMtr', 'direct'],
  ['ARHEMCvIW', 'Yes', 'Yes', 'InMtr', 'via MDMS'],
  ['ARHE3CdIW', 'Yes', 'Yes', '3rdPty', 'direct'],
  ['ARHE3CvIW', 'Yes', 'Yes', '3rdPty', 'via MDMS'],
  ['ARHEM3CdIW', 'Yes', 'Yes', 'InMtr, 3rdPty', 'direct'],
  ['ARHEM3CvIW', 'Yes', 'Yes', 'InMtr, 3rdPty', 'via MDMS'],
] as const;
const TABLE_3 = [
  ['DCSIRsF', 'Centralized', 'D-SCADA', 'Independent', 'Via WAN via RTU via subFANGway'],
  ['DCSIW', 'Centralized', 'D-SCADA', 'Independent', 'Via WAN'],
  ['DCSARsF', 'Centralized', 'D-SCADA', 'AMI', 'Via WAN via RTU via subFANGway & via DAP'],
  ['DDIsF', 'Decentralized', 'D-SCADA', 'Independent', 'Via WAN via DAC via subFANGway'],
  ['DDARsF', 'Decentralized', 'D-SCADA', 'AMI', 'Via WAN via RTU via DAC via subFANGway & DAP'],
  ['DDAAD', 'Decentralized', 'AMI', 'AMI', 'Via subFANGway & DAP'],
] as const;
const CIS: Record<string, AmiDecisions['cis']> = { direct: 'direct', 'via MDMS': 'mdms' };

function words(code: string): Record<string, string> {
  return Object.fromEntries(describeProfile(decodeProfile(code)).map(({ decision, words }) => [decision, words]));
}

const all = suite('allProfiles');
all('has 72 AMI, 12 DA and 864 combined profiles, 948 in all', () => {
  const kinds = allProfiles().map((profile) => profile.kind);
  const count = (kind: string) => kinds.filter((k) => k === kind).length;
  assert.equal([count('AMI'), count('DA'), count('AMI+DA'), kinds.length], [72, 12, 864, 948]);
});
all('has every code once', () => {
  assert.is(new Set(allProfiles().map((profile) => profile.code)).size, 948);
});
all('marks exactly the 24 codes of the three tables, and their 108 combinations, as printed', () => {
  const printed = (kind: string) => allProfiles().filter((profile) => profile.kind === kind && profile.printed);
  const codes = [...TABLE_1, ...TABLE_2].map(([code]) => code);
  assert.equal(new Set(printed('AMI').map((profile) => profile.code)), new Set(codes));
  assert.equal(new Set(printed('DA').map((profile) => profile.code)), new Set(TABLE_3.map(([code]) => code)));
  assert.is(printed('AMI+DA').length, 18 * 6);
});
all.run();

const decode = suite('decodeProfile');
decode('gives the codes of table 5.4.1 their printed decisions', () => {
  for (const [code, cis, backhaul] of TABLE_1) {
    const { ami, da, tables } = decodeProfile(code);
    assert.equal([ami!.rep, ami!.han, ami!.esi, ami!.cis, da], [false, false, 'none', CIS[cis], undefined], code);
    assert.equal(tables, ['5.4.1'], code);
    const printed = words(code);
    assert.equal([printed['CIS to AMI Head-End'], printed['AMI Head-End to DAP']], [cis, backhaul], code);
  }
});
decode('gives the codes of table 5.4.2 their printed decisions', () => {
  for (const [code, rep, han, esi, cis] of TABLE_2) {
    const { ami, tables } = decodeProfile(code);
    assert.equal([ami!.rep, ami!.han, ami!.cis, ami!.backhaul], [rep === 'Yes', han === 'Yes', CIS[cis], 'IW'], code);
    assert.equal(tables, ['5.4.2'], code);
    assert.equal(Object.values(words(code)), [rep, han, esi, cis, 'via InterExtranetGway via WAN'], code);
  }
});
decode('gives the codes of table 5.4.3 their printed decisions and path', () => {
  for (const [code, ...cells] of TABLE_3) {
    assert.equal(Object.values(words(code)), cells, code);
    assert.equal(decodeProfile(code).tables, ['5.4.3'], code);
  }
});
decode('joins both parts of a combined code, printed only when both are', () => {
  const both = decodeProfile('AHEM3CvIW+DCSIRsF');
  assert.equal([both.kind, both.printed, both.tables], ['AMI+DA', true, ['5.4.2', '5.4.3']]);
  assert.equal([both.ami!.esi, both.da!.path], ['EM3', 'RsF']);
  const half = decodeProfile('AHEU3CvIW+DCSIRsF');
  assert.equal([half.printed, half.tables], [false, ['5.4.3']]);
});
decode('names the nearest code for one that is none', () => {
  for (const [wrong, nearest] of [
    ['AHEM3CvIIIW', 'AHEM3CvIIW'],
    ['ahem3cviw+dcsirsf', 'AHEM3CvIW+DCSIRsF'],
    ['DCSIRF', 'DCSIRsF'],
  ]) {
    try {
      decodeProfile(wrong!);
      assert.unreachable(wrong);
    } catch (error) {
      assert.instance(error, InputError);
      const [diagnostic] = (error as InputError).diagnostics;
      assert.equal([diagnostic!.code, diagnostic!.found, diagnostic!.nearest], ['UNKNOWN_NAME', wrong, nearest]);
    }
  }
});
decode('knows no DA code before an AMI code, none twice and none with a tail', () => {
  for (const code of [
    '',
    '+',
    'A',
    'AC',
    'DCSIRsF+ACvW',
    'ACvW+ACvW',
    'ACvW+',
    'ACvW+DCSIW+DCSIW',
    'AHCvW',
    'ACvW ',
    'AEMCvW',
  ]) {
    assert.is(findProfile(code), undefined, code);
  }
});
decode.run();

const encode = suite('encodeProfile');
encode('gives back the code of each of the 948 profiles from its decisions', () => {
  for (const profile of allProfiles()) {
    assert.is(encodeProfile(profile), profile.code);
    assert.equal(decodeProfile(profile.code), profile);
  }
});
encode('refuses decisions that no profile has', () => {
  const da = decodeProfile('DCSIW').da!;
  assert.throws(() => encodeProfile({ da: { ...da, scada: 'ami' } }), /no distribution profile/);
  assert.throws(() => encodeProfile({ ami: { ...decodeProfile('ACvW').ami!, han: true } }), /HAN and its ESI/);
  assert.throws(() => encodeProfile({}), /AMI part, a DA part/);
});
encode.run();
