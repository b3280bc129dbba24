/** How busy transmitters are. */
import { linkLayout, serverLayout } from './link-layout.js';
import type { Plan } from './plan.js';

/**
 * Seconds of transmission per second of each server instance, all links that share it together (both directions of a
 * half-duplex medium) and its premises averaged; above 1 where more is offered than the rate carries.
 * @param bytes   with overhead, per link instance and column: (linkStart[l] + i) * columns + c
 * @param seconds length of each column, for instance of each bin
 * @returns (serverStart[s] + i) * columns + c, see `serverLayout`. O(link instances x columns).
 */
export function transmitterLoad(plan: Plan, bytes: Float64Array, seconds: readonly number[]): Float64Array {
  const { links, servers } = plan;
  const columns = seconds.length;
  const [linkStart, serverStart] = [linkLayout(plan), serverLayout(plan)];
  const load = new Float64Array(serverStart[servers.name.length] * columns);
  for (let link = 0; link < links.name.length; link++) {
    const server = links.server[link];
    const capacityBps = links.rateBps[link] * servers.copies[server];
    const from = linkStart[link] * columns;
    const to = serverStart[server] * columns;
    const cells = (linkStart[link + 1] - linkStart[link]) * columns;
    for (let cell = 0; cell < cells; cell++) {
      load[to + cell] += (8 * bytes[from + cell]) / capacityBps / seconds[cell % columns];
    }
  }
  return load;
}
