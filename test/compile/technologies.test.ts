/** From technology and stack to the plan: against `overheadOf`, the library, and arithmetic on paper. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { priorityOf } from '../../scenarios/compile/priority.js';
import { Discipline, type Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { overheadOf } from '../../topologies/overhead/overhead.js';
import { parseStack } from '../../topologies/overhead/stack.js';
import { findTechnology, technologyLibrary } from '../../topologies/technologies.js';
import { type Compiled, compiled, compiledSmall, population, type RowText } from './support.js';

const METER = '2-Way Meter - Electr';
const HEAD_END = 'AMI Head-End(j)';
const populations = [population('ElectrMtr', [METER], 'meters.electric.total')];
const hourly = '1 per | ElectrMtr per | hour';
const read = (size: string): RowText => ({ payload: 'read_cmd', from: HEAD_END, to: METER, howOften: hourly, size });
const answer = (size: string): RowText => ({
  payload: 'read_resp-data',
  type: 'resp-data',
  from: METER,
  to: HEAD_END,
  howOften: hourly,
  size,
});
const events = {
  'events.yaml': '- { name: price, aliases: [price event], scope: system, perYear: 8760, source: of the test }\n',
};
const compile = (links: string, rows: readonly RowText[], more = '', meters = 10): Compiled =>
  compiledSmall(
    `name: t\nprofile: ACdW\nuseCases: [reading]\ndeployment: { meters: ${meters}, daps: 1 }\nlinks: ${links}\n${more}`,
    rows,
    populations,
    events,
  );

/** A line of 8 kbit/s, so that a byte takes a millisecond: frames of 100 B and 10 B of header. */
const LINE = `technologies:
  line:
    duplex: full
    rates: { up: { phy: 8 kbit/s }, down: { phy: 8 kbit/s } }
    framing: { mtu: 1500 B, payload: 100 B, header: 10 B }
    access: { kind: dedicated }
    delay: { oneWay: 200 ms, processing: 50 ms }
    loss: { frame: 0, residual: 0 }
  packet: { like: line, framing: { payload: 1500 B, header: 8 B } }
`;

const link = ({ links }: Plan, name: string) => links.name.indexOf(name);
/** Hops of a link that stand in trees of messages, replies left out. */
const hopsOf = ({ hops }: Plan, of: number) =>
  [...hops.link.keys()].filter((h) => hops.link[h] === of && !hops.reply.includes(h));
