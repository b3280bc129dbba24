import { combine, hashText } from '../../kernel/random.js';
import type { Program } from '../program.js';

/** A transmitter's number among those of its server: instance * copies + copy. */
function numberOf({ transmitterServer, transmitterStart }: Program, transmitter: number): number {
  return transmitter - transmitterStart[transmitterServer[transmitter]];
}

/** Area instance that a transmitter stands in. */
export function instanceOfTransmitter(program: Program, transmitter: number): number {
  const copies = program.plan.servers.copies[program.transmitterServer[transmitter]];
  return Math.floor(numberOf(program, transmitter) / copies);
}

/** Seeded hash of a transmitter's name and number, for one purpose: the same in plans that differ elsewhere. */
export function transmitterKey(program: Program, transmitter: number, purpose: string): number {
  const name = program.plan.servers.name[program.transmitterServer[transmitter]];
  return combine(hashText(`${program.seed}/${purpose}/${name}`), numberOf(program, transmitter));
}
