/**
 * One medium alone, with a host that writes down what it is told: for tests that put messages on it by hand. The area is
 * the centre; `X up` and `X down` share the medium's server, and one source each sends on them.
 */

import { type Framing, framingOf } from '../../sim/engine/framing.js';
import type { MediumHost, OpenMedium, SharedMedium } from '../../sim/engine/media/host.js';
import {
  ARRIVE_S,
  ATTEMPT,
  BYTES,
  CHANNEL,
  CREATED_S,
  DEVICE,
  END_S,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  SOURCE_INSTANCE,
} from '../../sim/engine/message-row.js';
import { Messages } from '../../sim/engine/messages.js';
import { compileProgram, type Program } from '../../sim/engine/program.js';
import { Statistics } from '../../sim/engine/statistics.js';
import { EventHeap } from '../../sim/kernel/event-heap.js';
import type { Medium } from '../../sim/media.js';
import { buildPlan, type FramingLiteral, type LinkLiteral, type OutageLiteral } from './plan-builder.js';

export interface BenchOptions {
  readonly medium: Medium;
  readonly open: OpenMedium;
  /** Endpoints of the area. */
  readonly endpoints: number;
  readonly framing?: FramingLiteral; // of both directions
  readonly downFraming?: FramingLiteral;
  readonly server?: LinkLiteral;
  readonly seed?: string;
  /** A message down is for everybody. */
  readonly cast?: boolean;
  /** Instead of outages. */
  readonly hasPower?: (node: number, atS: number) => boolean;
  readonly upFromS?: (atS: number) => number;
  /** False: endpoints keep their power, but the medium does not know. */
  readonly keepsPower?: boolean;
  /** The medium is woken for whatever it has due, also where nothing else happens before. */
  readonly isWoken?: boolean;
  /** Of the medium (server `X`), or of endpoints. */
  readonly outages?: readonly OutageLiteral[];
  /** Priority of messages up and down. */
  readonly priority?: readonly [number, number];
}

export interface Fate {
  readonly node: number;
  readonly isUp: boolean;
  readonly offeredS: number;
  readonly what: 'crossed' | 'lost' | 'dropped' | 'granted';
  /** End of its last frame; when it was given up, or granted. */
  readonly atS: number;
}

const WAKE = -1;
const UP = 0;
const DOWN = 1;
/** Far more than any test runs. */
const LONG_S = 1e9;

export class MediumBench implements MediumHost {
  readonly program: Program;
  readonly messages: Messages;
  readonly stats: Statistics;
  readonly fates: Fate[] = [];
  /** Byte-seconds that messages waited. */
  waitedS = 0;
  /** Calls of the medium's `wake`. */
  wakes = 0;
  /** Called when a message has left the medium. */
  onFate: ((fate: Fate) => void) | undefined;
  nowS = 0;
  untilS = 0;
  readonly keepsPower: boolean;

  private readonly options: BenchOptions;
  private readonly medium: SharedMedium;
  private readonly heap = new EventHeap({ before: (a, b) => a < b });
  private readonly offers: { node: number; isUp: boolean }[] = [];
  private readonly offeredS = new Map<number, number>();
  private sent = 0;

  constructor(options: BenchOptions) {
    const { medium, endpoints, framing, downFraming = framing, server = {}, cast = false, priority } = options;
    const plan = buildPlan({
      seed: options.seed ?? '1',
      outages: options.outages ?? [],
      endpoints: { centre: endpoints },
      populations: { all: { devices: endpoints } },
      links: {
        'X up': { server: 'X', medium, rateBps: 8000, ...server },
        'X down': { server: 'X', rateBps: 8000 },
      },
      sources: [
        {
          name: 'up',
          devices: endpoints,
          sizeB: 100,
          priority: priority?.[UP] ?? 0,
          path: [{ link: 'X up', ...(framing && { framing }) }],
        },
        {
          name: 'down',
          devices: endpoints,
          sizeB: 100,
          priority: priority?.[DOWN] ?? 0,
          path: [{ link: 'X down', ...(downFraming && { framing: downFraming }), ...(cast && { listeners: 'all' }) }],
        },
      ],
    });
    this.options = options;
    this.program = compileProgram(plan, 1);
    const mayLosePower = options.hasPower !== undefined || plan.outages.server.some((server) => server < 0);
    this.keepsPower = options.keepsPower ?? !mayLosePower;
    this.messages = new Messages(this.program.key);
    this.stats = new Statistics(this.program);
    this.stats.measuring = true;
    this.stats.startS = 0;
    this.stats.endS = LONG_S;
    this.medium = options.open(this, medium, 0);
  }

  /** A message of or to endpoint `node` reaches the medium at `atS`. */
  send(atS: number, node: number, isUp = true): void {
    this.offers.push({ node, isUp });
    this.heap.push(atS, this.offers.length - 1);
  }

  /** Runs to `untilS`, and looks at the medium then, or until nothing is due. @returns the fates so far */
  run(untilS = Number.POSITIVE_INFINITY): readonly Fate[] {
    this.heap.untilS = untilS;
    for (let atS = this.heap.nextS(); atS < untilS; atS = this.heap.nextS()) {
      const item = this.heap.take();
      this.nowS = atS;
      if (item === WAKE) {
        this.wakes++;
        this.medium.wake();
      } else this.offer(this.offers[item]!, atS);
    }
    if (untilS < Number.POSITIVE_INFINITY) this.settle(untilS);
    return this.fates;
  }

