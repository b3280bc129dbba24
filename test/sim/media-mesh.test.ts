/** Meshes: who hears whom, airtime and delay by hand, the gateway's funnel, relays without power, floods. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openMesh } from '../../sim/engine/media/mesh.js';
import { MeshTree, ringOf } from '../../sim/engine/media/mesh-tree.js';
import { GATEWAY } from '../../sim/engine/media/senders.js';
import type { AlohaAccess, Arq, CsmaAccess, DcfAccess, Medium, MeshAccess } from '../../sim/media.js';
import { simulateReplication } from '../../sim/simulate.js';
import { fingerprint } from './fingerprint.js';
import type { BenchOptions } from './medium-bench.js';
import { MediumBench } from './medium-bench.js';
import { buildPlan } from './plan-builder.js';

const FRAME_S = 0.03;
const ACK_S = 0.008;
const TURNAROUND_S = 0.001;
const RELAY_S = 0.02;
const ENDPOINTS = 60;

/** Without backoff, so that times can be told by hand. */
const CSMA: CsmaAccess = {
  kind: 'csma-802.15.4',
  leastExponent: 0,
  mostExponent: 0,
  backoffs: 4,
  unitBackoffS: 0.001,
  ccaS: 0.0002,
  turnaroundS: TURNAROUND_S,
};
const BACKOFF: CsmaAccess = { ...CSMA, leastExponent: 3, mostExponent: 5, backoffs: 8 };
const ARQ: Arq = { retries: 7, timeoutS: 0.012 };

interface Options extends Partial<BenchOptions> {
  readonly hop?: MeshAccess['hop'];
  readonly sectors?: number;
  readonly ringShares?: readonly number[];
  readonly arq?: Arq;
  readonly ackS?: number;
  readonly hiddenShare?: number;
}

