import { servingInstance } from '../area-range.js';
import { linkInstanceOf } from './hop-program.js';
import {
  ARRIVE_S,
  CARRIER,
  CHANNEL,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NEXT_WAITING,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
} from './message-row.js';
import { AGE, LAST_STEPS, type Messages, NONE } from './messages.js';
import type { Program } from './program.js';
import { appBytesOf } from './sizes.js';

/** Where messages of one hold row wait for one channel. */
interface Store {
  readonly hold: number;
  /** Application bytes that are there. */
  appB: number;
  /** When the first message came. */
  sinceS: number;
  first: number;
  last: number;
  /** Its timer is in the event heap. */
  isTimed: boolean;
}

/** What holds need of the engine. */
export interface HoldHooks {
  /** Message m reaches the link of hop h. */
  offer(m: number, h: number): void;
  /** Places message m in the event heap of the cell that runs. */
  place(m: number): void;
}

/** A link before which a hold row stands. */
interface Asked {
  readonly hold: number;
  readonly link: number;
}

/**
 * Messages that stop before a hop until enough are there, the first is old enough, or somebody asks for them; they go on
 * in one carrier (carriers.ts). Messages of different trees wait together when they have the same hold row and the same
 * channel before them, which is what a concentrator does; each goes on along its own tree at the far end.
 *
 * A store has one timer at most; one that runs down too early, since what it was started for has gone by size, is started
 * again for what is there then.
 *
 * A store lives in the cell of its link. While a message waits, its `hop` is the hop before which it waits, and it stands
 * in a list through NEXT_WAITING.
 */
export class Holds {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly hooks: HoldHooks;
  private readonly stores: Store[] = [];
  /** hold * channels + channel -> row of `stores`. */
  private readonly storeOf = new Map<number, number>();
  private readonly askedBy: readonly (readonly Asked[])[];

  constructor(program: Program, messages: Messages, hooks: HoldHooks) {
    this.program = program;
    this.messages = messages;
    this.hooks = hooks;
    this.askedBy = askedByFlow(program);
  }

  /** Whether deliveries of `flow` let something go. */
  isAsking(flow: number): boolean {
    return this.askedBy[flow].length > 0;
  }

  /** Message m waits before hop h for others; with it all may go. O(1), and what waits when all go. */
  hold(m: number, h: number, nowS: number): void {
    const { messages, program } = this;
    const { hops, holds } = program.plan;
    const steps = messages.ints[(m << INTS) | STEPS];
    const at = this.storeAt(hops.hold[h], channelBefore(program, messages, m, h));
    const store = this.stores[at];
    messages.ints[(m << INTS) | HOP] = h;
    messages.ints[(m << INTS) | NEXT_WAITING] = NONE;
    if (store.first === NONE) {
      store.first = m;
      store.sinceS = nowS;
    } else {
      messages.ints[(store.last << INTS) | NEXT_WAITING] = m;
    }
    store.last = m;
    store.appB += appBytesOf(program, messages, m, h);
    if (store.appB >= holds.sizeB[store.hold]) this.release(store, nowS, steps);
    else this.startTimer(at);
  }

  /** The timer `timer` of a store has run down. Its row is given back. */
  age(timer: number, nowS: number): void {
    const at = this.messages.ints[(timer << INTS) | CARRIER];
    const store = this.stores[at];
    this.messages.free(timer);
    store.isTimed = false;
    if (this.dueS(store) <= nowS) this.release(store, nowS, LAST_STEPS + 1);
    else this.startTimer(at);
  }

  /** A message of `flow` is delivered in `instance` of area kind `kind`: lets go what is held until then. */
  asked(flow: number, kind: number, instance: number, nowS: number, steps: number): void {
    const { plan, channels, channelStart, copies } = this.program;
    for (const { hold, link } of this.askedBy[flow]) {
      const i = servingInstance(plan.areas, kind, instance, plan.links.kind[link]);
      for (let c = 0; c < copies[link]; c++) {
        const at = this.storeOf.get(hold * channels + channelStart[link] + i * copies[link] + c);
        if (at !== undefined) this.release(this.stores[at], nowS, steps);
      }
    }
  }

