import { servingInstance } from '../area-range.js';
import { type Messages, NONE } from './messages.js';
import { linkInstanceOf, type Program } from './program.js';
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
  /** A timer of this store is in the event heap: at most one. */
  timed: boolean;
}

/** Links before which a hold row stands, and the area kind of the messages that ask for what is there. */
interface Asked {
  readonly hold: number;
  readonly link: number;
}

/**
 * Messages that stop before a hop until enough are there, the first is old enough, or somebody asks for them; they go on
 * in one carrier (carriers.ts). Messages of different trees wait together when they have the same hold row and the same
 * channel before them, which is what a concentrator does; each goes on along its own tree at the far end.
 *
 * A store lives in the cell of its link. While a message waits, its `hop` is the hop before which it waits, and it stands
 * in a list through `Messages.nextWaiting`.
 */
export class Holds {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stores: Store[] = [];
  /** hold * channels + channel -> row of `stores`. */
  private readonly storeOf = new Map<number, number>();
  private readonly askedBy: readonly (readonly Asked[])[];

  constructor(program: Program, messages: Messages) {
    this.program = program;
    this.messages = messages;
    this.askedBy = program.plan.flows.name.map((_, flow) => heldUntil(program, flow));
  }

  /** Whether deliveries of `flow` let something go. */
  isAsking(flow: number): boolean {
    return this.askedBy[flow].length > 0;
  }

  /** Message m waits before hop h from now on. O(1). @returns its store */
  add(m: number, h: number, nowS: number): number {
    const { messages, program } = this;
    const { hops } = program.plan;
    const at = this.storeAt(hops.hold[h], channelBefore(program, messages, m, h));
    const store = this.stores[at];
    messages.hop[m] = h;
    messages.nextWaiting[m] = NONE;
    if (store.first === NONE) {
      store.first = m;
      store.sinceS = nowS;
    } else {
      messages.nextWaiting[store.last] = m;
    }
    store.last = m;
    store.appB += appBytesOf(program, messages, m, h);
    return at;
  }

  isFull(at: number): boolean {
    return this.stores[at].appB >= this.program.plan.holds.sizeB[this.stores[at].hold];
  }

  /** When what waits in a store is old enough to go; Infinity when nothing waits, or never. */
  dueS(at: number): number {
    const { first, sinceS, hold } = this.stores[at];
    return first === NONE ? Number.POSITIVE_INFINITY : sinceS + this.program.plan.holds.ageS[hold];
  }

  firstOf(at: number): number {
    return this.stores[at].first;
  }

  isTimed(at: number): boolean {
    return this.stores[at].timed;
  }

  setTimed(at: number, timed: boolean): void {
    this.stores[at].timed = timed;
  }

  /**
   * Empties a store. The carrier looks like the most urgent message in it, the first of those: its class, its sender.
   * @returns a message that carries all that waited there and is about to take its hop; NONE when nobody waited
   */
  release(at: number): number {
    const { messages, program } = this;
    const { priority } = program.plan.sources;
    const store = this.stores[at];
    if (store.first === NONE) return NONE;
    const classOf = (m: number) => priority[program.sourceRow[messages.sourceInstance[m]]];
    let lead = store.first;
    for (let m = messages.nextWaiting[lead]; m !== NONE; m = messages.nextWaiting[m]) {
      if (classOf(m) < classOf(lead)) lead = m;
    }
    const carrier = messages.clone(lead);
    messages.pending[carrier] = NONE;
    messages.carrier[carrier] = messages.carriers.add(store.hold, store.appB, store.first);
    store.first = store.last = NONE;
    store.appB = 0;
    return carrier;
  }

  /** Calls `visit` for every store that a delivery of `flow` in `instance` of area kind `kind` empties. */
  eachAsked(flow: number, kind: number, instance: number, visit: (at: number) => void): void {
    const { plan, channelStart, copies } = this.program;
    for (const { hold, link } of this.askedBy[flow]) {
      const i = servingInstance(plan.areas, kind, instance, plan.links.kind[link]);
      for (let c = 0; c < copies[link]; c++) {
        const at = this.storeOf.get(hold * this.program.channels + channelStart[link] + i * copies[link] + c);
        if (at !== undefined) visit(at);
      }
    }
  }

  /** Calls `visit` for every message that waits. */
  each(visit: (m: number) => void): void {
    for (const { first } of this.stores) {
      for (let m = first; m !== NONE; m = this.messages.nextWaiting[m]) visit(m);
    }
  }

  private storeAt(hold: number, channel: number): number {
    const key = hold * this.program.channels + channel;
    const known = this.storeOf.get(key);
    if (known !== undefined) return known;
    const store = { hold, appB: 0, sinceS: 0, first: NONE, last: NONE, timed: false };
    const at = this.stores.push(store) - 1;
    this.storeOf.set(key, at);
    return at;
  }
}

/** The channel that message m would take on hop h. */
function channelBefore(program: Program, messages: Messages, m: number, h: number): number {
  const link = program.plan.hops.link[h];
  const copies = program.copies[link];
  const instance = linkInstanceOf(program.hops, h, messages.instance[m]);
  return program.channelStart[link] + instance * copies + (messages.device[m] % copies);
}

function heldUntil({ plan: { hops, holds } }: Program, flow: number): Asked[] {
  const asked: Asked[] = [];
  for (let h = 0; h < hops.link.length; h++) {
    const hold = hops.hold[h];
    const link = hops.link[h];
    if (hold < 0 || holds.untilFlow[hold] !== flow) continue;
    if (!asked.some((known) => known.hold === hold && known.link === link)) asked.push({ hold, link });
  }
  return asked;
}
