import type { ReplicationStats } from '../replication.js';
import { deliveringHops, originators } from './originators.js';
import type { Program } from './program.js';

/** What a whole number of windows in a run may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** Devices of a source instance among those of a flow. */
interface Range {
  readonly base: number;
  readonly count: number;
}

/** One tier: who is captured in the windows that are not over yet. */
interface Capture {
  readonly windowS: number;
  readonly windows: number; // whole ones in the run
  /** Per window under way: a bit for each device, and how many are set. */
  readonly open: Map<number, { readonly bits: Uint8Array; captured: number }>;
  captured: number;
  leastCaptured: number;
  over: number; // windows that are
}

/**
 * Devices that are captured, once per window and tier (plan.tiers): by a delivery in the window, a repeated one as well.
 * The devices of a flow are those of its sources, each row's in each of its instances; of a broadcast its listeners. A
 * window costs a bit per device while it is open: windows close as the run goes on.
 */
export class Captures {
  /** Per flow: its tiers. */
  private readonly ofFlow: readonly (readonly Capture[])[];
  private readonly captures: readonly Capture[];
  /** Per flow with tiers: number of its devices, and where those of a source instance or a population begin. */
  private readonly devices: Float64Array;
  private readonly sourceBase: readonly (Map<number, Range> | undefined)[];
  private readonly listenerBase: readonly (Map<number, Uint32Array> | undefined)[];
  private readonly program: Program;
  private startS = Number.POSITIVE_INFINITY;

  constructor(program: Program) {
    const { tiers, flows, time } = program.plan;
    this.program = program;
    this.captures = Array.from(tiers.flow, (_, t) => ({
      windowS: tiers.windowS[t],
      windows: Math.floor((time.horizonS / tiers.windowS[t]) * (1 + ROUNDING)),
      open: new Map(),
      captured: 0,
      leastCaptured: Number.POSITIVE_INFINITY,
      over: 0,
    }));
    this.ofFlow = flows.name.map((_, flow) => this.captures.filter((_, t) => tiers.flow[t] === flow));
    this.devices = new Float64Array(flows.name.length);
    const sourceBase: (Map<number, Range> | undefined)[] = new Array(flows.name.length);
    const listenerBase: (Map<number, Uint32Array> | undefined)[] = new Array(flows.name.length);
    for (const flow of new Set(tiers.flow)) {
      sourceBase[flow] = new Map();
      listenerBase[flow] = new Map();
      this.number(flow, sourceBase[flow], listenerBase[flow]);
    }
    this.sourceBase = sourceBase;
    this.listenerBase = listenerBase;
  }

  isCaptured(flow: number): boolean {
    return this.ofFlow[flow].length > 0;
  }

  beginMeasurement(startS: number): void {
    this.startS = startS;
  }

  /** A message of source instance `si`, of its device `device`, is delivered to one receiver. O(tiers of the flow). */
  delivered(flow: number, si: number, device: number, nowS: number): void {
    const { base, count } = this.sourceBase[flow]!.get(si)!;
    this.capture(flow, base + (device % count), nowS);
  }

  /** Member `device` of the population that listens at the end of hop h has heard it, in area instance `instance`. */
  heard(flow: number, h: number, instance: number, device: number, nowS: number): void {
    this.capture(flow, this.listenerBase[flow]!.get(h)![instance] + device, nowS);
  }

  /** Every event before `nowS` is over: closes the windows that ended by then. */
  closeBefore(nowS: number): void {
    for (const capture of this.captures) {
      while (capture.over < capture.windows && this.startS + (capture.over + 1) * capture.windowS <= nowS) {
        close(capture);
      }
    }
  }

  /** Columns over plan.tiers, at the end of the run. */
  result(): ReplicationStats['tiers'] {
    const { captures } = this;
    for (const capture of captures) while (capture.over < capture.windows) close(capture);
    const { flow } = this.program.plan.tiers;
    return {
      windows: Float64Array.from(captures, ({ windows }) => windows),
      devices: Float64Array.from(captures, ({ windows }, t) => windows * this.devices[flow[t]]),
      captured: Float64Array.from(captures, ({ captured }) => captured),
      leastCaptured: Float64Array.from(captures, ({ windows, leastCaptured }) => (windows === 0 ? 0 : leastCaptured)),
    };
  }

  private capture(flow: number, device: number, nowS: number): void {
    for (const capture of this.ofFlow[flow]) {
      const window = Math.floor((nowS - this.startS) / capture.windowS);
      if (window >= capture.windows) continue; // the last one, cut short
      let open = capture.open.get(window);
      if (open === undefined) {
        open = { bits: new Uint8Array((this.devices[flow] + 7) >> 3), captured: 0 };
        capture.open.set(window, open);
      }
      const mask = 1 << (device & 7);
      if ((open.bits[device >> 3] & mask) !== 0) continue;
      open.bits[device >> 3] |= mask;
      open.captured++;
    }
  }

  /** Numbers the devices of a flow: those of the sources that send it to one receiver, and those that listen to it. */
  private number(flow: number, sourceBase: Map<number, Range>, listenerBase: Map<number, Uint32Array>): void {
    const { plan, sourceStart, hops } = this.program;
    const { sources, areas } = plan;
    let devices = 0;
    for (let row = 0; row < sources.name.length; row++) {
      const ends = deliveringHops(this.program, row, flow);
      if (ends.some((h) => hops.members[h] === undefined)) {
        const devicesIn = originators(this.program, row);
        for (let i = 0; i < sources.instanceCount[row]; i++) {
          const count = devicesIn(sources.firstInstance[row] + i);
          sourceBase.set(sourceStart[row] + i, { base: devices, count });
          devices += count;
        }
      }
      for (const h of ends) {
        const members = hops.members[h];
        if (members === undefined || listenerBase.has(h)) continue;
        // Hops at which the same population listens have the same devices.
        const same = [...listenerBase.keys()].find(
          (other) =>
            plan.hops.listeners[other] === plan.hops.listeners[h] && hops.boundKind[other] === hops.boundKind[h],
        );
        if (same !== undefined) {
          listenerBase.set(h, listenerBase.get(same)!);
          continue;
        }
        const base = new Uint32Array(areas.instances[hops.boundKind[h]]);
        for (let i = 0; i < base.length; i++) {
          base[i] = devices;
          devices += members[i];
        }
        listenerBase.set(h, base);
      }
    }
    this.devices[flow] = devices;
  }
}

function close(capture: Capture): void {
  const window = capture.over++;
  const captured = capture.open.get(window)?.captured ?? 0;
  capture.open.delete(window);
  capture.captured += captured;
  capture.leastCaptured = Math.min(capture.leastCaptured, captured);
}
