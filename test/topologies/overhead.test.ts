import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { overhead as print } from '../../cli/overhead.js';
import { documentsOfPackage } from '../../topologies/figures/documents.js';
import { loadLayers } from '../../topologies/overhead/layer-load.js';
import { layersText, readLayers } from '../../topologies/overhead/layers.js';
import { frameAirtimeS, frameGapS, frameSizeB, linkAckS } from '../../topologies/overhead/medium.js';
import { type Overhead, overheadOf } from '../../topologies/overhead/overhead.js';
import { parseStack } from '../../topologies/overhead/stack.js';
import { findTechnology, technologyLibrary } from '../../topologies/technologies.js';
import type { Technology } from '../../topologies/technology-types.js';
import { printed } from './printed.js';

const on = (stack: string, sizeB: number, technology: string | Technology = 'fibre'): Overhead =>
  overheadOf(parseStack(stack), sizeB, typeof technology === 'string' ? findTechnology(technology) : technology);

/** Bytes that the layers above the link add. */
const added = (stack: string, sizeB: number, technology = 'fibre'): number =>
  on(stack, sizeB, technology).packets.reduce((bytes, run) => bytes + run.count * run.sizeB, 0) - sizeB;

/** Sizes of packets one by one. */
const packets = (result: Overhead): number[] => result.packets.flatMap((run) => Array(run.count).fill(run.sizeB));

/** Milliseconds as a table of two or three decimals prints them. */
const ms = (seconds: number, digits: number): string => (seconds * 1000).toFixed(digits);

const airtime = suite('frameAirtimeS');
airtime('of Wi-SUN FSK is 8 (preamble + 2 + 2 + L + 4) / rate', () => {
  for (const [name, table] of [
    ['wi-sun-fsk-50', ['18.56', '34.56', '66.56']],
    ['wi-sun-fsk-150', ['6.40', '11.73', '22.40']],
    ['wi-sun-fsk-300', ['3.52', '6.19', '11.52']],
  ] as const) {
    const got = [100, 200, 400].map((bytes) => ms(frameAirtimeS(findTechnology(name), 'up', bytes + 4), 2));
    assert.equal(got, table, name);
  }
});
airtime('of Wi-SUN OFDM is 9 symbols of 120 us, then whole symbols with 6 tail bits', () => {
  const of = (name: string, bytes: number) => ms(frameAirtimeS(findTechnology(name), 'down', bytes + 4), 2);
  assert.equal([of('wi-sun-ofdm-800', 200), of('wi-sun-ofdm-2400', 200)], ['3.24', '1.80']);
  assert.equal([of('wi-sun-ofdm-800', 1500), of('wi-sun-ofdm-2400', 1500)], ['16.20', '6.12']);
});
airtime('of PRIME is 6.528 ms and whole symbols of 6 B in 2.24 ms', () => {
  const prime = findTechnology('plc-prime');
  const got = [64, 128, 256, 378].map((bytes) => frameAirtimeS(prime, 'up', bytes));
  assert.equal(
    got.map((seconds) => ms(seconds, 3)),
    [11, 22, 43, 63].map((symbols) => (6.528 + 2.24 * symbols).toFixed(3)),
  );
  assert.equal([ms(got[0]!, 1), ms(got[1]!, 1), ms(got[3]!, 1)], ['31.2', '55.8', '147.6']);
  // Ceiling before MAC and access, kbit/s.
  assert.equal([((64 * 8) / got[0]! / 1000).toFixed(1), ((378 * 8) / got[3]! / 1000).toFixed(1)], ['16.4', '20.5']);
});
airtime('of 802.15.4 with mean backoff and gap is what its maximum throughput is computed from', () => {
  const zigbee = findTechnology('zigbee');
  const { access } = zigbee;
  if (access.kind !== 'csma-802.15.4') throw new Error(access.kind);
  const backoffS = ((2 ** access.leastExponent - 1) / 2) * access.unitBackoffS;
  const unacknowledgedS = backoffS + frameAirtimeS(zigbee, 'up', 127) + frameGapS(zigbee, 'up');
  assert.is(ms(unacknowledgedS, 3), '6.016');
  assert.is(ms(unacknowledgedS + linkAckS(zigbee, 'up'), 3), '6.560');
  assert.is(((122 * 8) / unacknowledgedS / 1000).toFixed(0), '162');
  assert.is(((114 * 8) / (unacknowledgedS + linkAckS(zigbee, 'up')) / 1000).toFixed(0), '139');
});
airtime('of MAS radio is bytes over rate', () => {
  for (const [name, table] of [
    ['mas-9600', ['41.7', '83.3', '208.3']],
    ['mas-19200', ['20.8', '41.7', '104.2']],
  ] as const) {
    assert.equal(
      [50, 100, 250].map((bytes) => ms(on('none', bytes, name).message.airtimeS, 1)),
      table,
    );
  }
});
airtime('of a narrowband star is 107.40 ms, so that pure ALOHA peaks at 1.71 messages a second', () => {
  const messageS = on('none', 28, 'pmp-narrowband').message.airtimeS;
  assert.is(ms(messageS, 2), '107.40');
  assert.is((1 / (2 * Math.E) / messageS).toFixed(2), '1.71');
  assert.is(on('none', 1, 'pmp-narrowband').message.airtimeS, messageS);
  assert.is(on('none', 29, 'pmp-narrowband').message.frames, 2);
});
airtime('of Ethernet with its gap leaves 96, 60 and 49 % to UDP payloads of 1472, 100 and 64 B', () => {
  const share = (bytes: number) => {
    const { airtimeS, gapS } = on('ipv4/udp', bytes, 'ethernet-100').message;
    return Math.round((100 * (bytes * 8)) / 100e6 / (airtimeS + gapS));
  };
  assert.equal([share(1472), share(100), share(64)], [96, 60, 49]);
});
airtime('of an acknowledgement of G3-PLC is preamble and frame control alone', () => {
  assert.is(ms(linkAckS(findTechnology('plc-g3-cenelec-a'), 'up'), 3), (5.56 + 15.115).toFixed(3));
  assert.is(linkAckS(findTechnology('fibre'), 'up'), 0);
});
airtime.run();

