/** Runs a plan once, event by event. */
import { engineBegins, engineEnds, inlineMore, learnAtOnce, optimiseSooner } from '../base/optimising.js';
import { binCount } from './bins.js';
import type { Cells, Partition } from './engine/cells.js';
import { Engine, type Window } from './engine/engine.js';
import type { StatisticsPart } from './engine/statistics.js';
import type { Team } from './engine/team.js';
import type { Trace } from './engine/trace.js';
import { type Plan, Process } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { SimjsEngine } from './simjs/engine.js';

export interface SimulateOptions {
  /** Called about a hundred times with the fraction that is done, ascending, 1 at last. */
  readonly onProgress?: (fractionDone: number) => void;
  /** Looked at between pieces of work of some milliseconds; the run throws `Interrupted` when it finds `aborted`. */
  readonly signal?: { readonly aborted: boolean };
  /** Which engine; both give the same plan the same messages. */
  readonly engine?: 'simulation' | 'simjs';
  /** Told of every delivery, those of the warm-up included: to compare engines message by message. */
  readonly trace?: Trace;
  /** `single` runs the network in one piece: the same results, for comparison. */
  readonly partition?: Partition;
  /** Replications like this one that the thread is going to simulate, about; 1 where nobody says. */
  readonly perThread?: number;
}

/** Thrown when `signal` was aborted; there are no partial statistics. */
export class Interrupted extends Error {
  constructor() {
    super('the simulation was interrupted');
    this.name = 'Interrupted';
  }
}

/** Days of warm-up at most, when they are not given. */
const LONGEST_WARM_UP_DAYS = 7;
/** A server gains backlog in a day when its unfinished work grows by more than this share of a day and of itself. */
const SETTLED_SHARE_OF_DAY = 0.001;
const SETTLED_SHARE = 0.01;

/**
 * From so many messages of its own in a thread (some eight million over links) on it pays to take more into the engine's
 * functions. Measured: first-look.yaml, with 0.9 million in a thread, took 0.35 s less with what V8 takes by itself;
 * city-highload.yaml, with 5 million, 1.5 s less of 18 s with more.
 */
const MESSAGES_FOR_INLINING = 2e6;

/** Progress is told this often. */
const PIECES = 100;
/**
 * Messages sent in a window, about, where cells hand each other messages: they are kept until the window ends, 56 bytes
 * each. The speed hardly depends on it: between 10,000 and a million it moved by a tenth.
 */
const MESSAGES_PER_WINDOW = 100_000;

/**
 * Simulates warm-up and measured run of replication `replication` of `plan`. The result depends on the plan and the
 * replication's number only. Every server starts empty and idle, `time.warmUpDays` days before second 0.
 *
 * Warm-up until the day repeats (-1): at the end of each warm-up day the unfinished work of every server instance,
 * in seconds of transmission, is compared with the day before. The day has repeated when no server gained more than 0.1%
 * of a day or 1% of what it had, whichever is more, or gained so much on one day only: an image of minutes that happens
 * to be under way at midnight is no trend, while a load of 1.001 gains more than that every day. `settled` is false when
 * seven days did not suffice: some link gains backlog day by day.
 * @throws Interrupted
 * @throws Error when the plan contradicts itself
 */
export function simulateReplication(plan: Plan, replication: number, options: SimulateOptions = {}): ReplicationStats {
  const engine = engineFor(plan, replication, options);
  engine.trace = options.trace;
  const run: RunWindows = (windows, afterCell) => {
    for (const [nth, { untilS, bin }] of windows.entries()) {
      engine.run(untilS, bin, (cellsDone) => afterCell(nth + cellsDone / engine.pieces));
    }
  };
  const { warmUpDays, settled } = optimised(plan, options.perThread ?? 1, () => runDays(engine, run, plan, options));
  return engine.endMeasurement(replication, warmUpDays, settled);
}

/** What a worker of a team leaves behind. */
export interface ReplicationPart extends WarmUp {
  readonly statistics: StatisticsPart;
}

/**
 * Simulates the part of a replication that falls to one worker of `team`, all of which call this.
 * @param cells how the plan is cut: the same for all
 * @param onTierWindow told of every window of tiers that is over, with what this worker has of it
 */
export function simulatePart(
  plan: Plan,
  cells: Cells,
  replication: number,
  team: Team,
  onTierWindow: Engine['onTierWindow'],
  options: Pick<SimulateOptions, 'onProgress'>,
): ReplicationPart {
  const engine = new Engine(plan, replication, cells, team);
  engine.onTierWindow = onTierWindow;
  const run: RunWindows = (windows, afterCell) => engine.runTogether(windows, afterCell);
  const warmUp = optimised(plan, 1 / team.size, () => runDays(engine, run, plan, options));
  return { ...warmUp, statistics: engine.endPart() };
}

/**
 * Work of an engine that has been made, which V8 is told of where it is much: what makes an engine runs for a moment. Measured: 0.3 s less
 * of the 12.9 s of four hours of metropolis.yaml with two workers.
 */
function optimised<T>(plan: Plan, perThread: number, work: () => T): T {
  const perS = messagesPerS(plan, [Process.poisson, Process.periodic, Process.asked]);
  if (perS * plan.time.horizonS * perThread < MESSAGES_FOR_INLINING) return work();
  engineBegins();
  inlineMore();
  learnAtOnce();
  optimiseSooner();
  try {
    return work();
  } finally {
    engineEnds();
  }
}

