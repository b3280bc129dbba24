/**
 * `one-queue.js LOAD ARRIVALS kernel|engine|simjs`: M/M/1, service 1 ms. `kernel` is written straight on the event heap,
 * the random streams and the histograms, as a model of one's own would be; `engine` has it as a plan of one link.
 */
import { inlineMore } from '../../base/optimising.js';
import { simulateReplication } from '../../sim/simulate.js';
import { exponentialQueue } from '../plans.js';
import { kernelQueue } from './kernel-queue.js';

const [load, arrivals, contender] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const engine = contender === 'simjs' ? 'simjs' : 'simulation';

function run(messages: number) {
  if (contender === 'kernel') return kernelQueue(load, messages);
  const plan = exponentialQueue(load, messages);
  const startedMs = performance.now();
  const { counts, flows } = simulateReplication(plan, 1, { engine });
  const wallS = (performance.now() - startedMs) / 1000;
  const { messages: sent, hops, events } = counts;
  return {
    messages: sent,
    hops,
    events,
    wallS,
    latencyMs: { arrivals: (1000 * flows.latencySumS[0]!) / flows.delivered[0]! },
  };
}

if (contender === 'kernel') inlineMore(); // as engines do for themselves: 0.41 s in place of 0.44 s
run(arrivals / 10); // compiled by then
console.log(JSON.stringify(run(arrivals)));
