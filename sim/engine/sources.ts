import { combine, RandomStreams, unitOf } from '../kernel/random.js';
import { type Plan, Process } from '../plan.js';
import { type BurstMessages, type BurstRound, drawBursts, drawRounds } from './bursts.js';
import {
  ARRIVE_S,
  ATTEMPT,
  CHANNEL,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  ORIGIN_S,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
} from './message-row.js';
import { type Messages, NONE, ROUND, UNSENT } from './messages.js';
import type { Program } from './program.js';
import { isPeriodic, Rings, ringLength } from './rings.js';

/** Places in the two rows of a source instance, see `Sources`. */
const ROW = 8;
const OP_S = 0;
const FROM_OP_S = 1;
const TO_OP_S = 2;
const FROM_S = 3;
const PERIOD_S = 4;
const DEVICES = 5;
const CYCLE = 6;
const PROCESS = 0;
const ROOT_HOP = 1;
const AREA_INSTANCE = 2;
const KEY = 3;
const COUNT = 4;
const POSITION = 5;
const INTERVAL = 6;
const PLACED = 7;

/**
 * Sources that start messages by themselves. Each source instance holds its next message only, in `Messages`; of a master
 * that asks its devices these are the beginnings of its rounds (channel ROUND), periodic as if it were one device.
 *
 * Time. A source lives in operational time, the active seconds of its window; each day maps it to the clock by the
 * window's intervals for that kind of day. A message that falls after today's windows is placed when its day begins, so
 * that it need not be known today what tomorrow is. Every warm-up day and the first measured day are operational time
 * 0 to periodic sources: the warm-up repeats the first day exactly.
 *
 * Per source instance a row of each, so that what a message needs is in two cache lines and not in twenty columns. Measured:
 * an AMI day takes 7% less time.
 *   numbers  f64  OP_S       operational time of the next message since today began
 *                 FROM_OP_S  operational time at the beginning of the interval reached
 *                 TO_OP_S    and at its end; -Infinity when it has to be looked for
 *                 FROM_S     clock at its beginning
 *                 PERIOD_S, DEVICES  as in the plan
 *                 CYCLE      periodic: periods gone by
 *   whole    i32  PROCESS    as in the plan
 *                 ROOT_HOP        ~root hop
 *                 AREA_INSTANCE   area instance
 *                 KEY        as in the program
 *                 COUNT      messages so far: the next one's number
 *                 POSITION   periodic: device of the ring; burst: message of the burst list
 *                 INTERVAL   row of the window table's intervals; when the day begins the one before its first
 *                 PLACED     1: the next message is in the event heap
 */
export class Sources {
  private readonly numbers: Float64Array;
  private readonly whole: Int32Array;
  private readonly streams: RandomStreams;
  private readonly rings: Rings;
  private readonly bursts = new Map<number, BurstMessages>();
  private readonly rounds = new Map<number, readonly BurstRound[]>();
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly isHere: (sourceInstance: number) => boolean;

  /** Today. */
  private dayKind = 0;
  private dayStartS = 0;
  /** Operational time gone by before today, per window; since the first measured day, or since this warm-up day. */
  private readonly beforeTodayS: Float64Array;
  private started = false;

  /** @param isHere whether a source instance is run here; others have no messages */
  constructor(program: Program, messages: Messages, isHere: (sourceInstance: number) => boolean = () => true) {
    const { plan, sourceInstances } = program;
    this.program = program;
    this.messages = messages;
    this.isHere = isHere;
    this.numbers = new Float64Array(sourceInstances * ROW);
    this.whole = new Int32Array(sourceInstances * ROW);
    this.streams = new RandomStreams(sourceInstances);
    this.rings = new Rings(program, isHere);
    this.beforeTodayS = new Float64Array(plan.windows.name.length);
    for (let si = 0; si < sourceInstances; si++) {
      const row = program.sourceRow[si];
      this.describe(si, row);
      if (plan.sources.process[row] !== Process.poisson || !isHere(si)) continue;
      this.streams.seed(si, `${program.seed}/${plan.sources.name[row]}/${this.whole[si * ROW + AREA_INSTANCE]}`);
      this.drawPoisson(si);
    }
  }