interface WarmUp {
  readonly warmUpDays: number;
  readonly settled: boolean;
}

/** Runs windows that follow each other; `afterCell` is called with the number of windows done, a part of one included. */
type RunWindows = (windows: readonly Window[], afterCell: (windowsDone: number) => void) => void;

function runDays(engine: Driven, run: RunWindows, plan: Plan, options: SimulateOptions): WarmUp {
  const { dayLengthS, dayKind, horizonS, warmUpDays } = plan.time;
  const firstKind = dayKind[0];
  const firstDayS = dayLengthS[firstKind];
  const pace = new Pace(engine.pieces, run, plan, options);

  let nowS = 0;
  let days = 0;
  let settled = warmUpDays >= 0;
  let work = engine.unfinishedWorkS(nowS);
  let gained = work.map(() => 1);
  while (warmUpDays < 0 ? !settled && days < LONGEST_WARM_UP_DAYS : days < warmUpDays) {
    engine.startDay(firstKind, nowS, true);
    pace.expect((warmUpDays < 0 ? days + 1 : warmUpDays) * firstDayS + horizonS);
    pace.run(nowS, firstDayS, Number.POSITIVE_INFINITY, 0);
    nowS += firstDayS;
    days++;
    const workNow = engine.unfinishedWorkS(nowS);
    const gainedNow = work.map((before, i) => (hasGained(before, workNow[i], firstDayS) ? 1 : 0));
    if (warmUpDays < 0) settled = gainedNow.every((gain, i) => gain === 0 || (days > 1 && gained[i] === 0));
    gained = gainedNow;
    work = workNow;
  }

  const startS = nowS;
  engine.beginMeasurement(startS, horizonS);
  pace.expect(startS + horizonS);
  for (let day = 0; day < dayKind.length && nowS < startS + horizonS; day++) {
    engine.startDay(dayKind[day], nowS, day === 0);
    const lengthS = Math.min(dayLengthS[dayKind[day]], startS + horizonS - nowS);
    pace.run(nowS, lengthS, plan.time.binS, nowS - startS);
    nowS += lengthS;
  }
  pace.done();
  return { warmUpDays: days, settled };
}

/** What drives an engine through its days. */
type Driven = Pick<Engine, 'startDay' | 'unfinishedWorkS' | 'beginMeasurement'> & {
  readonly pieces: number;
};

function engineFor(plan: Plan, replication: number, options: SimulateOptions): Engine | SimjsEngine {
  if (options.engine === 'simjs') return new SimjsEngine(plan, replication);
  return new Engine(plan, replication, options.partition ?? 'cells');
}

function hasGained(beforeS: number, nowS: number, dayS: number): boolean {
  return nowS - beforeS > Math.max(SETTLED_SHARE_OF_DAY * dayS, SETTLED_SHARE * beforeS);
}

/** Cuts days into windows that an engine runs at once, and tells how far it is. */
class Pace {
  private readonly runWindows: RunWindows;
  private readonly options: SimulateOptions;
  private readonly windowS: number;
  private totalS = 1;
  private told = 0; // pieces

  constructor(pieces: number, run: RunWindows, plan: Plan, options: SimulateOptions) {
    this.runWindows = run;
    this.options = options;
    const { time } = plan;
    const forProgress = (2 * PIECES) / (binCount(time) * pieces);
    // Masters and their devices are in one cell.
    const forMemory =
      pieces > 1 ? (messagesPerS(plan, [Process.poisson, Process.periodic]) * time.binS) / MESSAGES_PER_WINDOW : 0;
    this.windowS = time.binS / Math.max(1, Math.ceil(Math.max(forProgress, forMemory)));
  }

  /** @param totalS length of the whole run, as far as it is known */
  expect(totalS: number): void {
    this.totalS = totalS;
  }

  /** Runs [fromS, fromS + lengthS); bins are counted from `runS`, the second of the measured run at which it begins. */
  run(fromS: number, lengthS: number, binS: number, runS: number): void {
    const windows: Window[] = [];
    for (let atS = 0; atS < lengthS; ) {
      let bin = Math.floor((runS + atS) / binS);
      if ((bin + 1) * binS <= runS + atS) bin++; // the quotient was rounded down
      atS = Math.min(lengthS, atS + this.windowS, (bin + 1) * binS - runS);
      windows.push({ untilS: fromS + atS, bin });
    }
    this.runWindows(windows, (windowsDone) => {
      if (this.options.signal?.aborted) throw new Interrupted();
      this.tell((fromS + (lengthS * windowsDone) / windows.length) / this.totalS);
    });
  }

  done(): void {
    this.options.onProgress?.(1);
  }

  private tell(fraction: number): void {
    const piece = Math.floor(fraction * PIECES);
    if (piece <= this.told || piece >= PIECES) return;
    this.told = piece;
    this.options.onProgress?.(fraction);
  }
}

/** What such sources start while their windows are open. */
function messagesPerS({ sources }: Plan, processes: readonly number[]): number {
  let perS = 0;
  for (let row = 0; row < sources.name.length; row++) {
    if (!processes.includes(sources.process[row])) continue;
    perS += (sources.devices[row] * sources.instanceCount[row]) / sources.periodS[row];
  }
  return perS;
}
