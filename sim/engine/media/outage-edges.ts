import type { Program } from '../program.js';
import { instanceOfTransmitter } from './transmitter-key.js';

/** Seconds of the measured run at which the transmitter, or endpoints of its area, go out or come back; ascending. */
export function outageEdges(program: Program, transmitter: number): number[] {
  const { outages, servers } = program.plan;
  const server = program.transmitterServer[transmitter];
  const nth = instanceOfTransmitter(program, transmitter);
  const edges = new Set<number>();
  for (let row = 0; row < outages.name.length; row++) {
    const isOfServer = outages.server[row] < 0 || outages.server[row] === server;
    const instance = nth - outages.firstInstance[row];
    if (!isOfServer || outages.kind[row] !== servers.kind[server]) continue;
    if (instance < 0 || instance >= outages.instanceCount[row]) continue;
    edges.add(outages.fromS[row]);
    edges.add(outages.toS[row]);
  }
  return [...edges].sort((a, b) => a - b);
}