const worked = suite('stacks worked out by hand');
worked('add to 25, 100 and 1600 B what the layers add up to', () => {
  const table: Readonly<Record<string, readonly number[]>> = {
    // 40 + 8 + 29 + 12; blocks of 1024 B make two messages of 1600 B.
    'ipv6/udp/dtls/coap': [89, 89, 178],
    // 11 + 4 + 29 + 12, cut by no frame of fibre.
    '6lowpan/udp/dtls/coap': [56, 56, 112],
    // DNP3 19, 29, 287 of 4 + segments + frames and checks; TLS 29; TCP and IP 52 per segment.
    'ipv4/tcp-timestamps/tls/dnp3': [100, 110, 420],
    // 15 per ASDU of 240 B; TCP and IP 40 per segment.
    'ipv4/tcp/iec104': [55, 55, 7 * 15 + 2 * 40],
    // 20 + ESP 34 and padding to 4 B + 20 + 8 + 12.
    'ipv4/esp/ipv4/udp/dlms': [95, 96, 172],
    'ipv4/udp/c12.22': [73, 73, 73 + 20],
    none: [0, 0, 0],
  };
  for (const [stack, bytes] of Object.entries(table)) {
    assert.equal(
      [25, 100, 1600].map((size) => added(stack, size)),
      bytes,
      stack,
    );
  }
});
worked(
  'of DNP3 without application header put 20, 100, 249, 500, 2048 B on the wire as 35, 125, 292, 599, 2411',
  () => {
    const onWire = [20, 100, 249, 500, 2048].map((bytes) => on('dnp3', bytes - 4, 'mas-9600').message.bytes);
    assert.equal(onWire, [35, 125, 292, 599, 2411]);
  },
);
worked('of DNP3 start a second fragment beyond 2044 B', () => {
  const fragments = (bytes: number) => on('dnp3', bytes, 'mas-9600').layers.find((l) => l.step === 'fragment')!.units;
  assert.equal([fragments(2044), fragments(2045)], [1, 2]);
});
worked('of ESP take 34 B and the padding that makes payload and two bytes a multiple of four', () => {
  // Without the IP and UDP headers of 28 B: UDP packet 8 + n, n = 0..7.
  const esp = (bytes: number) => added('ipv4/esp/udp', bytes) - 28;
  assert.equal([0, 1, 2, 3, 4, 5, 6, 7].map(esp), [36, 35, 34, 37, 36, 35, 34, 37]);
  const cbc = Array.from({ length: 32 }, (_, bytes) => added('ipv4/esp-cbc/udp', bytes) - 28);
  assert.equal([Math.min(...cbc) + 20, Math.max(...cbc) + 20], [62, 77]);
});
worked('of DLMS in HDLC frame 100 B once and 200 B twice', () => {
  assert.equal([added('dlms-hdlc', 100, 'optical-port'), added('dlms-hdlc', 200, 'optical-port')], [18, 29]);
});
worked.run();

