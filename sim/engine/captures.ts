import { Fan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { CaptureShares } from './capture-shares.js';
import { FlowCapture } from './flow-capture.js';
import { ARRIVE_S, CREATED_S, DEVICE, FLOATS, INSTANCE, INTS, SOURCE_INSTANCE } from './message-row.js';
import type { Messages } from './messages.js';
import { deliveringHops, originators } from './originators.js';
import type { Program } from './program.js';
import { type Marks, TierCapture } from './tier-capture.js';
import { hopsBelow } from './tracking.js';

/** Where messages of a source deliver a flow: at the end of hop h, to one receiver or to a population. */
interface Receivers {
  readonly flow: number;
  readonly h: number;
  readonly toPopulation: boolean;
  /** One receiver: the source's devices among those of the flow, per instance of its row: the first, and how many. */
  readonly base: Uint32Array;
  readonly count: Uint32Array;
  /** Its listeners hear it in every instance, not only in that of the sender; in every premise, not only in the sender's. */
  readonly everywhere: boolean;
  readonly everyPremise: boolean;
}

/** Places in the row of a source instance, see `Captures`. */
const PLAIN = 4;
const FLOW = 0;
const BASE = 1;
const COUNT = 2;

/**
 * Devices that are captured (plan.tiers): of those that start a message in a window, those of whom one of these messages is
 * delivered within the length of a window. The devices of a flow are those of its sources, each row's in each of its
 * instances; of a broadcast its listeners, all of whom it starts for. Windows close as the run goes on, when their messages
 * are too old.
 */
export class Captures {
  /**
   * Told of every window that is over, in place of counting it: a team counts what all of its workers have of it. The marks are to be
   * read at once.
   */
  onOver: ((tier: number, window: number, marks: Marks | undefined) => void) | undefined;
  readonly shares: CaptureShares;
  /** Per flow with tiers; where the devices of a population begin, per hop. */
  private readonly ofFlow: (FlowCapture | undefined)[];
  private readonly listenerBase: (Map<number, Uint32Array> | undefined)[];
  /** Of one flow finer ones first: a window closes after the finer ones that it is made of. */
  private readonly captures: readonly TierCapture[];
  private readonly program: Program;
  /** Per source row: where its messages deliver flows with tiers. */
  private readonly sent: readonly Receivers[][];
  private readonly sourceRow: Uint32Array;
  /**
   * Per source instance, in one row, what most messages need:
   *   FLOW         the only one with tiers, to one receiver; -1 where it is not so simple
   *   BASE, COUNT  its devices among those of the flow
   */
  private readonly plain: Int32Array;

  constructor(program: Program) {
    const { tiers, flows, sources } = program.plan;
    this.program = program;
    this.shares = new CaptureShares(tiers.flow.length);
    this.ofFlow = flows.name.map(() => undefined);
    this.listenerBase = new Array(flows.name.length);
    this.sent = sources.name.map(() => []);
    for (const flow of new Set(tiers.flow)) this.number(flow);
    this.captures = this.ofFlow.flatMap((flow) => flow?.tiers ?? []);
    this.sourceRow = program.sourceRow;
    this.plain = new Int32Array(program.sourceInstances * PLAIN);
    for (const [row, receivers] of this.sent.entries()) {
      const only = receivers.length === 1 && !receivers[0].toPopulation ? receivers[0] : undefined;
      for (let nth = 0; nth < sources.instanceCount[row]; nth++) {
        const at = (program.sourceStart[row] + nth) * PLAIN;
        this.plain[at + FLOW] = only?.flow ?? -1;
        if (only === undefined) continue;
        this.plain[at + BASE] = only.base[nth];
        this.plain[at + COUNT] = only.count[nth];
      }
    }
  }

  /** Whether the plan has tiers at all. */
  get areSome(): boolean {
    return this.captures.length > 0;
  }

  isCaptured(flow: number): boolean {
    return this.ofFlow[flow] !== undefined;
  }

  beginMeasurement(startS: number): void {
    for (const capture of this.captures) capture.beginMeasurement(startS);
  }

  /** Message m is started by its device. O(tiers of its flows x its listeners). */
  started(messages: Messages, m: number): void {
    const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    const { plain } = this;
    const at = si * PLAIN;
    const flow = plain[at + FLOW];
    if (flow < 0) {
      this.startedOddly(this.sourceRow[si], messages, m);
      return;
    }
    const device = within(plain[at + BASE], plain[at + COUNT], messages.uints[(m << INTS) | DEVICE]);
    const createdS = messages.floats[(m << FLOATS) | CREATED_S];
    this.ofFlow[flow]!.start(device, createdS);
  }

  /** Message m is delivered to its one receiver, now that it arrives. O(tiers of the flow). */
  delivered(flow: number, messages: Messages, m: number): void {
    const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    const { plain } = this;
    const at = si * PLAIN;
    if (plain[at + FLOW] !== flow) {
      this.deliveredOddly(flow, this.sourceRow[si], messages, m);
      return;
    }
    const device = within(plain[at + BASE], plain[at + COUNT], messages.uints[(m << INTS) | DEVICE]);
    const createdS = messages.floats[(m << FLOATS) | CREATED_S];
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    this.ofFlow[flow]!.capture(device, createdS, nowS);
  }

  /** Member `device` of the population that listens at the end of hop h has heard message m. */
  heard(flow: number, h: number, messages: Messages, m: number, device: number): void {
    const at = this.listenerBase[flow]!.get(h)![messages.uints[(m << INTS) | INSTANCE]] + device;
    this.ofFlow[flow]!.capture(
      at,
      messages.floats[(m << FLOATS) | CREATED_S],
      messages.floats[(m << FLOATS) | ARRIVE_S],
    );
  }

  /** Every event before `nowS` is over: closes the windows whose messages are too old by then. */
  closeBefore(nowS: number): void {
    for (const capture of this.captures) while (capture.mayClose(nowS)) this.close(capture);
  }

  /** Columns over plan.tiers, at the end of the run. */
  result(): ReplicationStats['tiers'] {
    const { captures } = this;
    this.closeAll();
    const windows = new Float64Array(captures.length);
    for (const capture of captures) windows[capture.tier] = capture.windows;
    return this.shares.result(windows);
  }

  /** The run is over. */
  closeAll(): void {
    for (const capture of this.captures) while (capture.over < capture.windows) this.close(capture);
  }

  private startedOddly(row: number, messages: Messages, m: number): void {
    const nth = messages.uints[(m << INTS) | SOURCE_INSTANCE] - this.program.sourceStart[row];
    const device = messages.uints[(m << INTS) | DEVICE];
    for (const receivers of this.sent[row]) {
      const { flow, base, count } = receivers;
      if (receivers.toPopulation)
        this.startedForAll(
          receivers,
          messages.uints[(m << INTS) | INSTANCE],
          device,
          messages.floats[(m << FLOATS) | CREATED_S],
        );
      else this.ofFlow[flow]!.start(within(base[nth], count[nth], device), messages.floats[(m << FLOATS) | CREATED_S]);
    }
  }

  private deliveredOddly(flow: number, row: number, messages: Messages, m: number): void {
    const nth = messages.uints[(m << INTS) | SOURCE_INSTANCE] - this.program.sourceStart[row];
    for (const { flow: sent, base, count } of this.sent[row]) {
      if (sent !== flow || count.length === 0) continue;
      const device = within(base[nth], count[nth], messages.uints[(m << INTS) | DEVICE]);
      this.ofFlow[flow]!.capture(
        device,
        messages.floats[(m << FLOATS) | CREATED_S],
        messages.floats[(m << FLOATS) | ARRIVE_S],
      );
      return;
    }
  }

  private startedForAll(
    { flow, h, everywhere, everyPremise }: Receivers,
    instance: number,
    device: number,
    createdS: number,
  ): void {
    const { hops } = this.program;
    const members = hops.members[h]!;
    const capture = this.ofFlow[flow]!;
    const base = this.listenerBase[flow]!.get(h)!;
    const step = everyPremise ? 1 : hops.premises[h];
    const [from, to] = everywhere ? [0, base.length] : [instance, instance + 1];
    for (let i = from; i < to; i++) {
      for (let member = device % step; member < members[i]; member += step) {
        capture.start(base[i] + member, createdS);
      }
    }
  }

  private close(capture: TierCapture): void {
    const window = capture.over;
    const marks = capture.close();
    this.ofFlow[this.program.plan.tiers.flow[capture.tier]]!.forget();
    if (this.onOver !== undefined) this.onOver(capture.tier, window, marks);
    else if (marks !== undefined) this.shares.add(capture.tier, [marks]);
    if (marks !== undefined) capture.giveBack(marks);
  }

  /** Numbers the devices of a flow with tiers: those of the sources that send it to one receiver, and those that listen to it. */
  private number(flow: number): void {
    const { plan, hops } = this.program;
    const { sources, areas, tiers, time } = plan;
    const listenerBase = new Map<number, Uint32Array>();
    this.listenerBase[flow] = listenerBase;
    let devices = 0;
    for (let row = 0; row < sources.name.length; row++) {
      const ends = deliveringHops(this.program, row, flow);
      const receives = ends.some((h) => hops.members[h] === undefined);
      const base = new Uint32Array(receives ? sources.instanceCount[row] : 0);
      const count = new Uint32Array(base.length);
      if (receives) {
        const devicesIn = originators(this.program, row);
        for (let nth = 0; nth < base.length; nth++) {
          base[nth] = devices;
          count[nth] = devicesIn(sources.firstInstance[row] + nth);
          devices += count[nth];
        }
      }
      for (const h of ends) {
        const members = hops.members[h];
        const reach = reachOf(this.program, row, h);
        this.sent[row].push({ flow, h, toPopulation: members !== undefined, base, count, ...reach });
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
    const own: TierCapture[] = [];
    const rows = Array.from(tiers.flow, (_, tier) => tier).filter((tier) => tiers.flow[tier] === flow);
    for (const tier of rows.sort((a, b) => tiers.windowS[a] - tiers.windowS[b])) {
      own.push(new TierCapture(tier, tiers.windowS[tier], time.horizonS, devices, own));
    }
    this.ofFlow[flow] = new FlowCapture(own);
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

/** Device `device` of `count` among those of its flow, of which `base` come before. */
function within(base: number, count: number, device: number): number {
  return base + (device < count ? device : device % count); // a modulo costs as much as the rest
}
