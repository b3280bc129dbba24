import { EventHeap } from '../../sim/kernel/event-heap.js';
import { Histograms } from '../../sim/kernel/histogram.js';
import { RandomStreams } from '../../sim/kernel/random.js';

const SERVICE_S = 0.001;
/** Waiting messages at most, a power of two; at load 0.9 more have a probability of 0.9^(2^16). */
const RING = 1 << 16;
const [DEPARTURE, ARRIVAL] = [0, 1];

/**
 * M/M/1 straight on the kernel: two events a message; departures leave in order, so that only the first of them stands in
 * the heap. The same as `reference/one-queue.cpp`.
 */
export function kernelQueue(load: number, arrivals: number) {
  const gapS = SERVICE_S / load;
  const endS = arrivals * gapS;
  const random = new RandomStreams(2);
  random.seed(0, 'arrivals');
  random.seed(1, 'sizes');
  const heap = new EventHeap({ before: (a, b) => a < b });
  const histograms = new Histograms(1);
  const arrivedS = new Float64Array(RING);
  const departS = new Float64Array(RING);
  let [first, last, events, delivered, sumS, freeS] = [0, 0, 0, 0, 0, 0];
  const startedMs = performance.now();
  heap.push(gapS * random.exponential(0), ARRIVAL);
  for (let nowS = heap.nextS(); nowS < endS; nowS = heap.nextS()) {
    events++;
    if (heap.take() === ARRIVAL) {
      heap.push(nowS + gapS * random.exponential(0), ARRIVAL);
      freeS = Math.max(freeS, nowS) + SERVICE_S * random.exponential(1);
      const slot = last & (RING - 1);
      arrivedS[slot] = nowS;
      departS[slot] = freeS;
      if (first === last) heap.push(freeS, DEPARTURE);
      last++;
      if (last - first > RING) throw new Error('the queue is longer than its ring');
    } else {
      const latencyS = nowS - arrivedS[first & (RING - 1)]!;
      histograms.add(0, latencyS, 1);
      sumS += latencyS;
      delivered++;
      first++;
      if (first !== last) heap.push(departS[first & (RING - 1)]!, DEPARTURE);
    }
  }
  const wallS = (performance.now() - startedMs) / 1000;
  return { messages: last, hops: last, events, wallS, latencyMs: { arrivals: (1000 * sumS) / delivered } };
}
