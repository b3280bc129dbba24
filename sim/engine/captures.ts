import { Fan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { CaptureShares } from './capture-shares.js';
import { deliveringHops, originators } from './originators.js';
import type { Program } from './program.js';
import { type OpenWindow, TierCapture } from './tier-capture.js';
import { hopsBelow } from './tracking.js';

/** Where messages of a source deliver a flow: at the end of hop h, to one receiver or to a population. */
interface Receivers {
  readonly flow: number;
  readonly h: number;
  readonly tiers: readonly TierCapture[];
  readonly toPopulation: boolean;
  /** One receiver: the source's devices among those of the flow, per instance of its row: the first, and how many. */
  readonly base: Uint32Array;
  readonly count: Uint32Array;
  /** Its listeners hear it in every instance, not only in that of the sender; in every premise, not only in the sender's. */
  readonly everywhere: boolean;
  readonly everyPremise: boolean;
}

/**
 * Devices that are captured (plan.tiers): of those that start a message in a window, those of whom one of these messages is
 * delivered within the length of a window. The devices of a flow are those of its sources, each row's in each of its
 * instances; of a broadcast its listeners, all of whom it starts for. Windows close as the run goes on, when their messages
 * are too old.
 */
export class Captures {
  /** Told of every window that is over, in place of counting it: a team counts what all of its workers have of it. */
  onOver: ((tier: number, window: number, open: OpenWindow | undefined) => void) | undefined;
  readonly shares: CaptureShares;
  /** Per flow: its tiers; where the devices of a population begin, per hop. */
  private readonly ofFlow: (readonly TierCapture[])[];
  private readonly listenerBase: (Map<number, Uint32Array> | undefined)[];
  private readonly captures: readonly TierCapture[];
  private readonly program: Program;
  /** Per source row: where its messages deliver flows with tiers. */
  private readonly sent: readonly Receivers[][];

  constructor(program: Program) {
    const { tiers, flows, sources } = program.plan;
    this.program = program;
    this.shares = new CaptureShares(tiers.flow.length);
    this.ofFlow = flows.name.map(() => []);
    this.listenerBase = new Array(flows.name.length);
    this.sent = sources.name.map(() => []);
    for (const flow of new Set(tiers.flow)) this.number(flow);
    this.captures = this.ofFlow.flat().sort((a, b) => a.tier - b.tier);
  }

  /** Whether the plan has tiers at all. */
  get areSome(): boolean {
    return this.captures.length > 0;
  }

  isCaptured(flow: number): boolean {
    return this.ofFlow[flow].length > 0;
  }

  beginMeasurement(startS: number): void {
    for (const capture of this.captures) capture.beginMeasurement(startS);
  }

  /**
   * Device `device` of source instance `si`, in area instance `instance`, starts a message at `createdS`.
   * O(tiers of its flows x its listeners)
   */
  started(si: number, instance: number, device: number, createdS: number): void {
    const { sourceRow, sourceStart } = this.program;
    const row = sourceRow[si];
    const sent = this.sent[row];
    for (let i = 0; i < sent.length; i++) {
      const receivers = sent[i];
      if (receivers.toPopulation) {
        this.startedForAll(receivers, instance, device, createdS);
        continue;
      }
      const { tiers } = receivers;
      const at = numberOf(receivers, si - sourceStart[row], device);
      for (let t = 0; t < tiers.length; t++) tiers[t].start(at, createdS);
    }
  }

  /** The message that was started then is delivered to its one receiver. O(flows and tiers of its source). */
  delivered(flow: number, si: number, device: number, createdS: number, nowS: number): void {
    const { sourceRow, sourceStart } = this.program;
    const row = sourceRow[si];
    const sent = this.sent[row];
    for (let i = 0; i < sent.length; i++) {
      const receivers = sent[i];
      if (receivers.flow !== flow || receivers.count.length === 0) continue;
      const { tiers } = receivers;
      const at = numberOf(receivers, si - sourceStart[row], device);
      for (let t = 0; t < tiers.length; t++) tiers[t].capture(at, createdS, nowS);
      return;
    }
  }

  /** Member `device` of the population that listens at the end of hop h has heard it, in area instance `instance`. */
  heard(flow: number, h: number, instance: number, device: number, createdS: number, nowS: number): void {
    const at = this.listenerBase[flow]!.get(h)![instance] + device;
    for (const capture of this.ofFlow[flow]) capture.capture(at, createdS, nowS);
  }

  /** Every event before `nowS` is over: closes the windows whose messages are too old by then. */
  closeBefore(nowS: number): void {
    for (const capture of this.captures) while (capture.mayClose(nowS)) this.close(capture);
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

  private startedForAll(
    { tiers, flow, h, everywhere, everyPremise }: Receivers,
    instance: number,
    device: number,
    createdS: number,
  ): void {
    const { hops } = this.program;
    const members = hops.members[h]!;
    const base = this.listenerBase[flow]!.get(h)!;
    const step = everyPremise ? 1 : hops.premises[h];
    const [from, to] = everywhere ? [0, base.length] : [instance, instance + 1];
    for (let i = from; i < to; i++) {
      for (let member = device % step; member < members[i]; member += step) {
        for (const capture of tiers) capture.start(base[i] + member, createdS);
      }
    }
  }

  private close(capture: TierCapture): void {
    const window = capture.over;
    const open = capture.close();
    if (this.onOver !== undefined) this.onOver(capture.tier, window, open);
    else if (open !== undefined) this.shares.add(capture.tier, open.startedCount, open.capturedCount);
  }

  /** Numbers the devices of a flow with tiers: those of the sources that send it to one receiver, and those that listen to it. */
  private number(flow: number): void {
    const { plan, hops } = this.program;
    const { sources, areas, tiers, time } = plan;
    const listenerBase = new Map<number, Uint32Array>();
    this.listenerBase[flow] = listenerBase;
    const sent: [row: number, receivers: Omit<Receivers, 'tiers'>][] = [];
    let devices = 0;
    for (let row = 0; row < sources.name.length; row++) {
      const ends = deliveringHops(this.program, row, flow);
      const receives = ends.some((h) => hops.members[h] === undefined);
      const base = new Uint32Array(receives ? sources.instanceCount[row] : 0);
      const count = new Uint32Array(base.length);
      const devicesIn = originators(this.program, row);
      for (let nth = 0; nth < base.length; nth++) {
        base[nth] = devices;
        count[nth] = devicesIn(sources.firstInstance[row] + nth);
        devices += count[nth];
      }
      for (const h of ends) {
        const members = hops.members[h];
        sent.push([
          row,
          { flow, h, toPopulation: members !== undefined, base, count, ...reachOf(this.program, row, h) },
        ]);
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
    const own = Array.from(tiers.flow, (of, tier) => ({ of, tier }))
      .filter(({ of }) => of === flow)
      .map(({ tier }) => new TierCapture(tier, tiers.windowS[tier], time.horizonS, devices));
    this.ofFlow[flow] = own;
    for (const [row, receivers] of sent) this.sent[row].push({ ...receivers, tiers: own });
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

/** Number of a device of the nth instance of a source among those of its flow. */
function numberOf({ base, count }: Receivers, nth: number, device: number): number {
  const devices = count[nth];
  return base[nth] + (device < devices ? device : device % devices); // a modulo costs as much as the rest
}
