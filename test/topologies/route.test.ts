import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { packageRoot } from '../../base/files.js';
import {
  allProfiles,
  allSimplePaths,
  decodeProfile,
  findRoutes,
  numberOptions,
  parseExpression,
  type Route,
  referenceModel,
  siteOf,
} from '../../topologies/index.js';

/** Every from/to pair of the requirements table: all members of one cell with all of the other, names as printed. */
const rowPairs = JSON.parse(readFileSync(join(packageRoot, 'test', 'fixtures', 'row-pairs.json'), 'utf8')) as Record<
  string,
  string[]
>;
const pairs = Object.entries(rowPairs).flatMap(([from, tos]) => tos.map((to) => [from, to] as const));
const model = referenceModel();

function routes(from: string, to: string, code: string): readonly Route[] {
  const result = findRoutes(from, to, decodeProfile(code));
  if ('reason' in result) throw new Error(`${from} > ${to} under ${code}: ${result.reason}`);
  return result.routes;
}

function expressions(from: string, to: string, code: string): string[] {
  return routes(from, to, code).map((route) => route.expression);
}

function reason(from: string, to: string, code: string): string {
  const result = findRoutes(from, to, decodeProfile(code));
  return 'reason' in result ? result.reason : 'has a route';
}

const paths = suite('allSimplePaths');
paths('agrees with the algebra of section 4.19: each profile of table 5.4.1 has its option and no other', () => {
  const text = '[(1Aa + 1B) or 1Ab] + [1Ca or (1Cba + 1Cb) or (1Cba + 1Cc)] + [1D or 1Dg or 1Dw]';
  const options = numberOptions(parseExpression(text), model);
  const codes = ['ACdW', 'ACdIW', 'ACdIIW', 'ACvW', 'ACvIW', 'ACvIIW'];
  assert.is(options.length, 18);
  for (const { number, end, expression } of options) {
    const found = allSimplePaths('CIS/Billing - Utility', end, decodeProfile(codes[number - 1]!));
    assert.equal(
      found.map((path) => path.expression),
      [expression],
      `${number} to ${end}`,
    );
  }
});
paths('holds the chosen routes of every row pair', () => {
  for (const code of ['ARHEM3CvIW+DCSIRsF', 'ARHEU3CdIIW+DDARsF', 'AHE3CvW+DDAAD', 'ARHEMCdIW+DCSAfF', 'DDIW']) {
    for (const [from, to] of pairs) {
      const result = findRoutes(from, to, decodeProfile(code));
      if ('reason' in result) continue;
      const all = allSimplePaths(from, to, decodeProfile(code));
      for (const route of result.routes) assert.ok(all.includes(route), `${code}: ${from} > ${to}`);
    }
  }
});
paths('lists the common web portal as another way of retail energy providers into the utility', () => {
  const found = allSimplePaths('CIS/Billing - REPi', '2-Way Meter - Electr', decodeProfile('ARHEMCdW'));
  assert.equal(
    found.map((path) => path.expression),
    ['r-CISR-GwR + r-GwR-GwU + r-HE-GwU + 1Ca + 1D', 'r-CISR-GwR + 2Dcc + 2Dcb + r-HE-GwU + 1Ca + 1D'],
  );
});
paths.run();