  /**
   * Begins a day and calls `push(m, sourceInstance)` for every message placed in it.
   * @param afresh periodic sources begin their operational time again: warm-up days and the first measured day
   */
  startDay(dayKind: number, dayStartS: number, afresh: boolean, push: (m: number, si: number) => void): void {
    const { windows, sources, time } = this.program.plan;
    const kinds = time.dayLengthS.length;
    const activeS = Float64Array.from(windows.name, (_, w) =>
      this.started ? activeSeconds(this.program.plan, w, this.dayKind) : 0,
    );
    for (let w = 0; w < activeS.length; w++) this.beforeTodayS[w] = afresh ? 0 : this.beforeTodayS[w] + activeS[w];
    this.started = true;
    this.dayKind = dayKind;
    this.dayStartS = dayStartS;
    const { numbers, whole } = this;
    for (let si = 0; si < this.program.sourceInstances; si++) {
      const row = this.program.sourceRow[si];
      const at = si * ROW;
      const process = sources.process[row];
      if ((process !== Process.poisson && !isPeriodic(this.program.plan, row)) || !this.isHere(si)) continue;
      const window = sources.window[row];
      whole[at + INTERVAL] = windows.start[window * kinds + dayKind] - 1;
      numbers[at + TO_OP_S] = Number.NEGATIVE_INFINITY;
      if (process === Process.poisson) {
        numbers[at + OP_S] -= activeS[window];
      } else {
        if (afresh) whole[at + POSITION] = numbers[at + CYCLE] = 0;
        this.readRing(si, row);
      }
      if (whole[at + PLACED] === 1) continue;
      const m = this.place(si);
      if (m !== NONE) push(m, si);
    }
  }

  /**
   * Draws the bursts of the run, whose second 0 is now, and calls `push` for the first message of each source, and for all
   * rounds that bursts let masters begin.
   */
  startBursts(startS: number, push: (m: number, si: number) => void): void {
    const { plan, sourceRow, seed } = this.program;
    for (let si = 0; si < sourceRow.length; si++) {
      const row = sourceRow[si];
      const process = plan.sources.process[row];
      if ((process !== Process.burst && process !== Process.asked) || !this.isHere(si)) continue;
      this.streams.seed(si, `${seed}/${plan.sources.name[row]}/${this.whole[si * ROW + AREA_INSTANCE]}`);
      const uniform = () => this.streams.uniform(si);
      if (process === Process.asked) {
        const rounds = drawRounds(plan, row, startS, uniform);
        this.rounds.set(si, rounds);
        for (const [i, { atS }] of rounds.entries()) push(this.message(si, atS, atS, i + 1), si);
        continue;
      }
      this.bursts.set(si, drawBursts(plan, row, startS, uniform));
      this.whole[si * ROW + POSITION] = 0;
      const m = this.placeBurst(si);
      if (m !== NONE) push(m, si);
    }
  }

  /** The burst that round message m belongs to; undefined for a periodic one. */
  burstOf(m: number): BurstRound | undefined {
    return this.rounds.get(this.messages.uints[(m << INTS) | SOURCE_INSTANCE])?.[
      this.messages.uints[(m << INTS) | DEVICE] - 1
    ];
  }

  /** The message of source instance `si` was just sent. @returns its next one if that is known today, else NONE */
  next(si: number): number {
    switch (this.whole[si * ROW + PROCESS]) {
      case Process.poisson:
        this.drawPoisson(si);
        return this.place(si);
      case Process.periodic:
      case Process.asked:
        this.advanceRing(si, this.program.sourceRow[si]);
        return this.place(si);
      case Process.burst:
        this.whole[si * ROW + POSITION]++;
        return this.placeBurst(si);
      default:
        return NONE; // caused: by deliveries only
    }
  }

  /** What a source instance has of the plan. */
  private describe(si: number, row: number): void {
    const { plan, key, sourceStart } = this.program;
    const { sources } = plan;
    const { numbers, whole } = this;
    const at = si * ROW;
    numbers[at + PERIOD_S] = sources.periodS[row];
    numbers[at + DEVICES] = sources.devices[row];
    whole[at + PROCESS] = sources.process[row];
    whole[at + ROOT_HOP] = ~sources.rootHop[row];
    whole[at + AREA_INSTANCE] = sources.firstInstance[row] + si - sourceStart[row];
    whole[at + KEY] = key[si];
  }

  /** Superposition of the devices' Poisson processes: one stream of their summed rate, which then draws its device. */
  private drawPoisson(si: number): void {
    const { numbers } = this;
    const at = si * ROW;
    numbers[at + OP_S] += (this.streams.exponential(si) * numbers[at + PERIOD_S]) / numbers[at + DEVICES];
  }

