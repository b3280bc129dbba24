/** Links with technologies: what is taken over, what a scenario may change, and what it is told when that cannot be. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ringShares } from '../../scenarios/mesh-rings.js';
import { findTechnology } from '../../topologies/technologies.js';
import { diagnose, load, SIX_LINES } from './support.js';

const read = (text: string) => load(`${SIX_LINES}${text}`);
const medium = (text: string, network = 'NAN') => {
  const found = read(text).links[network]!.medium;
  if (found === undefined) throw new Error(`${network} is a pipe`);
  return found;
};
/** Code, path, and nearest where there is one. */
const wrong = (text: string) =>
  diagnose(`${SIX_LINES}${text}`).map(({ code, path, nearest }) =>
    [code, path, ...(nearest === undefined ? [] : [nearest])].join(' '),
  );

const taken = suite('a technology of a link');

taken('gives its rates, delay, duplex and figures', () => {
  const scenario = read('links:\n  NAN: { technology: pmp-narrowband }\n  WAN: { technology: vsat }\n');
  const { NAN, WAN } = scenario.links;
  assert.is(NAN!.medium!.technology, findTechnology('pmp-narrowband'));
  assert.equal(
    [NAN!.rateBps.up, NAN!.duplex, NAN!.overheadB],
    [findTechnology('pmp-narrowband').rates.up.phyBps, 'half', 0],
  );
  assert.is(NAN!.delayS, 0.005 + 0.05, 'one way and processing');
  assert.equal(WAN!.rateBps, { up: 180_000, down: 700_000 }, 'the effective rates');
  assert.is(WAN!.duplex, 'full');
  assert.is(scenario.links['LAN']!.medium, undefined);
});

taken('has a delay that grows with the distance', () => {
  const { links } = read('links: { WAN: { technology: fibre, distance: 100 km } }\n');
  assert.ok(Math.abs(links['WAN']!.delayS - (40e-6 + 100 * 4.9e-6)) < 1e-15);
  assert.equal(wrong('links: { WAN: { technology: fibre, distance: 100 } }\n'), [
    'WRONG_UNIT links.WAN.distance 100 m',
  ]);
});

taken('has the default stack of its network, which is an assumption, unless one is given', () => {
  const scenario = read(
    'links:\n  NAN: { technology: zigbee }\n  WAN: { technology: fibre, stack: ipv6/udp/dtls/coap }\n',
  );
  assert.is(scenario.links['NAN']!.medium!.stack.text, 'ipv6/udp');
  assert.is(scenario.links['WAN']!.medium!.stack.text, 'ipv6/udp/dtls1.2-ccm8/coap');
  const noted = scenario.defaults.filter(({ key }) => key.endsWith('.stack')).map(({ key, value }) => [key, value]);
  assert.equal(noted, [['links.NAN.stack', 'ipv6/udp']]);
});

taken('of all networks leaves those that have a rate of their own alone', () => {
  const { links, dataFlows } = read(
    'links:\n  all: { technology: fibre, stack: none }\n  NAN: { rate: 9600 bit/s }\n  1Ca: { technology: leo }\n  1D: { buffer: 1 kB }\n',
  );
  assert.is(links['LAN']!.medium!.technology.name, 'fibre');
  assert.equal([links['NAN']!.medium, links['NAN']!.rateBps.up], [undefined, 9600]);
  assert.is(dataFlows['1Ca']!.medium!.technology.name, 'leo');
  assert.is(dataFlows['1D']!.medium, undefined, 'as its network');
});

