import { combine } from '../kernel/random.js';
import { Phase, type Plan, Process } from '../plan.js';
import type { Program } from './program.js';

/** What a whole number of messages per day may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** Bits of a float64 that hold an integer exactly; a ring is sorted by phase and device in one such number. */
const EXACT_BITS = 53;
const HASH_BITS = 32;

/** Whether sources of `row` start messages, or rounds, period by period. */
export function isPeriodic({ sources }: Plan, row: number): boolean {
  const process = sources.process[row];
  if (process === Process.asked) return sources.periodS[row] < Number.POSITIVE_INFINITY;
  return process === Process.periodic;
}

/** Devices whose phases make the ring: a master is one. */
export function ringLength({ sources }: Plan, row: number): number {
  return sources.process[row] === Process.asked ? 1 : sources.devices[row];
}

/**
 * Phases of periodic devices: message k of device d is due at operational time k * period + phase(d). A phase is a hash
 * of its device, so that a ring of devices sorted by phase costs four bytes per device; where all phases are 0 the ring
 * is the devices in their order and costs nothing.
 *
 * When a device sends a whole number n of messages per day, k periods are k * (nominal seconds of a day) / n, a product
 * of integers before the division: whole days hold exactly n, which a period rounded to a float would miss.
 */
export class Rings {
  private readonly program: Program;
  /** Per source row: seconds = cycle * cycleS / perCycleS. */
  private readonly cycleS: Float64Array;
  private readonly cyclesPer: Float64Array;
  /** Phases are uniform over [0, spanS): a period; synchronised: the spread, at most a period. */
  private readonly spanS: Float64Array;
  /** Bits of the hash that make the phase: with the device's number they fit one exact float. */
  private readonly phaseBits: Uint8Array;
  private readonly phaseUnit: Float64Array; // 2^-phaseBits: of a period, exact
  private readonly ringStart: Uint32Array; // per source instance
  private readonly ring: Uint32Array;

  constructor(program: Program, isHere: (sourceInstance: number) => boolean) {
    const { plan, sourceInstances, sourceRow } = program;
    const { sources, windows } = plan;
    const rows = sources.name.length;
    this.program = program;
    this.cycleS = new Float64Array(rows);
    this.cyclesPer = new Float64Array(rows);
    this.spanS = new Float64Array(rows);
    this.phaseBits = new Uint8Array(rows);
    this.phaseUnit = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const nominalS = windows.nominalS[sources.window[row]];
      const perDay = nominalS / sources.periodS[row];
      const whole = Math.round(perDay);
      const exact = whole >= 1 && Math.abs(perDay - whole) <= ROUNDING * whole;
      this.cycleS[row] = exact ? nominalS : sources.periodS[row];
      this.cyclesPer[row] = exact ? whole : 1;
      const periodS = this.cycleS[row] / this.cyclesPer[row];
      this.spanS[row] = sources.phase[row] === Phase.synchronised ? Math.min(sources.spreadS[row], periodS) : periodS;
      this.phaseBits[row] = Math.min(HASH_BITS, EXACT_BITS - HASH_BITS + Math.clz32(ringLength(plan, row)));
      this.phaseUnit[row] = 2 ** -this.phaseBits[row];
    }
    this.ringStart = new Uint32Array(sourceInstances);
    let length = 0;
    for (let si = 0; si < sourceInstances; si++) {
      this.ringStart[si] = length;
      if (this.isSpread(sourceRow[si]) && isHere(si)) length += ringLength(plan, sourceRow[si]);
    }
    this.ring = new Uint32Array(length);
    for (let si = 0; si < sourceInstances; si++) {
      if (this.isSpread(sourceRow[si]) && isHere(si)) this.sortRing(si, sourceRow[si]);
    }
  }

  /** Operational time of the message in place `position` of period `cycle`. O(1). */
  atS(si: number, row: number, cycle: number, position: number): number {
    const startS = (cycle * this.cycleS[row]) / this.cyclesPer[row];
    if (!this.isSpread(row)) return startS;
    return (
      startS + this.phase(si, row, this.ring[this.ringStart[si] + position]) * this.phaseUnit[row] * this.spanS[row]
    );
  }

  device(si: number, position: number): number {
    return this.isSpread(this.program.sourceRow[si]) ? this.ring[this.ringStart[si] + position] : position;
  }

  private isSpread(row: number): boolean {
    return isPeriodic(this.program.plan, row) && this.spanS[row] > 0;
  }

  private phase(si: number, row: number, device: number): number {
    return combine(this.program.key[si], device) >>> (HASH_BITS - this.phaseBits[row]);
  }

  /** Sorts the devices of an instance by phase, then number, as one exact float each. O(devices log devices). */
  private sortRing(si: number, row: number): void {
    const devices = ringLength(this.program.plan, row);
    const scale = 2 ** (HASH_BITS - Math.clz32(devices));
    const keys = new Float64Array(devices);
    for (let d = 0; d < devices; d++) keys[d] = this.phase(si, row, d) * scale + d;
    keys.sort();
    for (let i = 0; i < devices; i++) this.ring[this.ringStart[si] + i] = keys[i] % scale;
  }
}