const cuts = suite('fragments');
cuts('of IPv4 carry multiples of 8 B: 4000 B of UDP make 1500, 1500 and 1068', () => {
  assert.equal(packets(on('ipv4/udp', 4000)), [1500, 1500, 1068]);
});
cuts('of IPv6 have a header of 8 B each: 4000 B of UDP make 1496, 1496 and 1160', () => {
  assert.equal(packets(on('ipv6/udp', 4000)), [1496, 1496, 1160]);
  assert.equal(packets(on('ipv6/udp', 1452)), [1500]);
  assert.equal(packets(on('ipv6/udp', 1453)), [1496, 1453 + 8 - 1448 + 48]);
});
cuts('of 6LoWPAN have 4 B, then 5 B: 300 B of CoAP make 76, 3 times 77 and 73', () => {
  // 300 + 12 + 29 + 4 + 11 = 356 B, in pieces of 72 B and a rest of 68 B within 82 B.
  const result = on('6lowpan/udp/dtls/coap', 300, 'zigbee');
  assert.equal(packets(result), [76, 77, 77, 77, 73]);
  assert.is(result.message.frames, 5);
});
cuts('of a stream are segments as large as packets allow', () => {
  const segments = (stack: string, bytes: number) =>
    on(stack, bytes).layers.find((layer) => layer.step === 'segment')!.units;
  for (const [stack, most] of [
    ['ipv4/tcp', 1460],
    ['ipv6/tcp', 1440],
    ['ipv4/tcp-timestamps', 1448],
    ['6lowpan/tcp', 1440],
    // 1500 - 20 outside, 34 of ESP, payload and 2 B a multiple of 4: 1446 B, less 40 within.
    ['ipv4/esp/ipv4/tcp', 1406],
  ] as const) {
    assert.equal([segments(stack, most), segments(stack, most + 1)], [1, 2], stack);
  }
});
cuts('of the link are frames of its payload, the last with the rest', () => {
  const { frames, message } = on('none', 400, 'rf-mesh-fhss-100');
  assert.equal(
    frames.map((run) => [run.count, run.payloadB]),
    [
      [2, 150],
      [1, 100],
    ],
  );
  assert.is(message.bytes, 400 + 3 * (60 + 20));
});
cuts('of a short frame are padded: 1 B on Ethernet takes 72 B', () => {
  assert.is(on('none', 1, 'fibre').message.bytes, 46 + 18 + 8);
});
cuts('leave compression to the headers next to it', () => {
  // 11 compressed + 34 ESP and padding of 40 + 8 + 25 + 2 to 76 + 40 and 8 within the tunnel, in full.
  assert.is(added('6lowpan/esp/ipv6/udp', 25), 11 + 34 + 1 + 48);
});
cuts('need room for a byte', () => {
  const narrow = { ...findTechnology('fibre'), framing: { ...findTechnology('fibre').framing, mtuB: 60 } };
  assert.throws(
    () => on('ipv4/esp/ipv4/udp', 1, narrow),
    (error: InputError) => error.diagnostics[0]?.code === 'CONFLICT',
  );
});
cuts.run();