  private advanceRing(si: number, row: number): void {
    const { whole } = this;
    const at = si * ROW;
    if (++whole[at + POSITION] === ringLength(this.program.plan, row)) {
      whole[at + POSITION] = 0;
      this.numbers[at + CYCLE]++;
    }
    this.readRing(si, row);
  }

  private readRing(si: number, row: number): void {
    const { numbers, whole } = this;
    const at = si * ROW;
    const window = this.program.plan.sources.window[row];
    const atS = this.rings.atS(si, row, numbers[at + CYCLE], whole[at + POSITION]);
    numbers[at + OP_S] = atS - this.beforeTodayS[window];
  }

  /** Maps the next message to the clock. O(intervals passed). */
  private place(si: number): number {
    const { numbers, whole } = this;
    const at = si * ROW;
    const opS = numbers[at + OP_S];
    const placed = opS < numbers[at + TO_OP_S] ? 1 : this.findInterval(si, opS);
    whole[at + PLACED] = placed;
    if (placed === 0) return NONE;
    const atS = numbers[at + FROM_S] + (opS - numbers[at + FROM_OP_S]);
    return this.message(si, atS, atS, this.nextDevice(si));
  }

  /**
   * Goes on to the interval of today in which `opS` is. @returns 1; 0: there is none. Until the first day ends there is nothing that it
   * does not do when the day begins: what happens only later would have the loop of events compiled twice.
   */
  private findInterval(si: number, opS: number): 0 | 1 {
    const { windows, sources, time } = this.program.plan;
    const { numbers, whole } = this;
    const at = si * ROW;
    const window = sources.window[this.program.sourceRow[si]];
    const end = windows.start[window * time.dayLengthS.length + this.dayKind + 1];
    let interval = whole[at + INTERVAL];
    let toOpS = Math.max(0, numbers[at + TO_OP_S]);
    do {
      if (++interval >= end) return 0;
      numbers[at + FROM_OP_S] = toOpS;
      toOpS += windows.toS[interval] - windows.fromS[interval];
    } while (opS >= toOpS);
    whole[at + INTERVAL] = interval;
    numbers[at + TO_OP_S] = toOpS;
    numbers[at + FROM_S] = this.dayStartS + windows.fromS[interval];
    return 1;
  }

  private placeBurst(si: number): number {
    const burst = this.bursts.get(si)!;
    const position = this.whole[si * ROW + POSITION];
    if (position === burst.atS.length) return NONE;
    return this.message(si, burst.atS[position], burst.originS[position], burst.device[position]);
  }

  private nextDevice(si: number): number {
    const { numbers, whole } = this;
    const at = si * ROW;
    const process = whole[at + PROCESS];
    if (process === Process.asked) return 0;
    if (process === Process.periodic) return this.rings.device(si, whole[at + POSITION]);
    return Math.floor(unitOf(combine(whole[at + KEY], whole[at + COUNT])) * numbers[at + DEVICES]);
  }

  private message(si: number, atS: number, originS: number, device: number): number {
    const { messages, whole } = this;
    const at = si * ROW;
    const m = messages.allocate();
    messages.floats[(m << FLOATS) | CREATED_S] = atS;
    messages.floats[(m << FLOATS) | ORIGIN_S] = originS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = atS;
    messages.uints[(m << INTS) | SOURCE_INSTANCE] = si;
    messages.uints[(m << INTS) | NUMBER] = whole[at + COUNT]++;
    messages.uints[(m << INTS) | INSTANCE] = whole[at + AREA_INSTANCE];
    messages.uints[(m << INTS) | DEVICE] = device;
    messages.ints[(m << INTS) | HOP] = whole[at + ROOT_HOP];
    messages.ints[(m << INTS) | CHANNEL] = whole[at + PROCESS] === Process.asked ? ROUND : UNSENT;
    messages.ints[(m << INTS) | PENDING] = NONE;
    messages.ints[(m << INTS) | ATTEMPT] = 0;
    messages.ints[(m << INTS) | STEPS] = 0;
    return m;
  }
}

function activeSeconds(plan: Plan, window: number, dayKind: number): number {
  const { start, fromS, toS } = plan.windows;
  const row = window * plan.time.dayLengthS.length + dayKind;
  let seconds = 0;
  for (let i = start[row]; i < start[row + 1]; i++) seconds += toS[i] - fromS[i];
  return seconds;
}
