import type { BurstRound } from './bursts.js';
import {
  ARRIVE_S,
  CHANNEL,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  ORIGIN_S,
  SOURCE_INSTANCE,
  STEPS,
} from './message-row.js';
import { type Messages, MOST_STEPS, UNSENT } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';

/** A round: the devices to ask, in order; all of them when there is no list. */
interface Round {
  readonly devices: Uint32Array | undefined;
  /** The event behind it; NaN: each message is its own. */
  readonly originS: number;
}

/** One source instance that asks its devices. */
interface Master {
  /** The round under way. */
  round: Round | undefined;
  rounds: number; // begun so far
  next: number; // place of the next device in the round
  waiting: number; // devices that have been asked and are not done
  /** Bursts whose rounds must wait for the one under way. */
  readonly bursts: Round[];
  /** A period went by while a round was under way: the next one begins as soon as it ends. */
  isDue: boolean;
}

const ROUTINE: Round = { devices: undefined, originS: Number.NaN };

/**
 * Sources that ask their devices one after the other, `concurrency` at a time: the next is asked when one is done or given
 * up (pending.ts). A round that takes longer than the period delays the next; periods that go by meanwhile give one round
 * together. Rounds of bursts wait for the one under way, and each takes place. A round goes on when its window closes.
 */
export class Masters {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly pendings: Pendings;
  private readonly masters = new Map<number, Master>();
  private readonly place: (m: number) => void;

  /** @param place puts a message in the event heap of the cell that runs */
  constructor(program: Program, messages: Messages, pendings: Pendings, place: (m: number) => void) {
    this.program = program;
    this.messages = messages;
    this.pendings = pendings;
    this.place = place;
  }

  /** A period of source instance `si` begins, or one of its bursts. */
  begin(si: number, burst: BurstRound | undefined, nowS: number, steps: number): void {
    const master = this.masterOf(si);
    if (burst !== undefined) master.bursts.push(burst);
    else master.isDue = true;
    if (master.round === undefined) this.startRound(si, master, nowS, steps);
  }

  /** One of the devices asked is done or given up. */
  goOn(si: number, nowS: number, steps: number): void {
    const master = this.masterOf(si);
    master.waiting--;
    this.ask(si, master, nowS, steps);
  }

  private startRound(si: number, master: Master, nowS: number, steps: number): void {
    master.round = master.bursts.shift();
    if (master.round === undefined && master.isDue) {
      master.isDue = false;
      master.round = ROUTINE;
    }
    if (master.round === undefined) return;
    master.next = 0;
    master.rounds++;
    this.ask(si, master, nowS, steps);
  }

  /** Asks as many as may be asked; ends the round when all are done. */
  private ask(si: number, master: Master, nowS: number, steps: number): void {
    const { devices, concurrency } = this.program.plan.sources;
    const row = this.program.sourceRow[si];
    const round = master.round!;
    const count = round.devices?.length ?? devices[row];
    while (master.waiting < concurrency[row] && master.next < count) {
      const place = master.next++;
      master.waiting++;
      this.send(si, row, round.devices?.[place] ?? place, master.rounds, round.originS, nowS, steps);
    }
    if (master.waiting > 0) return;
    master.round = undefined;
    this.startRound(si, master, nowS, steps);
  }

  /** Numbers are of the round and the device: the same message in plans where other rounds took longer. */
  private send(
    si: number,
    row: number,
    device: number,
    round: number,
    originS: number,
    nowS: number,
    steps: number,
  ): void {
    const { messages, program } = this;
    const { sources } = program.plan;
    const m = messages.allocate();
    messages.floats[(m << FLOATS) | CREATED_S] = nowS;
    messages.floats[(m << FLOATS) | ORIGIN_S] = Number.isNaN(originS) ? nowS : originS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = nowS;
    messages.uints[(m << INTS) | SOURCE_INSTANCE] = si;
    messages.uints[(m << INTS) | NUMBER] = (round - 1) * sources.devices[row] + device;
    messages.uints[(m << INTS) | INSTANCE] = sources.firstInstance[row] + si - program.sourceStart[row];
    messages.uints[(m << INTS) | DEVICE] = device;
    messages.ints[(m << INTS) | HOP] = ~sources.rootHop[row];
    messages.ints[(m << INTS) | CHANNEL] = UNSENT;
    messages.ints[(m << INTS) | STEPS] = Math.min(steps, MOST_STEPS);
    this.pendings.open(m, true);
    this.place(m);
  }

  private masterOf(si: number): Master {
    const known = this.masters.get(si);
    if (known !== undefined) return known;
    const master: Master = { round: undefined, rounds: 0, next: 0, waiting: 0, bursts: [], isDue: false };
    this.masters.set(si, master);
    return master;
  }
}