const find = suite('findRoutes');
find('answers every row pair under all 948 profiles with routes or a reason', () => {
  let carried = 0;
  for (const profile of allProfiles()) {
    for (const [from, to] of pairs) {
      const result = findRoutes(from, to, profile);
      if ('reason' in result) assert.ok(result.reason.length > 0 && !result.reason.includes('{'), result.reason);
      else {
        assert.ok(result.routes.length > 0);
        carried++;
      }
    }
  }
  assert.ok(carried > 0);
});
find('gives routes that hang together and use only what the profile has', () => {
  for (const code of ['ARHEM3CvIIW+DCSIRsF', 'ARHEU3CdW+DDARsF', 'ARHEMCvIW+DDAAD', 'DCSIfF', 'ACdIW']) {
    const profile = decodeProfile(code);
    const gates: Record<string, string> = {
      backhaul: profile.ami?.backhaul ?? 'W',
      cis: profile.ami?.cis ?? 'none',
      path: profile.da?.path ?? 'none',
      control: profile.da?.control ?? 'none',
      management: profile.da?.management ?? 'none',
      esi: profile.ami?.esi ?? 'none',
    };
    for (const [from, to] of pairs) {
      const result = findRoutes(from, to, profile);
      for (const { hops, expression } of 'routes' in result ? result.routes : []) {
        assert.is(hops[0]!.from, model.actor(from).name);
        assert.is(hops.at(-1)!.to, model.actor(to).name);
        for (let i = 1; i < hops.length; i++) assert.is(hops[i]!.from, hops[i - 1]!.to, expression);
        for (const when of [
          ...hops.map((hop) => model.dataFlow(hop.ref).when),
          ...hops.map((hop) => model.actor(hop.to).when),
        ]) {
          for (const [name, values] of Object.entries(when ?? {})) {
            if (name in gates) assert.ok(values.includes(gates[name]!), `${code}: ${expression} needs ${name}`);
          }
        }
      }
    }
  }
});
find('leads back the way that it came, for every row pair', () => {
  for (const code of ['ARHEM3CvIW+DCSIRsF', 'ARHEU3CdIIW+DDARsF', 'AHE3CvW+DDAAD', 'DDIW']) {
    for (const [from, to] of pairs) {
      const [there, back] = [findRoutes(from, to, decodeProfile(code)), findRoutes(to, from, decodeProfile(code))];
      if ('reason' in there) {
        assert.ok('reason' in back, `${code}: ${to} > ${from}`);
        continue;
      }
      const reversed = there.routes.map((route) => route.expression.split(' + ').reverse().join(' + '));
      assert.equal('routes' in back && back.routes.map((route) => route.expression), reversed);
    }
  }
});
find('takes the path of the CIS decision and the backhaul of the profile', () => {
  const to = (code: string) => expressions('CIS/Billing - Utility', '2-Way Meter - Gas', code);
  assert.equal(to('ACdW'), ['1Ab + 1Ca + 1Dg']);
  assert.equal(to('ACvIIW'), ['1Aa + 1B + 1Cba + 1Cb + 1Dg']);
  assert.equal(expressions('CIS/Billing - Utility', 'MDMS', 'ACdW'), ['1Aa']);
});
find('takes the backhaul that the caller asks for, for shares of the DAPs', () => {
  const profile = decodeProfile('ACvW');
  const result = findRoutes('MDMS', '2-Way Meter - Electr', profile, { backhaul: 'IW' });
  assert.ok('routes' in result);
  assert.is(result.routes[0]!.expression, '1B + 1Cba + 1Cc + 1D');
  assert.equal(result.routes[0]!.option, { backhaul: 'IW' });
  assert.equal(expressions('MDMS', '2-Way Meter - Electr', 'ACvW'), ['1B + 1Ca + 1D']);
});
find('crosses the internet and then the WAN on backhaul IIW, as one data flow', () => {
  const [route] = routes('AMI Head-End(j)', 'DAPjm', 'ACvIIW');
  assert.is(route!.expression, '1Cba + 1Cb');
  assert.equal(
    route!.hops.map((hop) => [hop.ref, hop.network, hop.direction]),
    [
      ['1Cba', 'LAN', 'across'],
      ['1Cb', 'Internet', 'down'],
      ['1Cb', 'WAN', 'down'],
    ],
  );
});
find('reaches HAN devices by the energy services interfaces that the profile has, in order', () => {
  const to = (code: string) => expressions('LMS - Utility', 'IPD', code);
  assert.equal(to('AHEMCvW'), ['r-HE-LMS + 1Ca + 5Ba + 16Aa']);
  assert.equal(to('AHE3CvW'), ['r-LMS-GwU + r-GwU-E3 + 16Ac']);
  assert.equal(to('AHEM3CvW'), [...to('AHEMCvW'), ...to('AHE3CvW')]);
  assert.equal(to('AHEU3CvW'), ['r-HE-LMS + 1Ca + 5Bb + 16Ab', ...to('AHE3CvW')]);
  assert.equal(
    routes('LMS - Utility', 'PHEV', 'AHEM3CvW').map((route) => route.option),
    [{ backhaul: 'W', esi: 'EM' }, { esi: 'E3' }],
  );
});
find('joins displays and meters as the text spells out for the utility interface', () => {
  assert.equal(expressions('2-Way Meter - Electr', 'IPD', 'AHEUCvW'), ['1D + 5Bb + 16Ab']);
  assert.equal(expressions('Cust. EMS', '2-Way Meter - Electr', 'AHEUCvW'), ['16Cb + 5Bb + 1D']);
});
find('takes retail energy providers through both gateways, or straight to the third-party interface', () => {
  assert.equal(expressions('LMS - REPi', 'PCT', 'ARHEM3CdIW'), [
    'r-LMSR-GwR + r-GwR-GwU + r-HE-GwU + 1Cba + 1Cc + 5Ba + r-EM-PCT',
    'r-LMSR-GwR + r-GwR-E3 + r-E3-PCT',
  ]);
});
find('takes browsers through the portal to the systems behind it', () => {
  assert.equal(expressions('Cust. Browser - Mobile', 'CIS/Billing - Utility', 'ACvW'), ['3Ab + 2Wa + r-CISU-WPU']);
  const [route] = routes('Web Portal - Utility', 'Cust. Browser - Premise', 'ACvW');
  assert.equal(
    route!.hops.map((hop) => hop.network),
    ['LAN', 'Internet', 'CustLAN'],
  );
});
find('takes each distribution profile to feeder devices by its own path', () => {
  const expected: Record<string, string> = {
    DCSIRsF: '4A + 4Ca + 4Eb + 4ECB',
    DCSARsF: '4A + 4Ca + 4Eb + 4ECB',
    DCSIW: '4A + 4DCB',
    DCSIfF: '4A + 4F + 4FCB',
    DCSAfF: '4A + 4F + 4FCB',
    DCAAD: 'r-HE-DMS + 1Ca + 4GCB',
    DDIsF: '4A + r-FEP-DACs + 4Ea + 4ECB',
    DDARsF: '4A + 4Ca + 4ERU + 4Ea + 4ECB',
    DDIfF: '4A + r-FEP-DACs + r-DACs-FGf + 4FCB',
    DDAfF: '4A + r-FEP-DACs + r-DACs-FGf + 4FCB',
    DDIW: '4A + r-FEP-DACs + r-DACs-CB',
    DDAAD: 'r-HE-DMS + 1Ca + 4GCB',
  };
  for (const [code, expression] of Object.entries(expected)) {
    assert.equal(expressions('DMS', 'Feeder Cap Bank', code), [expression], code);
  }
});
find('brings AMI head-ends to the gear of distribution automation only where AMI manages it', () => {
  assert.equal(expressions('AMI Head-End(j)', 'Feeder Switch', 'ACvW+DCSARsF'), ['1Ca + 4GSW']);
  assert.match(reason('AMI Head-End(j)', 'Feeder Switch', 'ACvW+DCSIRsF'), /independently of AMI/);
});
find('says in a phrase what the profile lacks', () => {
  assert.match(reason('MDMS', 'IPD', 'ACvW'), /home area networks/);
  assert.match(reason('LMS - REPi', 'IPD', 'AHEMCvW'), /retail energy providers/);
  assert.match(reason('DMS', 'Feeder Switch', 'ACvW'), /distribution automation/);
  assert.match(reason('MDMS', '2-Way Meter - Electr', 'DCSIW'), /advanced metering/);
  assert.match(reason('Field Tool', 'ESI - Utility', 'AHEM3CvW'), /EM3 does not include ESI - Utility/);
  assert.match(reason('Distr. SCADA FEP', 'FAN gateway - field', 'DCSIW'), /\(W\) has no FAN gateway - field/);
  assert.match(reason('Cust. Browser - Mobile', 'NMS', 'ACvW'), /no data flow leads/);
  assert.match(reason('MDMS', 'MDMS', 'ACvW'), /both ends/);
});
find('answers an unknown actor with the nearest name', () => {
  assert.throws(
    () => findRoutes('Feeder Reclosr', 'OMS', decodeProfile('ACvW')),
    (error: InputError) => error instanceof InputError && error.diagnostics[0]!.nearest === 'Feeder Recloser',
  );
});
find('does not depend on what was asked before', () => {
  const ask = () => JSON.stringify(pairs.map(([from, to]) => findRoutes(from, to, decodeProfile('ARHEM3CvIW+DDARsF'))));
  const first = ask();
  for (const [from, to] of pairs) findRoutes(to, from, decodeProfile('AHEUCdW+DCSIW'));
  assert.is(ask(), first);
});
find.run();