const back = suite('messages beside the message');
back('of TCP are an acknowledgement of 40 B for every second segment', () => {
  const { acknowledgements } = on('ipv4/tcp', 5 * 1460);
  assert.equal(
    acknowledgements.map(({ layer, messages, bytes }) => [layer, messages, bytes]),
    [['tcp', 3, 3 * (46 + 18 + 8)]],
  );
});
back('of confirmable CoAP are one for each block', () => {
  const { acknowledgements } = on('ipv6/udp/coap', 3000);
  assert.equal(
    acknowledgements.map(({ layer, messages, bytes }) => [layer, messages, bytes]),
    [['coap', 3, 3 * (52 + 18 + 8)]],
  );
});
back('of IEC 60870-5-104 are one S frame for eight ASDUs, which goes through TCP', () => {
  const of = (objects: number) =>
    on('ipv4/tcp/iec104', objects * 240).acknowledgements.find((a) => a.layer === 'iec104')!;
  assert.equal([of(8).messages, of(9).messages], [1, 2]);
  assert.is(of(8).bytes, 46 + 18 + 8);
});
back('go the other way, at its rate', () => {
  const [ack] = on('ipv4/udp/coap', 10, 'gprs').acknowledgements;
  // 4 + 8 + 20 + 10 B in one radio block of four slots.
  assert.is(ms(ack!.airtimeS, 0), '20');
});
back('of a session are those of each layer, through the layers outside of it', () => {
  const { setup } = on('ipv4/tcp/tls1.3', 10);
  assert.equal(
    setup.map(({ layer, messages }) => [layer, messages]),
    [
      ['tcp', 7],
      ['tls1.3', 3],
    ],
  );
  assert.is(setup[1]!.bytes, 129 + 307 + 179 + 3 * (40 + 18 + 8));
});
back('keep a session alive each so often', () => {
  const [keep] = on('ipv4/tcp/iec104', 10).keepAlive;
  assert.equal([keep!.layer, keep!.intervalS, keep!.messages, keep!.frames], ['iec104', 20, 2, 2]);
});
back.run();

const STACKS = [
  'none',
  'ipv4/udp',
  'ipv6/udp/dtls/coap',
  'ipv6/udp/dtls/coap/oscore',
  '6lowpan/udp/coap',
  '6lowpan/udp/dtls/coap',
  'ipv4/tcp/https',
  'ipv4/tcp/tls/mqtt',
  'dnp3',
  'ipv4/tcp/tls/dnp3',
  'ipv4/esp/ipv4/tcp/iec104',
  'ipv4/tcp/mms',
  'ipv4/udp/c12.22',
  'c12.18',
  'ipv6/esp-cbc/tcp/dlms-ciphered',
  'dlms-hdlc',
];
const cases = fc.record({
  stack: fc.constantFrom(...STACKS),
  technology: fc.constantFrom(...technologyLibrary()),
  sizeB: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 })),
});