taken('may be changed in its place, key by key, in any unit', () => {
  const { technology } = medium(
    [
      'links:',
      '  NAN:',
      '    technology:',
      '      like: wi-sun-fsk-150',
      '      loss: { frame: 10% }',
      '      arq: { retries: 3 }',
      '      access: { hop: { backoffs: 4, unitBackoff: 2 ms }, mostHops: 5 }',
      '      rates: { up: { phy: 0.1 Mbit/s } }',
      '      cost: { endpointCapex: 55 USD, linkOpex: 10 USD/month }',
      '',
    ].join('\n'),
  );
  const base = findTechnology('wi-sun-fsk-150');
  if (technology.access.kind !== 'mesh' || base.access.kind !== 'mesh') throw new Error('no mesh');
  assert.is(technology.name, 'wi-sun-fsk-150 of NAN');
  assert.equal(technology.loss, { ...base.loss, frame: 0.1 });
  assert.equal(technology.arq, { ...base.arq!, retries: 3 });
  assert.equal(technology.access, {
    ...base.access,
    mostHops: 5,
    hop: { ...base.access.hop, backoffs: 4, unitBackoffS: 0.002 },
  });
  assert.equal(technology.rates, { up: { phyBps: 1e5 }, down: { phyBps: 150e3 } });
  assert.equal([technology.cost.endpointCapexUsd, technology.cost.linkOpexUsdPerYear], [55, 120]);
  assert.equal(technology.framing, base.framing);
  const { figures } = technology;
  assert.equal(figures['loss.frame'], {
    written: '10%',
    source: { kind: 'assumption', text: 'given by the scenario' },
  });
  assert.is(figures['arq.timeoutS'], base.figures['arq.timeoutS']);
  assert.equal(Object.keys(figures).sort(), Object.keys(base.figures).sort());
});

taken('of another access than what it is like takes that as a whole', () => {
  const access = 'access: { kind: polled, poll: 10 B, turnaround: 5 ms, keying: 0, timeout: 300 ms, retries: 1 }';
  const { technology } = medium(`links: { NAN: { technology: { like: wi-sun-fsk-50, ${access} } } }\n`);
  assert.equal(technology.access, {
    kind: 'polled',
    pollB: 10,
    turnaroundS: 0.005,
    keyingS: 0,
    timeoutS: 0.3,
    retries: 1,
  });
  assert.equal(
    Object.keys(technology.figures).filter((path) => path.startsWith('access')),
    ['access.pollB', 'access.turnaroundS', 'access.keyingS', 'access.timeoutS', 'access.retries'],
  );
});

taken('of one’s own needs what sending needs, and no source', () => {
  const own = [
    'technologies:',
    '  my-line:',
    '    duplex: full',
    '    rates: { up: { phy: 64 kbit/s }, down: { phy: 64 kbit/s } }',
    '    framing: { mtu: 1500 B, payload: 1500 B, header: 8 B, tail: 16 bit }',
    '    access: { kind: dedicated }',
    '    delay: { oneWay: 20 ms, processing: 1 ms, propagation: 5 us/km }',
    '    loss: { frame: 0.1%, residual: 0 }',
    '  faster: { like: my-line, rates: { up: { phy: 2 Mbit/s } } }',
    'links: { WAN: { technology: faster, stack: none, distance: 200 km } }',
    '',
  ].join('\n');
  const { WAN } = read(own).links;
  assert.equal(WAN!.rateBps, { up: 2e6, down: 64e3 });
  assert.ok(Math.abs(WAN!.delayS - 0.022) < 1e-15);
  assert.equal(WAN!.medium!.technology.networks, []);
  assert.equal(WAN!.medium!.technology.framing, { mtuB: 1500, payloadB: 1500, headerB: 8, tailBits: 16 });
});

taken('may be like one that stands below it', () => {
  const both = 'technologies:\n  b: { like: a, loss: { frame: 2% } }\n  a: { like: zigbee, loss: { residual: 0 } }\n';
  const { technology } = medium(`${both}links: { NAN: { technology: b } }\n`);
  assert.equal(technology.loss, { frame: 0.02, residual: 0 });
});

taken.run();

const refused = suite('what cannot be');

refused('an unknown technology has the nearest, of the library and of the scenario', () => {
  assert.equal(wrong('links: { NAN: { technology: wi-sun-fsk-15 } }\n'), [
    'UNKNOWN_NAME links.NAN.technology wi-sun-fsk-150',
  ]);
  assert.equal(wrong('technologies: { my-radio: { like: zigbe } }\nlinks: { NAN: { technology: my-radi } }\n'), [
    'UNKNOWN_NAME technologies.my-radio.like zigbee',
    'UNKNOWN_NAME links.NAN.technology my-radio',
  ]);
});