const near = (got: number, expected: number) =>
  assert.ok(Math.abs(got - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${got} is not ${expected}`);

const framings = suite('framings');

framings('have the frames, bytes and airtime of overheadOf, for every technology, size and direction', () => {
  const rows = [read('25'), answer('3000')];
  for (const [i, technology] of technologyLibrary().entries()) {
    for (const stack of i % 2 === 0 ? ['none', 'ipv6/udp'] : ['ipv4/tcp/tls']) {
      const { plan } = compile(`{ NAN: { technology: ${technology.name}, stack: ${stack} } }`, rows);
      for (const [way, sizeB] of [
        ['down', 25],
        ['up', 3000],
      ] as const) {
        const { message } = overheadOf(parseStack(stack), sizeB, technology, way);
        const hops = hopsOf(plan, link(plan, `NAN dap ${way}`)).filter((h) => plan.hops.framing[h]! >= 0);
        assert.ok(hops.length > 0);
        for (const h of hops) {
          const f = plan.hops.framing[h]!;
          const { frames, fullB, lastB, fullS, lastS, gapS, ackS } = plan.framings;
          assert.is(frames[f], message.frames, `${technology.name} ${stack}`);
          near((frames[f]! - 1) * fullB[f]! + lastB[f]!, message.bytes);
          near((frames[f]! - 1) * fullS[f]! + lastS[f]!, message.airtimeS);
          near(frames[f]! * gapS[f]!, message.gapS);
          near(frames[f]! * ackS[f]!, message.linkAckS);
          near(sizeB + plan.hops.overheadB[h]!, message.bytes);
        }
      }
    }
  }
});

framings('by hand: 250 B in frames of 100 B with 10 B of header are 110, 110 and 60 B, a millisecond each', () => {
  const { plan } = compile('{ NAN: { technology: line, stack: none } }', [read('250')], LINE);
  const [h] = hopsOf(plan, link(plan, 'NAN dap down'));
  const f = plan.hops.framing[h!]!;
  const { frames, fullB, lastB, fullS, lastS } = plan.framings;
  assert.equal([frames[f], fullB[f], lastB[f]], [3, 110, 60]);
  near(fullS[f]!, 0.11);
  near(lastS[f]!, 0.06);
});

framings('by hand: 100 B over UDP and IPv6 on Wi-SUN at 150 kbit/s', () => {
  const { plan } = compile('{ NAN: { technology: wi-sun-fsk-150, stack: ipv6/udp } }', [read('100')]);
  const [h] = hopsOf(plan, link(plan, 'NAN dap down'));
  const f = plan.hops.framing[h!]!;
  // 100 + 8 + 40, MAC 65, preamble 16; acknowledgement of 38 + 16 B after a millisecond.
  assert.equal([plan.framings.frames[f], plan.framings.lastB[f], plan.hops.overheadB[h!]], [1, 229, 129]);
  near(plan.framings.lastS[f]!, (229 * 8) / 150e3);
  near(plan.framings.ackS[f]!, 0.001 + (54 * 8) / 150e3);
});

framings('are shared by hops that are alike, and absent on pipes', () => {
  const { plan } = compile(
    '{ WAN: { technology: packet }, NAN: { rate: 1 kbit/s } }',
    [read('90'), answer('90')],
    LINE,
  );
  const rows = hopsOf(plan, link(plan, 'WAN dap down')).map((h) => plan.hops.framing[h]);
  assert.is(new Set(rows).size, 1);
  for (const h of hopsOf(plan, link(plan, 'NAN dap down'))) {
    assert.equal([plan.hops.framing[h], plan.hops.overheadB[h], plan.hops.reply[h]], [-1, 60, -1]);
  }
});

framings.run();

const replies = suite('acknowledgements of the transport');
const tcp = compile('{ WAN: { technology: packet, stack: ipv4/tcp } }', [read('1000')], LINE);

replies('go back by the same data flow: a header of TCP and IP for every second segment', () => {
  const { plan } = tcp;
  const [h] = hopsOf(plan, link(plan, 'WAN dap down'));
  const reply = plan.hops.reply[h!]!;
  assert.is(plan.hops.link[reply], link(plan, 'WAN dap up'));
  assert.is(plan.links.dataFlow[plan.hops.link[reply]!], '1Ca');
  assert.equal([plan.hops.child[reply], plan.hops.deliverFlow[reply], plan.hops.listeners[reply]], [-1, -1, -1]);
  const f = plan.hops.framing[reply]!;
  assert.equal([plan.framings.frames[f], plan.framings.lastB[f], plan.framings.fullB[f]], [1, 48, 48]);
  near(plan.framings.lastS[f]!, 0.048);
});

replies('are as many as the messages that they answer', () => {
  assert.is(tcp.onLink('WAN dap down'), 10 * 24);
  assert.is(tcp.onLink('WAN dap up'), 10 * 24);
});

replies('of several segments are one message with all of them: 9 segments, 5 acknowledgements', () => {
  const { plan } = compile('{ WAN: { technology: packet, stack: ipv4/tcp } }', [read('13000')], LINE);
  const [h] = hopsOf(plan, link(plan, 'WAN dap down'));
  assert.is(plan.framings.frames[plan.hops.framing[h!]!], 9);
  assert.is(plan.framings.frames[plan.hops.framing[plan.hops.reply[h!]!]!], 5);
});

replies('come from both layers that acknowledge, and from none that does not', () => {
  const of = (stack: string) => {
    const { plan } = compile(`{ WAN: { technology: packet, stack: ${stack} } }`, [read('100')], LINE);
    const reply = plan.hops.reply[hopsOf(plan, link(plan, 'WAN dap down'))[0]!]!;
    return reply < 0 ? 0 : plan.framings.frames[plan.hops.framing[reply]!];
  };
  assert.equal([of('ipv6/udp'), of('ipv6/udp/coap'), of('ipv4/tcp'), of('ipv4/tcp/mqtt')], [0, 1, 1, 2]);
});

replies('are not sent by those who hear a broadcast', () => {
  const row = { ...read('100'), payload: 'price_brdcst', howOften: '1 per | ElectrMtr per | price event' };
  const { plan } = compile('{ all: { technology: packet, stack: ipv4/tcp } }', [row], LINE);
  assert.is(
    plan.hops.fan.some((fan) => fan > 0),
    true,
  );
  assert.equal([...new Set(plan.hops.reply)], [-1]);
});

replies.run();

const media = suite('media');

media('are what the library says, and the rest of the entry', () => {
  const { plan } = compile(
    '{ NAN: { technology: wi-sun-fsk-50, hidden: 10%, meshRings: [60%, 40%], sectors: 2 }, WAN: { technology: mas-9600, stack: dnp3 } }',
    [read('100')],
  );
  const [down, up] = ['NAN dap down', 'WAN dap down'].map((name) => plan.links.server[link(plan, name)]!);
  const mesh = plan.media[plan.servers.medium[down!]!]!;
  const library = findTechnology('wi-sun-fsk-50');
  if (library.access.kind !== 'mesh' || library.access.hop.kind !== 'csma-802.15.4') throw new Error('no mesh');
  const { hidden, ...hop } = library.access.hop;
  assert.is(hidden, 0.2);
  assert.equal(mesh, {
    name: 'wi-sun-fsk-50',
    access: { kind: 'mesh', hop, ringShares: [0.6, 0.4], sectors: 2, relayS: 0.011 },
    frameLoss: 0.05,
    residualLoss: 0.001,
    arq: { retries: 7, timeoutS: 0.012, backoffS: 0.086 },
    hiddenShare: 0.1,
  });
  const polled = plan.media[plan.servers.medium[up!]!]!;
  // A poll of 20 B behind 20 ms of key-up; the answer's key-up is part of its turn-around.
  if (polled.access.kind !== 'polled') throw new Error('not polled');
  near(polled.access.pollS, 0.02 + 160 / 9600);
  near(polled.access.turnaroundS, 0.012 + 0.02);
  near(polled.access.emptyS, 160 / 9600);
  assert.equal([polled.access.timeoutS, polled.access.retries, polled.arq], [0.5, 2, undefined]);
});

media('have the share of hidden pairs and the waits of the library, unless the scenario says otherwise', () => {
  const of = (text: string) => compile(`{ NAN: ${text} }`, [read('100')]).plan.media[0]!;
  assert.equal(
    ['wi-sun-fsk-150', 'plc-g3-fcc', 'zigbee', 'wi-fi-54', 'pmp-narrowband', 'plc-prime'].map(
      (name) => of(`{ technology: ${name}, stack: none }`).hiddenShare,
    ),
    [0.2, 0.3, 0, 0.1, 0, 0],
  );
  assert.is(of('{ technology: wi-sun-fsk-150, hidden: 5% }').hiddenShare, 0.05);
  const changed = of(
    '{ technology: { like: wi-sun-fsk-150, access: { hop: { hidden: 7% } }, arq: { backoff: 0.2 s } } }',
  );
  assert.equal([changed.hiddenShare, changed.arq!.backoffS], [0.07, 0.2]);
});

media('have residual loss only where something is repeated', () => {
  const { plan } = compile(
    '{ WAN: { technology: vsat, stack: none }, NAN: { technology: pmp-narrowband, stack: none } }',
    [read('20')],
  );
  const loss = Object.fromEntries(
    plan.media.map(({ name, frameLoss, residualLoss }) => [name, [frameLoss, residualLoss]]),
  );
  assert.equal(loss, { vsat: [0.0001, 0], 'pmp-narrowband': [0.1, 0.01] });
});

media('of all kinds of access are served by the engine', () => {
  const rows = [read('20'), answer('20')];
  for (const { name } of technologyLibrary()) {
    const { plan } = compile(`{ NAN: { technology: ${name}, stack: none } }`, rows, 'duration: 2 hr\nwarmUp: none\n');
    const { flows } = simulateReplication(plan, 1);
    const settled = [0, 1].map((f) => flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!);
    assert.equal(settled, [flows.sent[0], flows.sent[1]], name);
    assert.ok(flows.delivered[0]! > 0, `${name} delivers nothing`);
  }
});

media('are one row for links that are alike; half-duplex links share a server, others do not', () => {
  const { plan } = compile('{ NAN: { technology: zigbee }, WAN: { technology: fibre, stack: none } }', [
    read('100'),
    answer('100'),
  ]);
  const server = (name: string) => plan.links.server[link(plan, name)]!;
  assert.is(server('NAN dap up'), server('NAN dap down'));
  assert.is.not(server('WAN dap up'), server('WAN dap down'));
  assert.equal(plan.media.map(({ name }) => name).sort(), ['fibre', 'zigbee']);
  assert.is(plan.servers.medium[server('WAN dap up')], plan.servers.medium[server('WAN dap down')]);
  const stations = ['NAN dap up', 'WAN dap up'].map((name) => plan.servers.oneStation[server(name)]);
  assert.equal(stations, [0, 1], 'a DAP speaks for its area');
});

media('have the queues that the entry says', () => {
  const queue = '{ discipline: fair, weights: [3, 1], quantum: 300 B, buffer: { size: 5 kB, messages: 7 } }';
  const { plan } = compile(`{ NAN: ${queue} }`, [read('100')]);
  const { servers } = plan;
  const s = plan.links.server[link(plan, 'NAN dap down')]!;
  assert.equal(
    [servers.discipline[s], servers.weights[s], servers.quantumB[s], servers.bufferB[s], servers.bufferMessages[s]],
    [Discipline.fair, [3, 1], 300, 5000, 7],
  );
});

media('name the messages that are larger than a buffer on their way', () => {
  const limits = (links: string) =>
    compile(links, [read('940'), answer('100')])
      .plan.assumptions.filter(({ key }) => key.endsWith(': buffer'))
      .map(({ key, value, reason }) => [key, value, /read_(cmd|resp-data)/.exec(reason)?.[0]]);
  // Without a technology 60 bytes of overhead.
  assert.equal(limits('{ NAN: { buffer: 1 kB } }'), []);
  assert.equal(limits('{ NAN: { buffer: 999 B } }'), [['NAN dap down: buffer', '999', 'read_cmd']]);
});

media('tell how often large messages are lost for want of one frame', () => {
  const notes = (size: string, loss: string) =>
    compile(`{ NAN: { technology: { like: line, loss: { frame: ${loss} } }, stack: none } }`, [read(size)], LINE)
      .plan.assumptions.filter(({ key }) => key.endsWith(': large messages'))
      .map(({ key, value }) => [key, value]);
  // 25 frames without repetition: 1 - 0.99^25.
  assert.equal(notes('2500', '1%'), [['NAN dap down: large messages', '22 %']]);
  assert.equal(notes('2500', '0.01%'), [], 'one in 400 is not worth it');
  assert.equal(notes('100', '10%'), [], 'a single frame is no large message');
});

media.run();

const simulated = suite('a message over two framed links');
const one = (size: string, links: string, meters = 1) => {
  const { plan } = compile(links, [read(size)], `${LINE}warmUp: none\nduration: 5 hr\n`, meters);
  const { flows } = simulateReplication(plan, 1);
  return { count: flows.delivered[0]!, meanS: flows.latencySumS[0]! / flows.delivered[0]! };
};

simulated('takes its frames and delays on each, one after the other', () => {
  const { count, meanS } = one('250', '{ all: { technology: line, stack: none } }');
  assert.is(count, 5);
  near(meanS, 2 * (0.28 + 0.25));
});

simulated('goes on frame by frame where its receiver forwards frames', () => {
  const { meanS } = one('300', '{ all: { technology: line, stack: none, forwards: frames } }');
  near(meanS, (3 + 1) * 0.11 + 2 * 0.25);
});

simulated.run();

const carriers = suite('what goes on together');

carriers('is cut as a long transfer is: within a frame of overheadOf', () => {
  for (const [technology, stack] of [
    ['wi-sun-fsk-150', 'ipv6/udp'],
    ['fibre', 'ipv4/tcp/tls'],
    ['plc-prime', 'ipv6/udp/dlms'],
    ['mas-9600', 'dnp3'],
  ] as const) {
    const { plan } = compile(
      `{ WAN: { technology: ${technology}, stack: ${stack} } }`,
      [answer('200')],
      'forwarding: { DAP: { batch: 20 kB } }\n',
    );
    const { frameAppB, fullB, fullS } = plan.holds;
    for (const sizeB of [5000, 20_000, 60_000]) {
      const { message } = overheadOf(parseStack(stack), sizeB, findTechnology(technology));
      const frames = sizeB / frameAppB[0]!;
      const slack = 1.02 * Math.max(1, 0.02 * message.frames);
      assert.ok(Math.abs(frames * fullB[0]! - message.bytes) <= slack * fullB[0]!, `${technology} ${sizeB}`);
      assert.ok(Math.abs(frames * fullS[0]! - message.airtimeS) <= slack * fullS[0]!, `${technology} ${sizeB}`);
    }
  }
});

carriers.run();

const sessions = suite('sessions');
const mqtt = (more = '') =>
  compile(
    '{ WAN: { technology: packet, stack: ipv4/tcp/mqtt, sessions: persistent } }',
    [answer('100')],
    `${LINE}duration: 2 hr\nwarmUp: none\n${more}`,
  );

sessions('that persist are kept alive: a request of each DAP and its answer each minute', () => {
  const kept = mqtt();
  assert.is(kept.onLink('WAN dap up'), 120 + 20);
  assert.is(kept.onLink('WAN dap down'), 120 + 20, 'answers, and acknowledgements of TCP and MQTT');
  const { plan } = kept;
  const s = plan.sources.name.indexOf('keep-alive mqtt | WAN dap up');
  assert.equal([plan.sources.periodS[s], plan.sources.devices[s], plan.flows.name.length], [60, 1, 1]);
  const h = plan.sources.rootHop[s]!;
  const { keepAlive } = overheadOf(parseStack('none'), 0, findTechnology('fibre'));
  assert.equal(keepAlive, []);
  // MQTT PINGREQ of 2 B, TCP and IP 40 B, the line's 8 B.
  assert.is(plan.framings.lastB[plan.hops.framing[h]!], 50);
});

sessions('are set up again when their link is back', () => {
  const { plan } = mqtt('events:\n  - outage: { of: WAN, at: "01:00", duration: 10 min }\n');
  const { sources, hops, framings: rows } = plan;
  const setUps = sources.name.flatMap((name, s) => (name.startsWith('set-up') ? [s] : []));
  assert.is(setUps.length, 2, 'TCP and MQTT');
  for (const s of setUps) {
    assert.is(sources.burstAtS[sources.burstStart[s]!], 70 * 60);
    assert.is(sources.spreadS[s], 60, 'noticed by the next keep-alive');
  }
  const h = sources.rootHop[setUps[0]!]!;
  // TCP: 24 and three times 20 B from the client, 24, 20 and 20 B back, close included; IP 20 B and the line's 8 B each.
  assert.equal([rows.frames[hops.framing[h]!], hops.overheadB[h]], [4, 84 + 4 * 28]);
  assert.equal([rows.frames[hops.framing[hops.reply[h]!]!], hops.overheadB[hops.reply[h]!]], [3, 64 + 3 * 28]);
  const { flows } = simulateReplication(plan, 1);
  assert.is(flows.delivered[0]! + flows.lost[0]! + flows.inFlightEnd[0]!, flows.sent[0]);
});

sessions('are set up again by the meters that were without power, when it returns', () => {
  const { plan } = compile(
    '{ NAN: { technology: wi-sun-fsk-150, stack: 6lowpan/udp/dtls/coap, sessions: persistent } }',
    [answer('100')],
    'duration: 3 hr\nwarmUp: none\nevents:\n  - outage: { at: "01:00", share: 20%, duration: 30 min }\n',
  );
  const { sources, outages } = plan;
  const dark = [...outages.nodes].reduce((sum, nodes, i) => sum + nodes * outages.instanceCount[i]!, 0);
  assert.ok(dark > 0);
  const setUps = sources.name.flatMap((name, s) => (name.startsWith('set-up dtls') ? [s] : []));
  const again = setUps.reduce(
    (sum, s) => sum + sources.burstDevices[sources.burstStart[s]!]! * sources.instanceCount[s]!,
    0,
  );
  assert.is(again, dark);
  for (const s of setUps) assert.is(sources.burstAtS[sources.burstStart[s]!], 90 * 60);
});

sessions('that are ignored send nothing', () => {
  const { plan } = compile('{ WAN: { technology: packet, stack: ipv4/tcp/mqtt } }', [answer('100')], LINE);
  assert.is(plan.sources.name.length, 1);
  assert.ok(plan.assumptions.some(({ key, value }) => key === 'links.*.sessions' && value === 'ignore'));
});

sessions.run();

const priorities = suite('priorityOf');
const classOf = (
  type: 'alarm' | 'cmd' | 'resp-data' | 'ack',
  sizeB: number,
  budgetS: number,
  cia: string | null = null,
) => priorityOf({ type, cia }, sizeB, budgetS);

priorities('puts alarms first, commands and their acknowledgements before data, bulk last', () => {
  assert.equal(
    [classOf('alarm', 1e6, 1), classOf('cmd', 100, 60), classOf('ack', 25, 60), classOf('resp-data', 100, 60)],
    [0, 1, 1, 2],
  );
  assert.equal([classOf('cmd', 10_000, 1), classOf('resp-data', 9999, 60)], [3, 2]);
});

priorities('raises data that a control loop waits for, or whose availability is rated high', () => {
  assert.equal(
    [4.9, 5, Number.NaN].map((budgetS) => classOf('resp-data', 100, budgetS)),
    [1, 2, 2],
  );
  assert.equal(
    ['L-H-H', 'H-H-M', null].map((cia) => classOf('resp-data', 100, 60, cia)),
    [1, 2, 2],
  );
});

priorities('is overruled by the scenario', () => {
  const { plan } = compile(
    '{ NAN: { discipline: priority } }',
    [read('100')],
    'payloads: { read_cmd: { priority: 5 } }\n',
  );
  assert.equal([plan.flows.priority[0], plan.sources.priority[0]], [5, 5]);
});

priorities.run();

const coupled = suite('reads whose size follows from how often');

coupled('are taken at the end with more bytes on the medium, its headers included', () => {
  const commercial = '4.10.4.4/Mtr-read_multi-interval-data_resp-data/electr-ci';
  const sizeWith = (header: string) => {
    const technology = `{ like: wi-sun-fsk-150, framing: { header: ${header} } }`;
    const { plan } = compiled(
      `name: t\nprofile: ACdW\ndeployment: { meters: 100 }\nonly: [${commercial}]\nlinks: { NAN: { technology: ${technology}, stack: none } }\n`,
    );
    return plan.flows.sizeB[0];
  };
  // 12 x (1600 + h) against 24 x (200 + h), each in one frame: equal at h = 1200.
  assert.equal([sizeWith('65 B'), sizeWith('1300 B')], [1600, 200]);
});

coupled.run();

const notes = suite('assumptions');
const noted = (links: string, more = '', meters = 10) => compile(links, [read('100')], more, meters).plan.assumptions;

notes('name technology and stack of each entry, with how many figures are assumptions', () => {
  const list = noted('{ NAN: { technology: zigbee, stack: ipv6/udp } }');
  const { figures } = findTechnology('zigbee');
  const assumed = Object.values(figures).filter(({ source }) => source.kind === 'assumption').length;
  const one = list.find(({ key }) => key === 'links.NAN.technology');
  assert.is(one?.value, 'ipv6/udp on zigbee');
  assert.match(
    one!.reason,
    `of ${Object.keys(figures).length} figures ${assumed} are assumptions and 0 the scenario's`,
  );
});