const properties = suite('overheadOf, for any stack, technology and size');
properties('puts at least the application bytes on the medium, and all that the layers add', () => {
  fc.assert(
    fc.property(cases, ({ stack, technology, sizeB }) => {
      const { message, layers } = on(stack, sizeB, technology);
      assert.ok(message.bytes >= sizeB);
      assert.is(
        message.bytes,
        layers.reduce((bytes, layer) => bytes + layer.addedB, sizeB),
      );
      assert.ok(layers.every((layer) => layer.addedB >= 0));
    }),
    { numRuns: 500 },
  );
});
properties('never takes less for more', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 40 }), ({ stack, technology, sizeB }, more) => {
      const [small, large] = [on(stack, sizeB, technology).message, on(stack, sizeB + more, technology).message];
      assert.ok(large.bytes >= small.bytes && large.frames >= small.frames);
      assert.ok(large.airtimeS >= small.airtimeS * (1 - 1e-12));
    }),
    { numRuns: 1000 },
  );
});
properties('keeps packets within the MTU and frames within their payload, and loses no byte between them', () => {
  fc.assert(
    fc.property(cases, ({ stack, technology, sizeB }) => {
      const { packets: out, frames } = on(stack, sizeB, technology);
      const isIp = /^(ipv|6lo)/.test(stack);
      for (const { sizeB: packetB } of out) assert.ok(!isIp || packetB <= technology.framing.mtuB, String(packetB));
      for (const { payloadB, frameB, count } of frames) {
        assert.ok(payloadB <= technology.framing.payloadB && count > 0);
        assert.is(frameB, frameSizeB(technology, payloadB));
      }
      const sum = (runs: readonly { count: number; sizeB?: number; payloadB?: number }[]) =>
        runs.reduce((bytes, run) => bytes + run.count * (run.sizeB ?? run.payloadB!), 0);
      assert.is(sum(frames), sum(out));
    }),
    { numRuns: 500 },
  );
});
properties(
  'counts a gigabyte in runs: 976,562 blocks of 1044 B in two packets of 560 B at most, and half a block',
  () => {
    const { message } = on('ipv4/udp/coap', 1e9, 'pmp-narrowband');
    assert.is(message.packets, 976_562 * 2 + 1);
  },
);
properties('counts a part of a byte as one, and refuses what is no size', () => {
  assert.equal(on('ipv4/udp', 12.5), on('ipv4/udp', 13));
  for (const size of [-1, Number.NaN]) assert.throws(() => on('ipv4/udp', size), /no size in bytes/);
});
properties.run();

/** `code found nearest` of what is wrong with a stack. */
function wrong(stack: string): string {
  try {
    parseStack(stack);
  } catch (error) {
    assert.instance(error, InputError);
    const [d] = (error as InputError).diagnostics;
    return `${d!.code} ${d!.found} ${d!.nearest ?? ''}`.trim();
  }
  return '';
}

const stacks = suite('parseStack');
stacks('reads layers outer first, with short names', () => {
  assert.is(parseStack('ipv4/tcp/https').text, 'ipv4/tcp/tls1.2/http');
  assert.is(parseStack(' ipv6 / udp ').text, 'ipv6/udp');
  assert.is(parseStack('none').text, 'none');
  assert.is(parseStack('ipv4/ipsec/ipv4/udp/dlms-cosem').text, 'ipv4/esp/ipv4/udp/dlms');
});
stacks('reads 6lowpan with or without the header that it compresses', () => {
  assert.equal(parseStack('6lowpan/udp/coap'), parseStack('6lowpan/ipv6/udp/coap'));
  assert.is(parseStack('6lowpan').text, '6lowpan/ipv6');
});
stacks('answers an unknown layer with the nearest', () => {
  assert.is(wrong('ipv6/upd'), 'UNKNOWN_NAME upd udp');
  assert.is(wrong('ipv6/udp/dtls1.3-ccm'), 'UNKNOWN_NAME dtls1.3-ccm dtls1.3-ccm8');
  assert.is(wrong('ipv4//udp'), 'UNKNOWN_NAME (nothing)');
  assert.is(wrong(''), 'UNKNOWN_NAME (nothing)');
});
stacks('answers a wrong order with the right one where turning it helps', () => {
  assert.is(wrong('coap/udp/ipv6'), 'CONFLICT coap/udp/ipv6 ipv6/udp/coap');
  assert.is(wrong('c12.22/udp/6lowpan'), 'CONFLICT c12.22/udp/6lowpan 6lowpan/ipv6/udp/c12.22');
  assert.is(wrong('ipv4/tls'), 'CONFLICT ipv4/tls');
  assert.is(wrong('ipv6/tcp/coap'), 'CONFLICT ipv6/tcp/coap');
});
stacks('refuses stacks without end', () => {
  assert.is(wrong('ipv4/esp/'.repeat(2000) + 'udp').slice(0, 12), 'OUT_OF_RANGE');
});
stacks.run();