  /** Messages that the medium holds: those that wait, and others. */
  held(): { waiting: number; others: number } {
    const held = { waiting: 0, others: 0 };
    this.medium.each((_, waiting) => {
      if (waiting) held.waiting++;
      else held.others++;
    });
    return held;
  }

  get unfinishedWorkS(): number {
    return this.medium.unfinishedWorkS(this.nowS);
  }

  /** Has the medium's statistics brought up to date. */
  settle(nowS: number): void {
    this.medium.settle?.(nowS);
  }

  framing(isUp: boolean): Readonly<Framing> {
    const m = this.message({ node: 0, isUp }, 0);
    return { ...framingOf(this.program, this.messages, m) };
  }

  wakeAt(_transmitter: number, atS: number): void {
    if (atS < this.nowS) throw new Error(`wakeAt: ${atS} s is before now (${this.nowS} s)`);
    this.heap.push(atS, WAKE);
  }

  passesTo(atS: number): boolean {
    if (this.options.isWoken || atS === Number.POSITIVE_INFINITY || !this.heap.isNext(atS)) return false;
    this.nowS = atS;
    return true;
  }

  admits(m: number, waitingB: number, waitingMessages: number): boolean {
    const { bufferB, bufferMessages } = this.program.plan.servers;
    const fits =
      waitingB + this.messages.floats[(m << FLOATS) | BYTES]! <= bufferB[0]! && waitingMessages < bufferMessages[0]!;
    if (!fits) this.note(m, 'dropped', this.nowS);
    return fits;
  }

  waited(m: number, sinceS: number, nowS: number): void {
    this.waitedS += this.messages.floats[(m << FLOATS) | BYTES]! * (nowS - sinceS);
  }

  crossed(m: number, endS: number, nowS: number): void {
    if (endS > nowS + 1e-9) throw new Error(`crossed: ${endS} s is after now (${nowS} s)`);
    this.note(m, 'crossed', endS);
  }

  lost(m: number, nowS: number): void {
    this.note(m, 'lost', nowS);
  }

  granted(m: number): void {
    this.note(m, 'granted', this.messages.floats[(m << FLOATS) | ARRIVE_S]!);
  }

  upFromS(_transmitter: number, atS: number): number {
    if (this.options.upFromS !== undefined) return this.options.upFromS(atS);
    const { server, toS } = this.program.plan.outages;
    const row = this.outageRows(atS).find((r) => server[r]! >= 0);
    return row === undefined ? atS : toS[row]!;
  }

  hasPower(_transmitter: number, node: number, atS: number): boolean {
    if (this.options.hasPower !== undefined) return this.options.hasPower(node, atS);
    const { server, firstNode, nodes } = this.program.plan.outages;
    return !this.outageRows(atS).some(
      (r) => server[r]! < 0 && node >= firstNode[r]! && node < firstNode[r]! + nodes[r]!,
    );
  }

  private outageRows(atS: number): number[] {
    const { fromS, toS } = this.program.plan.outages;
    return [...fromS.keys()].filter((r) => fromS[r]! <= atS && atS < toS[r]!);
  }

  private offer(what: { node: number; isUp: boolean }, nowS: number): void {
    const m = this.message(what, nowS);
    this.offeredS.set(m, nowS);
    this.medium.offer(m);
  }

  private message({ node, isUp }: { node: number; isUp: boolean }, nowS: number): number {
    const { messages, program } = this;
    const { plan } = program;
    const source = isUp ? UP : DOWN;
    const h = plan.sources.rootHop[source]!;
    const m = messages.allocate();
    messages.floats[(m << FLOATS) | CREATED_S] = nowS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = nowS;
    messages.floats[(m << FLOATS) | END_S] = Number.POSITIVE_INFINITY;
    messages.uints[(m << INTS) | SOURCE_INSTANCE] = source;
    messages.uints[(m << INTS) | NUMBER] = this.sent++;
    messages.uints[(m << INTS) | INSTANCE] = 0;
    messages.uints[(m << INTS) | DEVICE] = node;
    messages.ints[(m << INTS) | HOP] = h;
    messages.ints[(m << INTS) | CHANNEL] = program.channelStart[plan.hops.link[h]!]!;
    messages.ints[(m << INTS) | ATTEMPT] = 0;
    const row = plan.hops.framing[h]!;
    messages.floats[(m << FLOATS) | BYTES] =
      row < 0
        ? plan.sources.sizeB[source]!
        : (plan.framings.frames[row]! - 1) * plan.framings.fullB[row]! + plan.framings.lastB[row]!;
    return m;
  }

  private note(m: number, what: Fate['what'], atS: number): void {
    const isUp = this.messages.uints[(m << INTS) | SOURCE_INSTANCE] === UP;
    const fate = { node: this.messages.uints[(m << INTS) | DEVICE]!, isUp, offeredS: this.offeredS.get(m)!, what, atS };
    this.fates.push(fate);
    this.messages.free(m);
    this.onFate?.(fate);
  }
}