refused('an unknown layer has the nearest, and one in the wrong place what it stands on', () => {
  assert.equal(wrong('links: { NAN: { technology: zigbee, stack: ipv6/upd/coap } }\n'), [
    'UNKNOWN_NAME links.NAN.stack udp',
  ]);
  const [problem] = diagnose(`${SIX_LINES}links: { NAN: { technology: zigbee, stack: ipv6/coap } }\n`);
  assert.equal(
    [problem!.code, problem!.allowed],
    ['CONFLICT', 'coap stands on udp, dtls1.2, dtls1.2-ccm8, dtls1.3, dtls1.3-ccm8'],
  );
});

refused('headers that leave nothing of a packet', () => {
  const small = 'technology: { like: zigbee, framing: { mtu: 40 B } }';
  assert.equal(wrong(`links: { NAN: { ${small}, stack: ipv6/udp } }\n`), ['CONFLICT links.NAN.stack']);
});

refused('rate, delay, overhead and duplex beside a technology, each at its place', () => {
  assert.equal(
    wrong('links: { NAN: { technology: zigbee, rate: 1 Mbit/s, delay: 1 s, overhead: 0, duplex: full } }\n'),
    ['CONFLICT links.NAN.rate', 'CONFLICT links.NAN.delay', 'CONFLICT links.NAN.overhead', 'CONFLICT links.NAN.duplex'],
  );
  assert.equal(wrong('links: { all: { technology: fibre }, NAN: { delay: 1 s } }\n'), ['CONFLICT links.NAN.delay']);
  assert.equal(wrong('links: { all: { technology: fibre, delay: 1 s } }\n'), ['CONFLICT links.all.delay'], 'once');
});

refused('a stack without technology, and rings where nothing relays', () => {
  assert.equal(wrong('links: { NAN: { stack: ipv6/udp } }\n'), ['CONFLICT links.NAN.stack']);
  assert.equal(wrong('links: { NAN: { technology: zigbee, meshRings: [50%, 50%], hidden: 10% } }\n'), [
    'CONFLICT links.NAN.meshRings',
  ]);
  assert.equal(wrong('links: { NAN: { technology: gprs, hidden: 10% } }\n'), ['CONFLICT links.NAN.hidden']);
  assert.equal(wrong('links: { NAN: { technology: wi-sun-fsk-50, meshRings: [50%, 40%] } }\n'), [
    'CONFLICT links.NAN.meshRings',
  ]);
});

refused('a misspelt figure has the nearest, once', () => {
  assert.equal(wrong('technologies: { x: { like: mas-9600, access: { pol: 3 B } } }\n'), [
    'UNKNOWN_KEY technologies.x.access.pol poll',
  ]);
});

refused('a technology of one’s own that lacks something says all of it', () => {
  const paths = diagnose(
    `${SIX_LINES}technologies: { x: { duplex: full, access: { kind: polled, poll: 3 B, backoffs: 2 }, rates: { up: { phy: 1 kbit/s } } } }\n`,
  ).map(({ code, path }) => `${code} ${path}`);
  assert.equal(paths.sort(), [
    'MISSING_KEY technologies.x.access.keying',
    'MISSING_KEY technologies.x.access.retries',
    'MISSING_KEY technologies.x.access.timeout',
    'MISSING_KEY technologies.x.access.turnaround',
    'MISSING_KEY technologies.x.delay',
    'MISSING_KEY technologies.x.framing',
    'MISSING_KEY technologies.x.loss',
    'MISSING_KEY technologies.x.rates.down',
    'UNKNOWN_KEY technologies.x.access.backoffs',
  ]);
});