/** Row pairs that a profile with everything leaves out, and why that is right. */
const out = suite('out of scope');
out('for ARHEM3CvIW+DCSIRsF are only other interfaces and gateways, AMI management and pairs that no row means', () => {
  const byReason = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    const why = reason(from, to, 'ARHEM3CvIW+DCSIRsF');
    if (why !== 'has a route') byReason.set(why, [...(byReason.get(why) ?? []), `${from} > ${to}`]);
  }
  const explained = [...byReason].filter(([why, list]) => {
    if (/has no FAN gateway - field$/.test(why)) return !list.every((pair) => pair.includes('FAN gateway - field'));
    if (/does not include ESI - Utility$/.test(why)) return !list.every((pair) => pair.includes('ESI - Utility'));
    // Head-end and MDMS stand beside SCADA front-end and Analytic DB in the firmware rows; here the latter two serve.
    if (/independently of AMI$/.test(why)) return !list.every((pair) => /AMI Head-End|MDMS/.test(pair));
    return true;
  });
  assert.equal(
    explained.flatMap(([, list]) => list).sort(),
    [
      // Meters answer to head-end and MDMS, feeder gear to front-end and Analytic DB; the firmware cell lists both.
      '2-Way Meter - Electr > Analytic DB',
      '2-Way Meter - Gas > Analytic DB',
      '2-Way Meter - Water > Analytic DB',
      'Distr. SCADA FEP > 2-Way Meter - Electr',
      'Distr. SCADA FEP > 2-Way Meter - Gas',
      'Distr. SCADA FEP > 2-Way Meter - Water',
      // Browsers report to their portal, meters and DAPs to the systems; the error cell of 4.10.4.2 lists both.
      'AMI Head-End(j) > Web Portal - Utility',
      'Cust. Browser - Mobile > MDMS',
      'Cust. Browser - Mobile > NMS',
      'Cust. Browser - Premise > MDMS',
      'Cust. Browser - Premise > NMS',
      'Cust. EMS > Web Portal - Utility',
      'DAPjm > Web Portal - Utility',
      'IPD > Web Portal - Utility',
    ].sort(),
  );
});
out('for AMI alone is what touches distribution automation, and for DA alone what touches meters and providers', () => {
  const da = /^(Feeder|FAN|DAC|Distr\.|DMS|Analytic)/;
  for (const [from, to] of pairs) {
    const ami = reason(from, to, 'ARHEM3CvIW');
    assert.is(/distribution automation/.test(ami), da.test(from) || da.test(to), `${from} > ${to}: ${ami}`);
  }
  const customer = /^(2-Way|ESI|IPD|Cust\. EMS|PCT|PHEV|Smart|Load)/;
  for (const [from, to] of pairs) {
    const alone = reason(from, to, 'DCSIRsF');
    assert.is(/advanced metering/.test(alone), customer.test(from) || customer.test(to), `${from} > ${to}: ${alone}`);
  }
});
out.run();

const sites = suite('siteOf');
sites('puts feeder devices into DAP areas where the DAP carries them', () => {
  for (const [code, site] of [
    ['DDAAD', 'dap'],
    ['ACvW+DCAAD', 'dap'],
    ['DCSIRsF', 'feeder'],
    ['DCSARsF', 'feeder'],
  ]) {
    assert.is(siteOf('Feeder Cap Bank', decodeProfile(code!)), site, code);
    assert.is(siteOf('Feeder Circuit Breaker', decodeProfile(code!)), 'feeder', code);
  }
});
sites('does not move anything else', () => {
  for (const profile of [decodeProfile('ACvW'), decodeProfile('AHEMCvW+DDAAD')]) {
    assert.equal(
      ['MDMS', 'DAPjm', '2-Way Meter - Water', 'RTU', 'CIS/Billing - REPi', 'Field Tool', 'Common Web Portal'].map(
        (actor) => siteOf(actor, profile),
      ),
      ['utility', 'dap', 'premise', 'substation', 'rep', 'field', 'public'],
    );
  }
});
sites.run();
