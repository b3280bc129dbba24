import { combine, hashText } from '../../kernel/random.js';
import type { Program } from '../program.js';

/** A transmitter's number among those of its server: instance * copies + copy. O(log transmitters). */
export function numberOfTransmitter({ transmitterServer }: Program, transmitter: number): number {
  const server = transmitterServer[transmitter];
  let below = -1; // the last transmitter of another server before it
  for (let from = transmitter; from - below > 1; ) {
    const middle = (from + below) >> 1;
    if (transmitterServer[middle] === server) from = middle;
    else below = middle;
  }
  return transmitter - below - 1;
}

/** Area instance that a transmitter stands in. */
export function instanceOfTransmitter(program: Program, transmitter: number): number {
  const copies = program.plan.servers.copies[program.transmitterServer[transmitter]];
  return Math.floor(numberOfTransmitter(program, transmitter) / copies);
}

/** Seeded hash of a transmitter's name and number, for one purpose: the same in plans that differ elsewhere. */
export function transmitterKey(program: Program, transmitter: number, purpose: string): number {
  const name = program.plan.servers.name[program.transmitterServer[transmitter]];
  return combine(hashText(`${program.seed}/${purpose}/${name}`), numberOfTransmitter(program, transmitter));
}
