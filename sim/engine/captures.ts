import { Fan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { CaptureShares } from './capture-shares.js';
import { deliveringHops, originators } from './originators.js';
import type { Program } from './program.js';
import { hopsBelow } from './tracking.js';

/** What a whole number of windows in a run may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** A window: a bit for each device that started a message in it, and for each of those that is captured. */
export interface OpenWindow {
  readonly started: Uint8Array;
  readonly captured: Uint8Array;
  startedCount: number;
  capturedCount: number;
}

/** Where messages of a source deliver a flow: at the end of hop h, to one receiver or to a population. */
interface Receivers {
  readonly flow: number;
  readonly h: number;
  /** One receiver: the source's devices among those of the flow, per instance of its row: the first, and how many. */
  readonly base: Float64Array;
  readonly count: Float64Array;
  /** Its listeners hear it in every instance, not only in that of the sender; in every premise, not only in the sender's. */
  readonly everywhere: boolean;
  readonly everyPremise: boolean;
}

/** One tier. */
interface Capture {
  readonly tier: number;
  readonly windowS: number;
  readonly windows: number; // whole ones in the run
  /** Windows in which something started and that are not over. */
  readonly open: Map<number, OpenWindow>;
  /** The window looked at last; many messages in a row are of one. */
  lastWindow: number;
  last: OpenWindow | undefined;
  over: number; // windows that are
}

/**
 * Devices that are captured (plan.tiers): of those that start a message in a window, those of whom one of these messages is
 * delivered within the length of a window. The devices of a flow are those of its sources, each row's in each of its
 * instances; of a broadcast its listeners, all of whom it starts for. A window costs two bits per device until its messages
 * are too old: windows close as the run goes on.
 */
export class Captures {
  /** Told of every window that is over, in place of counting it: a team counts what all of its workers have of it. */
  onOver: ((tier: number, window: number, open: OpenWindow | undefined) => void) | undefined;
  readonly shares: CaptureShares;
  /** Per flow: its tiers. */
  private readonly ofFlow: readonly (readonly Capture[])[];
  private readonly captures: readonly Capture[];
  /** Per flow with tiers: number of its devices, and where those of a population begin, per hop. */
  private readonly devices: Float64Array;
  private readonly listenerBase: (Map<number, Uint32Array> | undefined)[];
  private readonly program: Program;
  /** Per source row: where its messages deliver flows with tiers. */
  private readonly sent: readonly Receivers[][];
  private startS = Number.POSITIVE_INFINITY;

  constructor(program: Program) {
    const { tiers, flows, time } = program.plan;
    this.program = program;
    this.shares = new CaptureShares(tiers.flow.length);
    this.captures = Array.from(tiers.flow, (_, t) => ({
      tier: t,
      windowS: tiers.windowS[t],
      windows: Math.floor((time.horizonS / tiers.windowS[t]) * (1 + ROUNDING)),
      open: new Map(),
      lastWindow: -1,
      last: undefined,
      over: 0,
    }));
    this.ofFlow = flows.name.map((_, flow) => this.captures.filter((_, t) => tiers.flow[t] === flow));
    this.devices = new Float64Array(flows.name.length);
    this.listenerBase = new Array(flows.name.length);
    this.sent = program.plan.sources.name.map(() => []);
    for (const flow of new Set(tiers.flow)) this.number(flow);
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
    const { hops, sourceRow, sourceStart } = this.program;
    const row = sourceRow[si];
    for (const { flow, h, base: own, count, everywhere, everyPremise } of this.sent[row]) {
      const members = hops.members[h];
      if (members === undefined) {
        const nth = si - sourceStart[row];
        this.start(flow, own[nth] + (device % count[nth]), createdS);
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
    const { sourceRow, sourceStart } = this.program;
    const row = sourceRow[si];
    const nth = si - sourceStart[row];
    for (const { flow: sent, base, count } of this.sent[row]) {
      if (sent !== flow || count.length === 0) continue;
      this.capture(flow, base[nth] + (device % count[nth]), createdS, nowS);
      return;
    }
  }

  /** Member `device` of the population that listens at the end of hop h has heard it, in area instance `instance`. */
  heard(flow: number, h: number, instance: number, device: number, createdS: number, nowS: number): void {
    this.capture(flow, this.listenerBase[flow]!.get(h)![instance] + device, createdS, nowS);
  }

  /** Every event before `nowS` is over: closes the windows whose messages are too old by then. */
  closeBefore(nowS: number): void {
    for (const capture of this.captures) {
      while (capture.over < capture.windows && this.startS + (capture.over + 2) * capture.windowS < nowS)
        this.close(capture);
    }
  }

  /** Columns over plan.tiers, at the end of the run. */
  result(): ReplicationStats['tiers'] {
    const { captures } = this;
    this.closeAll();
    return this.shares.result(Float64Array.from(captures, ({ windows }) => windows));
  }

  /** The run is over. */
  closeAll(): void {
    for (const capture of this.captures) while (capture.over < capture.windows) this.close(capture);
  }

  private start(flow: number, device: number, createdS: number): void {
    for (const capture of this.ofFlow[flow]) {
      const window = Math.floor((createdS - this.startS) / capture.windowS);
      if (window < capture.over || window >= capture.windows) continue; // before the run; the last one, cut short
      const open = windowOf(capture, window) ?? this.open(capture, window, flow);
      if (setBit(open.started, device)) open.startedCount++;
    }
  }

  private capture(flow: number, device: number, createdS: number, nowS: number): void {
    for (const capture of this.ofFlow[flow]) {
      if (nowS - createdS > capture.windowS) continue;
      const window = Math.floor((createdS - this.startS) / capture.windowS);
      if (window < capture.over || window >= capture.windows) continue;
      const open = windowOf(capture, window) ?? this.open(capture, window, flow); // another worker may have seen it start
      if (setBit(open.captured, device)) open.capturedCount++;
    }
  }

  private open(capture: Capture, window: number, flow: number): OpenWindow {
    const bytes = (this.devices[flow] + 7) >> 3;
    const open = {
      started: new Uint8Array(bytes),
      captured: new Uint8Array(bytes),
      startedCount: 0,
      capturedCount: 0,
    };
    capture.open.set(window, open);
    capture.last = open;
    return open;
  }

  private close(capture: Capture): void {
    const window = capture.over++;
    capture.lastWindow = -1;
    capture.last = undefined;
    const open = capture.open.get(window);
    capture.open.delete(window);
    if (this.onOver !== undefined) this.onOver(capture.tier, window, open);
    else if (open !== undefined) this.shares.add(capture.tier, open.startedCount, open.capturedCount);
  }

  /** Numbers the devices of a flow: those of the sources that send it to one receiver, and those that listen to it. */
  private number(flow: number): void {
    const { plan, hops } = this.program;
    const { sources, areas } = plan;
    const listenerBase = new Map<number, Uint32Array>();
    this.listenerBase[flow] = listenerBase;
    let devices = 0;
    for (let row = 0; row < sources.name.length; row++) {
      const ends = deliveringHops(this.program, row, flow);
      const receives = ends.some((h) => hops.members[h] === undefined);
      const base = new Float64Array(receives ? sources.instanceCount[row] : 0);
      const count = new Float64Array(base.length);
      const devicesIn = originators(this.program, row);
      for (let nth = 0; nth < base.length; nth++) {
        base[nth] = devices;
        count[nth] = devicesIn(sources.firstInstance[row] + nth);
        devices += count[nth];
      }
      for (const h of ends) {
        const members = hops.members[h];
        this.sent[row].push({ flow, h, base, count, ...reachOf(this.program, row, h) });
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
        const first = new Uint32Array(areas.instances[hops.boundKind[h]]);
        for (let i = 0; i < first.length; i++) {
          first[i] = devices;
          devices += members[i];
        }
        listenerBase.set(h, first);
      }
    }
    this.devices[flow] = devices;
  }
}

type Reach = Pick<Receivers, 'everywhere' | 'everyPremise'>;

function reachOf({ plan, hops, copies }: Program, row: number, h: number): Reach {
  const root = plan.sources.rootHop[row];
  const path = hopsBelow(plan, root).filter((before) => hopsBelow(plan, before).includes(h));
  const everyInstance = path.filter((before) => plan.hops.fan[before] === Fan.everyInstance);
  return {
    everywhere: everyInstance.length > 0,
    everyPremise:
      path.some((before) => plan.hops.fan[before] === Fan.everyCopy) ||
      everyInstance.some((before) => copies[plan.hops.link[before]] > 1) ||
      hops.premises[h] === 1,
  };
}

function windowOf(capture: Capture, window: number): OpenWindow | undefined {
  if (window !== capture.lastWindow) {
    capture.lastWindow = window;
    capture.last = capture.open.get(window);
  }
  return capture.last;
}

/** @returns whether the bit was clear */
function setBit(bits: Uint8Array, at: number): boolean {
  const mask = 1 << (at & 7);
  if ((bits[at >> 3] & mask) !== 0) return false;
  bits[at >> 3] |= mask;
  return true;
}
