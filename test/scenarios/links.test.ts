import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diagnose, load, SIX_LINES } from './support.js';

const read = (text: string) => load(`${SIX_LINES}links:\n${text}`);

const links = suite('links');

links('every network has settings, and no data flow unless it is named', () => {
  const { links: byNetwork, dataFlows } = load(SIX_LINES);
  assert.equal(Object.keys(byNetwork), ['LAN', 'WAN', 'NAN']);
  assert.equal(dataFlows, {});
  assert.equal(byNetwork['NAN'], {
    rateBps: { up: 100_000, down: 100_000 },
    delayS: 0.005,
    overheadB: 60,
    duplex: 'half',
    forwards: 'messages',
    medium: undefined,
    bufferB: Number.POSITIVE_INFINITY,
    bufferMessages: Number.POSITIVE_INFINITY,
    keepS: Number.POSITIVE_INFINITY,
    quantumB: 1500,
    discipline: 'fifo',
    weights: [],
  });
});

links('one rate is for both directions; a direction that is left out follows the other', () => {
  const { links: byNetwork } = read(
    '  NAN: { rate: 50 kbit/s }\n  WAN: { rate: { up: 1 Mbit/s, down: 2 Mbit/s } }\n  LAN: { rate: { up: 5 Mbit/s } }\n',
  );
  assert.equal(byNetwork['NAN']!.rateBps, { up: 50_000, down: 50_000 });
  assert.equal(byNetwork['WAN']!.rateBps, { up: 1e6, down: 2e6 });
  assert.equal(byNetwork['LAN']!.rateBps, { up: 5e6, down: 5e6 });
});

links('all holds for every network that does not say otherwise', () => {
  const { links: byNetwork } = read('  all: { overhead: 0, discipline: priority }\n  NAN: { overhead: 100 B }\n');
  assert.equal(
    Object.values(byNetwork).map(({ overheadB }) => overheadB),
    [0, 0, 100],
  );
  assert.equal(
    Object.values(byNetwork).map(({ discipline }) => discipline),
    ['priority', 'priority', 'priority'],
  );
});

links('a data flow completes from its network, then from all', () => {
  const { dataFlows } = read('  all: { overhead: 20 B }\n  WAN: { delay: 70 ms }\n  1Ca: { rate: 64 kbit/s }\n');
  assert.equal(dataFlows, {
    '1Ca': {
      rateBps: { up: 64_000, down: 64_000 },
      delayS: 0.07,
      overheadB: 20,
      duplex: 'full',
      forwards: 'messages',
      medium: undefined,
      bufferB: Number.POSITIVE_INFINITY,
      bufferMessages: Number.POSITIVE_INFINITY,
      keepS: Number.POSITIVE_INFINITY,
      quantumB: 1500,
      discipline: 'fifo',
      weights: [],
    },
  });
});

links('a quantum has a size or none, and is never zero', () => {
  const { links: byNetwork } = read('  WAN: { discipline: priority, quantum: 256 B }\n  NAN: { quantum: unlimited }\n');
  assert.equal([byNetwork['WAN']!.quantumB, byNetwork['NAN']!.quantumB], [256, Number.POSITIVE_INFINITY]);
  assert.throws(() => read('  WAN: { quantum: 0 B }\n'), /OUT_OF_RANGE/);
});

links('rate and buffer may be unlimited', () => {
  const { links: byNetwork } = read('  LAN: { rate: unlimited, buffer: unlimited }\n  WAN: { buffer: 1 MB }\n');
  assert.is(byNetwork['LAN']!.rateBps.up, Number.POSITIVE_INFINITY);
  assert.is(byNetwork['WAN']!.bufferB, 1e6);
});

links('a buffer counts bytes, messages, or both', () => {
  const { links: byNetwork } = read(
    '  NAN: { buffer: 20 messages }\n  WAN: { buffer: { size: 64 kB, messages: 10 } }\n  LAN: { buffer: { messages: 0 } }\n',
  );
  const bounds = ['NAN', 'WAN', 'LAN'].map((name) => [byNetwork[name]!.bufferB, byNetwork[name]!.bufferMessages]);
  const unlimited = Number.POSITIVE_INFINITY;
  assert.equal(bounds, [
    [unlimited, 20],
    [64_000, 10],
    [unlimited, 0],
  ]);
});

links('only fair links have weights', () => {
  const { links: byNetwork } = read(
    '  all: { weights: [3] }\n  NAN: { discipline: fair, weights: [5, 1] }\n  WAN: { discipline: fair }\n',
  );
  assert.equal(
    ['NAN', 'WAN', 'LAN'].map((name) => byNetwork[name]!.weights),
    [[5, 1], [3], []],
  );
  assert.equal(read('  WAN: { discipline: fair }\n').links['WAN']!.weights, [8, 4, 2, 1]);
});

links('of another discipline are refused weights of their own', () => {
  const [problem] = diagnose(`${SIX_LINES}links: { NAN: { discipline: priority, weights: [3] } }\n`);
  assert.equal([problem?.code, problem?.path], ['CONFLICT', 'links.NAN.weights']);
});

links.run();