refused('figures of another dimension, without unit, or out of range', () => {
  assert.equal(
    wrong(
      'technologies:\n  x:\n    like: zigbee\n    loss: { frame: 120% }\n    delay: { oneWay: 5 kbit/s }\n    framing: { header: 5 }\n    arq: { timeout: 5 m }\n    cost: { linkCapex: 5 EUR }\n',
    ),
    [
      'OUT_OF_RANGE technologies.x.loss.frame',
      'WRONG_UNIT technologies.x.delay.oneWay',
      'WRONG_UNIT technologies.x.framing.header 5 B',
      'WRONG_UNIT technologies.x.arq.timeout min or ms',
      'WRONG_UNIT technologies.x.cost.linkCapex',
    ],
  );
  assert.equal(wrong('links: { NAN: { technology: { like: zigbee, rates: { up: { phy: 0 } } } } }\n'), [
    'OUT_OF_RANGE links.NAN.technology.rates.up.phy',
  ]);
  assert.equal(wrong('links: { NAN: { technology: { like: zigbee, access: { leastHops: 1 } } } }\n'), [
    'UNKNOWN_KEY links.NAN.technology.access.leastHops',
  ]);
});

refused('figures with which nothing would ever be sent, or without end', () => {
  const of = (like: string, access: string) =>
    wrong(`technologies: { x: { like: ${like}, access: { ${access} } } }\n`).map((text) => text.split('.access.')[1]);
  assert.equal(of('mas-9600', 'poll: 0'), ['poll']);
  assert.equal(of('nb-iot', 'grantPeriod: 0, preambles: 0, opportunity: 0'), [
    'grantPeriod',
    'preambles',
    'opportunity',
  ]);
  assert.equal(of('pmp-narrowband', 'copies: 0'), ['copies']);
  assert.equal(of('pmp-narrowband', 'copies: 1.5'), ['copies']);
  assert.equal(of('wi-sun-fsk-50', 'leastHops: 0, typicalHops: 2.5, hop: { mostExponent: 2 }'), [
    'leastHops',
    'hop.mostExponent',
  ]);
  assert.equal(of('wi-sun-fsk-50', 'mostHops: 65'), ['mostHops']);
  assert.equal(of('wi-fi-54', 'slot: 0, mostWindow: 7'), ['slot', 'mostWindow']);
});

refused('a repetition that lacks its timeout where what it is like repeats nothing', () => {
  assert.equal(wrong('technologies: { x: { like: mas-9600, arq: { retries: 2 } } }\n'), [
    'MISSING_KEY technologies.x.arq.timeout',
  ]);
  assert.equal(wrong('technologies: { x: { like: zigbee, arq: { retries: 2 } } }\n'), [], 'that has one');
});

refused('names of the library, and technologies that are like themselves', () => {
  assert.equal(wrong('technologies: { zigbee: { like: wi-fi-54 } }\n'), ['DUPLICATE technologies.zigbee']);
  assert.equal(wrong('technologies: { a: { like: b }, b: { like: a } }\n'), ['CONFLICT technologies.b.like']);
  assert.equal(wrong('technologies: { x: { like: wi-sun-fsk-50, access: { hop: { kind: dedicated } } } }\n'), [
    'CONFLICT technologies.x.access.hop.kind',
  ]);
});

refused.run();

const rings = suite('ringShares');

rings('add up to 1, lie within the range, and have the mean that was asked for', () => {
  const cases = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([least, more, at]) => ({ least, most: least + more, typical: least + at * more }));
  fc.assert(
    fc.property(cases, ({ least, most, typical }) => {
      const shares = ringShares(least, typical, most);
      const mean = shares.reduce((total, share, i) => total + share * (i + 1), 0);
      assert.ok(Math.abs(shares.reduce((total, share) => total + share, 0) - 1) < 1e-12);
      assert.ok(Math.abs(mean - typical) < 1e-9, `${mean} ${typical}`);
      assert.ok(shares.every((share, i) => share === 0 || (i + 1 >= least && i + 1 <= most)));
    }),
    { seed: 1, numRuns: 300 },
  );
});

rings('are geometric: each ring has the same part of the one before', () => {
  const shares = ringShares(1, 3, 10);
  for (let i = 2; i < 10; i++) {
    assert.ok(Math.abs(shares[i]! / shares[i - 1]! - shares[1]! / shares[0]!) < 1e-9);
  }
});

rings('are even where the mean is the middle, and one ring where least is most', () => {
  assert.ok(ringShares(1, 2, 3).every((share) => Math.abs(share - 1 / 3) < 1e-12));
  assert.equal(ringShares(2, 2, 2), [0, 1]);
  assert.equal(ringShares(1, 1, 8), [1]);
});

rings.run();