const layers = suite('layers');
layers('have a source behind every figure', () => {
  const numbers = (value: unknown, path = ''): string[] => {
    if (typeof value === 'number') return [path];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => numbers(inner, path === '' ? key : `${path}.${key}`));
  };
  for (const { figures, ...layer } of readLayers().layers) {
    assert.equal(Object.keys(figures).sort(), numbers(layer).sort(), layer.name);
    for (const [path, { source }] of Object.entries(figures)) assert.ok(source.text.length > 3, path);
    assert.ok(layer.leavesOut.length > 0, layer.name);
  }
});
layers('can all be used: each stands on the link or on a layer that does', () => {
  const { layers: all } = readLayers();
  const reached = new Set(['link']);
  for (const _ of all) {
    for (const layer of all) if (layer.over.some((kind) => reached.has(kind))) reached.add(layer.kind);
  }
  assert.equal(
    all.filter((layer) => !reached.has(layer.kind)),
    [],
  );
});
layers('go through JSON unchanged, as the build stores them', () => {
  const library = readLayers();
  assert.equal(JSON.parse(JSON.stringify(library)), library);
});
layers('that are misspelt are answered with place and nearest name', () => {
  for (const [from, to, problem] of [
    ['over: [link, esp]', 'over: [lnk, esp]', 'UNKNOWN_NAME layers.ipv4.over[0] link'],
    ['  tls: [tls1.2]', '  tls: [tls12]', 'UNKNOWN_NAME aliases.tls[0] tls1.2'],
    ['"RFC 791, section 3.1"', '"RFX 791, section 3.1"', 'UNKNOWN_NAME layers.ipv4.steps[0].header.source RFC 791'],
    [', source: "RFC 768" }', ' }', 'MISSING_KEY layers.udp.steps[0].header.source'],
    ['        checked: {', '        checkd: {', 'UNKNOWN_KEY layers.dnp3.steps[2].checkd checked'],
  ]) {
    assert.throws(
      () => loadLayers(layersText().replace(from!, to!), documentsOfPackage()),
      (error: InputError) => {
        assert.is(error.diagnostics.map((d) => `${d.code} ${d.path} ${d.nearest ?? ''}`.trim()).join('\n'), problem);
        return true;
      },
    );
  }
});
layers.run();

const command = suite('fanplan overhead');
command('prints layers, frames and what comes on top', () => {
  const out = printed(() => print('6lowpan/udp/dtls/coap', { bytes: 300, technology: 'zigbee' }));
  assert.match(out, /^ +3 +77 +122 +128 /m);
  assert.match(out, /635 bytes on the medium in 5 frames/);
  assert.match(out, /^acknowledges +coap/m);
});
command('prints as JSON what overheadOf returns, in the direction asked for', () => {
  const out = printed(() => print('ipv4/udp', { bytes: 10, technology: 'gprs', direction: 'down', json: true }));
  assert.equal(JSON.parse(out), overheadOf(parseStack('ipv4/udp'), 10, findTechnology('gprs'), 'down'));
});
command('says what is wrong with its arguments', () => {
  assert.throws(() => print('ipv4/udp', { bytes: Number.NaN, technology: 'gprs' }), /--bytes {2}OUT_OF_RANGE/);
  assert.throws(() => print('ipv4/udp', { bytes: 1, technology: 'gpsr' }), /nearest {2}gprs/);
  assert.throws(() => print('ipv4/updd', { bytes: 1, technology: 'gprs' }), /nearest {2}udp/);
});
command.run();
