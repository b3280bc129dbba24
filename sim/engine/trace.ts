import { ARRIVE_S, CREATED_S, DEVICE, FLOATS, INSTANCE, INTS, NUMBER, SOURCE_INSTANCE } from './message-row.js';
import type { Messages } from './messages.js';

/** A delivery at the end of hop `hop` of a copy bound to `instance` and `device`: what makes it known in every engine. */
export type Trace = (
  flow: number,
  sourceInstance: number,
  number: number,
  hop: number,
  instance: number,
  device: number,
  createdS: number,
  atS: number,
) => void;

/** Tells `trace` that message m is delivered when it arrives at the end of hop h. */
export function tell(trace: Trace, { uints, floats }: Messages, m: number, flow: number, h: number): void {
  const row = m << INTS;
  trace(
    flow,
    uints[row | SOURCE_INSTANCE],
    uints[row | NUMBER],
    h,
    uints[row | INSTANCE],
    uints[row | DEVICE],
    floats[(m << FLOATS) | CREATED_S],
    floats[(m << FLOATS) | ARRIVE_S],
  );
}
