import type { Program } from '../program.js';
import { instanceOfTransmitter } from './transmitter-key.js';

/**
 * Seconds of the measured run at which the transmitter goes out or comes back, ascending.
 * @param alsoEndpoints and at which endpoints of its area lose or get power
 */
export function outageEdges(program: Program, transmitter: number, alsoEndpoints: boolean): number[] {
  const { outages, servers } = program.plan;
  const server = program.transmitterServer[transmitter];
  const nth = instanceOfTransmitter(program, transmitter);
  const edges = new Set<number>();
  for (let row = 0; row < outages.name.length; row++) {
    const concerns = outages.server[row] === server || (alsoEndpoints && outages.server[row] < 0);
    const instance = nth - outages.firstInstance[row];
    if (!concerns || outages.kind[row] !== servers.kind[server]) continue;
    if (instance < 0 || instance >= outages.instanceCount[row]) continue;
    edges.add(outages.fromS[row]);
    edges.add(outages.toS[row]);
  }
  return [...edges].sort((a, b) => a - b);
}
