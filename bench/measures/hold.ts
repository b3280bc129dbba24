/** `hold.js SIZE OPERATIONS exponential|uniform|tied fanplan|simjs`: takes the first event and puts one back. */
import { EventHeap } from '../../sim/kernel/event-heap.js';
import { RandomStreams } from '../../sim/kernel/random.js';
import { simjs } from '../../sim/simjs/load.js';

const [size, operations, law, contender] = [
  Number(process.argv[2]),
  Number(process.argv[3]),
  process.argv[4],
  process.argv[5],
];
/** Tied: synchronised readers of a period of 900 s, 5,000 of them in each instant. */
const instants = Math.ceil(size / 5000);
const random = new RandomStreams(1);
random.seed(0, 'hold');
const delayS =
  law === 'exponential' ? () => random.exponential(0) : law === 'uniform' ? () => 2 * random.uniform(0) : () => 900;
const startS = (i: number) => (law === 'tied' ? i % instants : delayS());

function holdFanplan(): (times: number) => number {
  const heap = new EventHeap({ before: (a, b) => a < b }, size);
  for (let i = 0; i < size; i++) heap.push(startS(i), i);
  return (times) => {
    let nowS = 0;
    for (let i = 0; i < times; i++) {
      nowS = heap.nextS();
      const item = heap.take();
      heap.push(nowS + delayS(), item);
    }
    return nowS;
  };
}

function holdSimjs(): (times: number) => number {
  const { Sim, Request, Entity } = simjs();
  const sim = new Sim();
  class Nobody extends (Entity as new (of: typeof sim) => InstanceType<typeof Entity>) {
    start(): void {
      // simjs calls it; there is nothing to begin with
    }
  }
  const entity = sim.addEntity(Nobody);
  const queue = sim.queue as typeof sim.queue & { remove(): { deliverAt: number } };
  for (let i = 0; i < size; i++) queue.insert(new Request(entity, 0, startS(i)));
  return (times) => {
    let nowS = 0;
    for (let i = 0; i < times; i++) {
      nowS = queue.remove().deliverAt;
      queue.insert(new Request(entity, nowS, nowS + delayS()));
    }
    return nowS;
  };
}

const hold = contender === 'simjs' ? holdSimjs() : holdFanplan();
hold(Math.round(operations / 5)); // compiled by then
const startedMs = performance.now();
const endS = hold(operations);
const wallS = (performance.now() - startedMs) / 1000;
console.log(JSON.stringify({ messages: operations, hops: 0, events: operations, wallS, more: { endS } }));
