/** Two queues in a row by Lindley's recursion: an independent program of twenty lines, no event queue, no plan. */
import seedrandom from 'seedrandom';

/**
 * Mean time in each of two FIFO queues in tandem with Poisson arrivals, where a message takes the same exponential time
 * in both. The first `skipped` messages do not count.
 * @returns mean time in the first, in the second, in both; in mean services
 */
export function tandemOfKeptSizes(
  load: number,
  messages: number,
  skipped: number,
  seed: string,
): [number, number, number] {
  const random = seedrandom.alea(seed);
  const exponential = () => -Math.log(1 - random());
  let [arrival, firstFree, secondFree, firstSum, secondSum] = [0, 0, 0, 0, 0];
  for (let n = 0; n < messages + skipped; n++) {
    arrival += exponential() / load;
    const service = exponential();
    firstFree = Math.max(arrival, firstFree) + service;
    secondFree = Math.max(firstFree, secondFree) + service;
    if (n < skipped) continue;
    firstSum += firstFree - arrival;
    secondSum += secondFree - firstFree;
  }
  return [firstSum / messages, secondSum / messages, (firstSum + secondSum) / messages];
}