/** A mesh of three rings, and its tree, to look people up. */
function mesh(options: Options = {}) {
  const {
    hop = CSMA,
    sectors = 1,
    ringShares = [0.3, 0.4, 0.3],
    arq,
    ackS = ACK_S,
    hiddenShare = 0,
    ...more
  } = options;
  const access: MeshAccess = { kind: 'mesh', hop, ringShares, sectors, relayS: RELAY_S };
  const medium: Medium = { name: 'mesh', access, frameLoss: 0, residualLoss: 0, hiddenShare, ...(arq && { arq }) };
  const framing = { lastB: 100, lastS: FRAME_S, ackS };
  const b = new MediumBench({ medium, endpoints: ENDPOINTS, open: openMesh, framing, ...more });
  const tree = new MeshTree(b.program, medium, access, 0);
  const ring = (node: number) => ringOf(b.program, 0, node, access);
  const nodes = Array.from({ length: ENDPOINTS }, (_, node) => node);
  return { b, tree, ring, nodes, parent: (node: number) => tree.next(node, node, true) };
}
function near(value: number, expected: number, what = ''): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${what} ${value}, not ${expected}`);
}
const LEG_S = CSMA.ccaS + TURNAROUND_S + FRAME_S;

const places = suite('places in a mesh');

places('shares of rings hold, and every parent stands in the ring nearer', () => {
  const { ring, parent, tree } = mesh({ endpoints: 20_000, sectors: 3 });
  const nodes = Array.from({ length: 20_000 }, (_, node) => node);
  for (const [i, share] of [0.3, 0.4, 0.3].entries()) {
    const found = nodes.filter((node) => ring(node) === i + 1).length / 20_000;
    assert.ok(Math.abs(found - share) < 3.3 * Math.sqrt((share * (1 - share)) / 20_000), `ring ${i + 1}: ${found}`);
  }
  for (const node of nodes) {
    const up = parent(node);
    assert.is(up === GATEWAY ? 0 : ring(up), ring(node) - 1);
    assert.is(tree.legs(node), ring(node));
    assert.ok(tree.hears(node, up) && tree.hears(up, node));
  }
});

places('one hears its own ring and its neighbours in its sector; the gateway hears ring 1', () => {
  const { ring, tree, nodes } = mesh();
  for (const a of nodes) {
    assert.is(tree.hears(a, GATEWAY), ring(a) === 1);
    for (const b of nodes) if (a !== b) assert.is(tree.hears(a, b), Math.abs(ring(a) - ring(b)) <= 1);
  }
});

places('of s sectors one hears an s-th, and everybody around the gateway; but for the hidden share of pairs', () => {
  const endpoints = 3000;
  const nodes = Array.from({ length: endpoints }, (_, node) => node);
  for (const [hiddenShare, inRing1, fartherOut] of [
    [0, 1, 1 / 4],
    [0.4, 0.6, 0.6 / 4],
  ] as const) {
    const { ring, tree } = mesh({ sectors: 4, endpoints, hiddenShare });
    for (const r of [1, 2, 3]) {
      const [one, ...others] = nodes.filter((node) => ring(node) === r);
      const heard = others.filter((node) => tree.hears(one!, node) && tree.hears(node, one!)).length / others.length;
      const expected = r === 1 ? inRing1 : fartherOut;
      assert.ok(Math.abs(heard - expected) < 0.06, `ring ${r}: ${heard}, not ${expected}`);
    }
  }
});

places('a cast is in jeopardy by whoever is heard by one who hears the caster', () => {
  const { tree } = mesh({ sectors: 3, endpoints: 150 });
  const nodes = Array.from({ length: 150 }, (_, node) => node);
  for (const caster of [GATEWAY, ...nodes]) {
    const receivers = nodes.filter((node) => tree.hears(node, caster));
    for (const other of [GATEWAY, ...nodes]) {
      if (other === caster) continue;
      const expected = receivers.some((node) => node === other || tree.hears(node, other));
      assert.is(tree.disturbsCast(caster, other), expected, `${caster}, ${other}`);
    }
  }
});

places('an empty ring is leapt over', () => {
  const { tree, parent, nodes } = mesh({ ringShares: [0, 0.5, 0.5], sectors: 2 });
  for (const node of nodes) {
    const relay = parent(node);
    assert.is(tree.legs(node), relay === GATEWAY ? 1 : 2);
    assert.ok(tree.hears(node, relay));
  }
});

places.run();

const light = suite('a mesh with little to do');

for (const isUp of [true, false]) {
  light(`takes r airtimes, acknowledgements included, for a message ${isUp ? 'up from' : 'down to'} ring r`, () => {
    for (const target of [1, 2, 3]) {
      const { b, ring, nodes } = mesh({ arq: ARQ });
      const chosen = nodes.filter((node) => ring(node) === target).slice(0, 5);
      assert.is(chosen.length, 5);
      for (const [i, node] of chosen.entries()) b.send(10 * i, node, isUp);
      for (const { atS, offeredS, what } of b.run()) {
        assert.is(what, 'crossed');
        near(atS - offeredS, target * LEG_S + (target - 1) * RELAY_S, `ring ${target}`);
      }
      const link = isUp ? 0 : 1;
      near(b.stats.airtimeS[link]!, 5 * target * (FRAME_S + ACK_S));
      assert.is(b.stats.frames[link], 5 * target);
      assert.is(b.stats.collisions[link], 0);
    }
  });
}

light('by ALOHA or DCF takes as many legs', () => {
  const aloha: AlohaAccess = { kind: 'aloha', slotS: 0, copies: 1, spreadS: 1 };
  const dcf: DcfAccess = {
    kind: 'dcf-802.11',
    slotS: 9e-6,
    sifsS: 16e-6,
    difsS: 34e-6,
    leastWindow: 0,
    mostWindow: 1023,
  };
  for (const [hop, accessS] of [
    [aloha, 0],
    [dcf, dcf.difsS],
  ] as const) {
    const { b, ring, nodes } = mesh({ hop, arq: ARQ });
    const node = nodes.find((node) => ring(node) === 3)!;
    b.send(1, node);
    near(b.run()[0]!.atS, 1 + 3 * (accessS + FRAME_S) + 2 * RELAY_S, hop.kind);
    near(b.stats.airtimeS[0]!, 3 * (FRAME_S + ACK_S));
  }
});

light('has a polled tree of switches ask over all legs', () => {
  const hop = { kind: 'polled', pollS: 0.01, turnaroundS: 0, emptyS: 0.01, timeoutS: 1, retries: 0 } as const;
  const { b, ring, nodes } = mesh({ hop, arq: ARQ });
  const node = nodes.find((node) => ring(node) === 3)!;
  b.send(1, node);
  const [fate] = b.run(100);
  assert.is(fate!.what, 'crossed');
  assert.ok(fate!.atS - 1 >= 3 * (0.01 + FRAME_S), `${fate!.atS}`);
});

light('holds its messages also at relays, with the airtime to go', () => {
  const { b, ring, nodes } = mesh({ arq: ARQ });
  b.send(0, nodes.find((node) => ring(node) === 3)!);
  b.run(1e-6);
  assert.equal(b.held(), { waiting: 1, others: 0 });
  near(b.unfinishedWorkS, 3 * (FRAME_S + ACK_S));
  b.run(LEG_S + RELAY_S / 2);
  assert.equal(b.held(), { waiting: 0, others: 1 });
  near(b.unfinishedWorkS, 2 * (FRAME_S + ACK_S));
  b.run();
  assert.equal(b.held(), { waiting: 0, others: 0 });
  assert.is(b.unfinishedWorkS, 0);
});

light.run();

const air = suite('the air of a mesh');

air('carries frames far out in two sectors at one time', () => {
  const { b, ring, nodes, tree, parent } = mesh({ sectors: 2 });
  const far = nodes.filter((node) => ring(node) === 3);
  const a = far[0]!;
  const other = far.find((node) => node !== a && !tree.hears(a, node))!;
  assert.is.not(parent(a), parent(other));
  b.send(0, a);
  b.send(0.01, other); // both then are late for each other at the gateway
  b.run(FRAME_S + 0.02);
  assert.is(b.stats.frames[0], 2);
  assert.is(b.stats.collisions[0], 0);
});

air('carries one frame at a time in one sector: who comes later hears the first', () => {
  const { b, ring, nodes } = mesh({ hop: { ...BACKOFF, turnaroundS: 0 } });
  const far = nodes.filter((node) => ring(node) === 3);
  b.send(0, far[0]!);
  b.send(0.01, far[1]!);
  b.run(FRAME_S + 0.02);
  assert.is(b.stats.frames[0], 1);
});

air('has hidden nodes two rings away: ring 1 spoils what ring 3 sends to ring 2, and gets through itself', () => {
  const { b, ring, nodes } = mesh();
  const [near1, far] = [nodes.find((node) => ring(node) === 1)!, nodes.find((node) => ring(node) === 3)!];
  b.send(0, far);
  b.send(0.01, near1);
  const fates = b.run();
  assert.is(fates.find(({ node }) => node === far)!.what, 'lost');
  assert.is(fates.find(({ node }) => node === near1)!.what, 'crossed');
  assert.is(b.stats.collisions[0], 1);
});

air('carries one frame at a time around the gateway, whatever the sectors', () => {
  const { b, ring, nodes } = mesh({ hop: { ...BACKOFF, turnaroundS: 0 }, sectors: 4 });
  const first = nodes.filter((node) => ring(node) === 1);
  for (const [i, node] of first.slice(0, 8).entries()) b.send(0.001 * i, node);
  assert.ok(b.run().filter(({ what }) => what === 'crossed').length >= 4);
  assert.is(b.stats.collisions[0], 0);
});

air('has relays that hear ring 1 of other sectors, unlike their children', () => {
  const { b, ring, nodes, tree, parent } = mesh({ sectors: 2 });
  const far = nodes.find((node) => ring(node) === 2)!;
  const other = nodes.find((node) => ring(node) === 1 && !tree.hears(far, node))!;
  assert.ok(tree.hears(parent(far), other));
  b.send(0, far);
  b.send(0.01, other);
  const fates = b.run();
  assert.is(fates.find(({ node }) => node === far)!.what, 'lost');
  assert.is(fates.find(({ node }) => node === other)!.what, 'crossed');
});

/** Everyone of eight in `ring` always has a message. @returns messages a second that get through, share of collisions */
function saturate(target: number, sectors: number, more: Options = {}): { perS: number; collided: number } {
  const { b, ring, nodes } = mesh({ hop: BACKOFF, sectors, arq: ARQ, ...more });
  b.onFate = ({ node }) => b.send(b.nowS, node);
  for (const node of nodes.filter((node) => ring(node) === target).slice(0, 8)) b.send(node / 1000, node);
  b.run(300);
  const crossed = b.fates.filter(({ what }) => what === 'crossed').length;
  return { perS: crossed / 300, collided: b.stats.collisions[0]! / b.stats.frames[0]! };
}

for (const target of [1, 2, 3]) {
  air(`of one sector bears ${target} airtimes for each message of ring ${target}: no more get through`, () => {
    const mostPerS = 1 / (target * (FRAME_S + ACK_S));
    const { perS } = saturate(target, 1);
    assert.ok(perS > 0.4 * mostPerS && perS < mostPerS, `${perS} of ${mostPerS} a second`);
  });
}

air('chokes at the gateway when all always have something to send and most pairs are hidden; waits relieve it', () => {
  const all = saturate(1, 4);
  assert.equal(all, saturate(1, 1), 'the gateway has no sectors');
  const hidden = saturate(1, 4, { hiddenShare: 0.7 });
  assert.ok(all.collided < 0.8 && hidden.collided > 0.9, `collisions: ${all.collided}, hidden ${hidden.collided}`);
  const waiting = saturate(1, 4, { hiddenShare: 0.7, arq: { ...ARQ, backoffS: 0.3 } });
  assert.ok(waiting.perS > 2 * hidden.perS, `${waiting.perS} a second with waits, ${hidden.perS} without`);
});

air.run();

const power = suite('a relay without power');

power('gets nothing through: the attempts towards it fail', () => {
  let dead = -2;
  const { b, ring, nodes, parent } = mesh({ arq: { ...ARQ, retries: 2 }, hasPower: (node) => node !== dead });
  const far = nodes.find((node) => ring(node) === 3)!;
  dead = parent(far);
  b.send(0, far);
  b.send(5, dead);
  const fates = b.run();
  assert.equal(
    fates.map(({ what }) => what),
    ['lost', 'lost'],
  );
  near(fates[0]!.atS, 3 * (LEG_S + ARQ.timeoutS));
  near(fates[1]!.atS, 5);
  assert.is(b.stats.frames[0], 3);
});

power('loses what it holds when it is to send', () => {
  let dead = -2;
  const goneS = LEG_S + RELAY_S / 2;
  const { b, ring, nodes, parent } = mesh({ arq: ARQ, hasPower: (node, atS) => node !== dead || atS < goneS });
  const far = nodes.find((node) => ring(node) === 3)!;
  dead = parent(far);
  b.send(0, far);
  const [fate] = b.run();
  assert.is(fate!.what, 'lost');
  near(fate!.atS, LEG_S + RELAY_S);
  assert.is(b.stats.frames[0], 1);
});

power.run();

const flood = suite('a cast message');

flood(
  'is repeated by one relay per sector of all rings but the last, and arrives when the last has been served',
  () => {
    for (const sectors of [1, 2]) {
      const { b } = mesh({ cast: true, sectors, arq: ARQ });
      b.send(0, 0, false);
      const [fate] = b.run();
      assert.is(fate!.what, 'crossed');
      near(fate!.atS, 3 * LEG_S + 2 * RELAY_S);
      assert.is(b.stats.frames[1], 1 + 2 * sectors);
      assert.is(b.stats.retries[1], 0);
      near(b.stats.airtimeS[1]!, (1 + 2 * sectors) * FRAME_S);
      assert.equal(b.held(), { waiting: 0, others: 0 });
    }
  },
);

flood('chooses relays that have power, and does without where there are none', () => {
  const dark = mesh({ cast: true, hasPower: (node) => node < 0 });
  dark.b.send(0, 0, false);
  near(dark.b.run()[0]!.atS, LEG_S);
  assert.is(dark.b.stats.frames[1], 1);
});

flood('is lost when the gateway was not heard', () => {
  const { b, ring, nodes } = mesh({ cast: true });
  b.send(0, 0, false);
  b.send(0.01, nodes.find((node) => ring(node) === 2)!); // does not hear the gateway
  assert.is(b.run().find(({ isUp }) => !isUp)!.what, 'lost');
});

flood.run();

const cells = suite('meshes of many areas');

cells('come out the same however the network is cut into cells', () => {
  const access: MeshAccess = { kind: 'mesh', hop: BACKOFF, ringShares: [0.4, 0.6], sectors: 2, relayS: RELAY_S };
  const medium: Medium = { name: 'mesh', access, frameLoss: 0.05, residualLoss: 0.01, hiddenShare: 0.1, arq: ARQ };
  const framing = { lastB: 100, lastS: FRAME_S, ackS: ACK_S };
  const plan = buildPlan({
    horizonS: 1800,
    kinds: { dap: 3 },
    endpoints: { dap: 40 },
    links: {
      'NAN up': { kind: 'dap', server: 'NAN', medium, bufferMessages: 20 },
      'NAN down': { kind: 'dap', server: 'NAN' },
      'WAN up': { rateBps: 20_000, delayS: 0.02 },
      'WAN down': { rateBps: 20_000, delayS: 0.02 },
    },
    sources: [
      {
        name: 'reads',
        kind: 'dap',
        process: 'periodic',
        phase: 'synchronised',
        spreadS: 10,
        devices: 40,
        periodS: 600,
        sizeB: 100,
        path: [{ link: 'NAN up', framing }, 'WAN up'],
      },
      {
        name: 'commands',
        kind: 'dap',
        devices: 40,
        periodS: 900,
        sizeB: 25,
        path: ['WAN down', { link: 'NAN down', framing }],
      },
      { name: 'answers', kind: 'dap', process: 'caused', sizeB: 100, path: [{ link: 'NAN up', framing }, 'WAN up'] },
    ],
    causes: [{ trigger: 'commands', source: 'answers' }],
  });
  const stats = simulateReplication(plan, 1);
  assert.ok(stats.flows.delivered[0]! > 200 && stats.links.collisions[0]! > 10 && stats.links.lostMessages[0]! > 0);
  const single = simulateReplication(plan, 1, { partition: 'single' });
  assert.is(fingerprint({ ...single, counts: stats.counts }), fingerprint(stats));
});

cells.run();
