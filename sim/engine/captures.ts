import { Fan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { deliveringHops, originators } from './originators.js';
import type { Program } from './program.js';
import { hopsBelow } from './tracking.js';

/** What a whole number of windows in a run may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** Devices of a source instance among those of a flow. */
interface Range {
  readonly base: number;
  readonly count: number;
}

/** A window: a bit for each device that started a message in it, and for each of those that is captured. */
interface Open {
  readonly started: Uint8Array;
  readonly captured: Uint8Array;
  startedCount: number;
  capturedCount: number;
}

/** Where messages of a source deliver a flow: at the end of hop h, to one receiver or to a population. */
interface Receivers {
  readonly flow: number;
  readonly h: number;
  /** Its listeners hear it in every instance, not only in that of the sender; in every premise, not only in the sender's. */
  readonly everywhere: boolean;
  readonly everyPremise: boolean;
}

/** One tier. */
interface Capture {
  readonly windowS: number;
  readonly windows: number; // whole ones in the run
  /** Windows in which something started and that are not over. */
  readonly open: Map<number, Open>;
  over: number; // windows that are
  started: number; // devices, summed over these
  captured: number;
  leastShare: number; // NaN: nothing started
}

/**
 * Devices that are captured (plan.tiers): of those that start a message in a window, those of whom one of these messages is
 * delivered within the length of a window. The devices of a flow are those of its sources, each row's in each of its
 * instances; of a broadcast its listeners, all of whom it starts for. A window costs two bits per device until its messages
 * are too old: windows close as the run goes on.
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
  /** Per source row: where its messages deliver flows with tiers. */
  private readonly sent: readonly (readonly Receivers[])[];
  private startS = Number.POSITIVE_INFINITY;

  constructor(program: Program) {
    const { tiers, flows, time } = program.plan;
    this.program = program;
    this.captures = Array.from(tiers.flow, (_, t) => ({
      windowS: tiers.windowS[t],
      windows: Math.floor((time.horizonS / tiers.windowS[t]) * (1 + ROUNDING)),
      open: new Map(),
      over: 0,
      started: 0,
      captured: 0,
      leastShare: Number.NaN,
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
    this.sent = program.plan.sources.name.map((_, row) =>
      [...new Set(tiers.flow)].flatMap((flow) =>
        deliveringHops(program, row, flow).map((h) => receiversAt(program, row, h)),
      ),
    );
  }

  /** Whether the plan has tiers at all. */
  get areSome(): boolean {
    return this.captures.length > 0;
  }

  isCaptured(flow: number): boolean {
    return this.ofFlow[flow].length > 0;
  }

  beginMeasurement(startS: number): void {
    this.startS = startS;
  }

  /**
   * Device `device` of source instance `si`, in area instance `instance`, starts a message at `createdS`.
   * O(tiers of its flows x its listeners)
   */
  started(si: number, instance: number, device: number, createdS: number): void {
    const { hops, sourceRow } = this.program;
    for (const { flow, h, everywhere, everyPremise } of this.sent[sourceRow[si]]) {
      const members = hops.members[h];
      if (members === undefined) {
        this.start(flow, this.deviceOf(flow, si, device), createdS);
        continue;
      }
      const base = this.listenerBase[flow]!.get(h)!;
      const step = everyPremise ? 1 : hops.premises[h];
      const [from, to] = everywhere ? [0, base.length] : [instance, instance + 1];
      for (let i = from; i < to; i++) {
        for (let member = device % step; member < members[i]; member += step) {
          this.start(flow, base[i] + member, createdS);
        }
      }
    }
  }

  /** The message that was started then is delivered. O(tiers of the flow). */
  delivered(flow: number, si: number, device: number, createdS: number, nowS: number): void {
    this.capture(flow, this.deviceOf(flow, si, device), createdS, nowS);
  }

  /** Member `device` of the population that listens at the end of hop h has heard it, in area instance `instance`. */
  heard(flow: number, h: number, instance: number, device: number, createdS: number, nowS: number): void {
    this.capture(flow, this.listenerBase[flow]!.get(h)![instance] + device, createdS, nowS);
  }

  /** Every event before `nowS` is over: closes the windows whose messages are too old by then. */
  closeBefore(nowS: number): void {
    for (const capture of this.captures) {
      while (capture.over < capture.windows && this.startS + (capture.over + 2) * capture.windowS < nowS)
        close(capture);
    }
  }

  /** Columns over plan.tiers, at the end of the run. */
  result(): ReplicationStats['tiers'] {
    const { captures } = this;
    for (const capture of captures) while (capture.over < capture.windows) close(capture);
    return {
      windows: Float64Array.from(captures, ({ windows }) => windows),
      devices: Float64Array.from(captures, ({ started }) => started),
      captured: Float64Array.from(captures, ({ captured }) => captured),
      leastShare: Float64Array.from(captures, ({ leastShare }) => leastShare),
    };
  }

  private deviceOf(flow: number, si: number, device: number): number {
    const { base, count } = this.sourceBase[flow]!.get(si)!;
    return base + (device % count);
  }

  private start(flow: number, device: number, createdS: number): void {
    for (const capture of this.ofFlow[flow]) {
      const window = Math.floor((createdS - this.startS) / capture.windowS);
      if (window < capture.over || window >= capture.windows) continue; // before the run; the last one, cut short
      let open = capture.open.get(window);
      if (open === undefined) {
        const bytes = (this.devices[flow] + 7) >> 3;
        open = {
          started: new Uint8Array(bytes),
          captured: new Uint8Array(bytes),
          startedCount: 0,
          capturedCount: 0,
        };
        capture.open.set(window, open);
      }
      if (setBit(open.started, device)) open.startedCount++;
    }
  }

  private capture(flow: number, device: number, createdS: number, nowS: number): void {
    for (const capture of this.ofFlow[flow]) {
      if (nowS - createdS > capture.windowS) continue;
      const open = capture.open.get(Math.floor((createdS - this.startS) / capture.windowS));
      if (open !== undefined && setBit(open.captured, device)) open.capturedCount++;
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

function receiversAt({ plan, hops, copies }: Program, row: number, h: number): Receivers {
  const root = plan.sources.rootHop[row];
  const path = hopsBelow(plan, root).filter((before) => hopsBelow(plan, before).includes(h));
  const everyInstance = path.filter((before) => plan.hops.fan[before] === Fan.everyInstance);
  return {
    flow: plan.hops.deliverFlow[h],
    h,
    everywhere: everyInstance.length > 0,
    everyPremise:
      path.some((before) => plan.hops.fan[before] === Fan.everyCopy) ||
      everyInstance.some((before) => copies[plan.hops.link[before]] > 1) ||
      hops.premises[h] === 1,
  };
}

function close(capture: Capture): void {
  const window = capture.over++;
  const open = capture.open.get(window);
  if (open === undefined) return;
  capture.open.delete(window);
  capture.started += open.startedCount;
  capture.captured += open.capturedCount;
  const share = open.capturedCount / open.startedCount;
  if (!(capture.leastShare <= share)) capture.leastShare = share;
}

/** @returns whether the bit was clear */
function setBit(bits: Uint8Array, at: number): boolean {
  const mask = 1 << (at & 7);
  if ((bits[at >> 3] & mask) !== 0) return false;
  bits[at >> 3] |= mask;
  return true;
}