notes('name every figure that the scenario gives', () => {
  const list = noted('{ NAN: { technology: { like: zigbee, loss: { frame: 9% } }, stack: none } }');
  const own = list.filter(({ reason }) => reason === 'given by the scenario');
  assert.equal(
    own.map(({ key, value }) => [key, value]),
    [['zigbee of NAN: loss.frame', '9%']],
  );
});

notes('warn of a network that the technology is not described for, once, and of too many endpoints', () => {
  const limits = noted('{ NAN: { technology: microwave, stack: none } }').filter(({ kind }) => kind === 'limit');
  assert.is(limits.filter(({ reason }) => reason.startsWith('described for WAN')).length, 1);
  const most = findTechnology('zigbee').endpoints.most;
  const crowd = (meters: number) =>
    noted('{ NAN: { technology: zigbee, stack: none } }', '', meters).some(
      ({ key }) => key === 'zigbee: endpoints.most',
    );
  assert.equal([crowd(most), crowd(most + 1)], [false, true]);
});

notes('say what a technology leaves out, and that messages are larger than its packets', () => {
  const list = noted('{ NAN: { technology: { like: zigbee, framing: { mtu: 90 B } }, stack: none } }');
  assert.ok(list.some(({ value, reason }) => value === 'leaves out' && reason === findTechnology('zigbee').leavesOut));
  assert.ok(list.some(({ key, value }) => key === 'zigbee of NAN over none' && value === 'messages of up to 100 B'));
});

notes.run();