  /**
   * Sends on all that waits in a store, in one carrier. This looks like the most urgent message that it carries, the first
   * of those: its class, its sender.
   */
  private release(store: Store, nowS: number, steps: number): void {
    const { messages, program } = this;
    const { priority } = program.plan.sources;
    if (store.first === NONE) return;
    const classOf = (m: number) => priority[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]];
    let lead = store.first;
    for (
      let m = messages.ints[(lead << INTS) | NEXT_WAITING];
      m !== NONE;
      m = messages.ints[(m << INTS) | NEXT_WAITING]
    ) {
      if (classOf(m) < classOf(lead)) lead = m;
    }
    const carrier = messages.clone(lead);
    messages.ints[(carrier << INTS) | PENDING] = NONE;
    messages.floats[(carrier << FLOATS) | ARRIVE_S] = nowS;
    messages.ints[(carrier << INTS) | STEPS] = steps;
    messages.ints[(carrier << INTS) | CARRIER] = messages.carriers.add(store.hold, store.appB, store.first);
    store.first = store.last = NONE;
    store.appB = 0;
    this.hooks.offer(carrier, messages.ints[(carrier << INTS) | HOP]);
  }

  private startTimer(at: number): void {
    const { messages } = this;
    const store = this.stores[at];
    const dueS = this.dueS(store);
    if (store.isTimed || dueS === Number.POSITIVE_INFINITY) return;
    store.isTimed = true;
    const timer = messages.clone(store.first);
    messages.ints[(timer << INTS) | PENDING] = NONE;
    messages.ints[(timer << INTS) | CHANNEL] = AGE;
    messages.ints[(timer << INTS) | CARRIER] = at;
    messages.floats[(timer << FLOATS) | ARRIVE_S] = dueS;
    messages.ints[(timer << INTS) | STEPS] = LAST_STEPS;
    this.hooks.place(timer);
  }

  /** When what waits in a store is old enough to go; Infinity when nothing waits, or never. */
  private dueS({ first, sinceS, hold }: Store): number {
    return first === NONE ? Number.POSITIVE_INFINITY : sinceS + this.program.plan.holds.ageS[hold];
  }

  /** Calls `visit` for every message that waits. */
  each(visit: (m: number) => void): void {
    for (const { first } of this.stores) {
      for (let m = first; m !== NONE; m = this.messages.ints[(m << INTS) | NEXT_WAITING]) visit(m);
    }
  }

  private storeAt(hold: number, channel: number): number {
    const key = hold * this.program.channels + channel;
    const known = this.storeOf.get(key);
    if (known !== undefined) return known;
    const store = { hold, appB: 0, sinceS: 0, first: NONE, last: NONE, isTimed: false };
    const at = this.stores.push(store) - 1;
    this.storeOf.set(key, at);
    return at;
  }
}

/** The channel that message m would take on hop h. */
function channelBefore(program: Program, messages: Messages, m: number, h: number): number {
  const link = program.plan.hops.link[h];
  const copies = program.copies[link];
  const instance = linkInstanceOf(program.hops, h, messages.uints[(m << INTS) | INSTANCE]);
  return program.channelStart[link] + instance * copies + (messages.uints[(m << INTS) | DEVICE] % copies);
}

/** Per flow: what waits until one of its messages is delivered. O(hops). */
function askedByFlow({ plan: { flows, hops, holds } }: Program): Asked[][] {
  const askedBy: Asked[][] = flows.name.map(() => []);
  for (let h = 0; h < hops.link.length; h++) {
    const hold = hops.hold[h];
    const link = hops.link[h];
    const asked = hold < 0 ? undefined : askedBy[holds.untilFlow[hold]];
    if (asked === undefined) continue;
    if (!asked.some((known) => known.hold === hold && known.link === link)) asked.push({ hold, link });
  }
  return askedBy;
}
