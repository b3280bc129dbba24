/**
 * When V8 optimises a function, and how much it takes into it. Flags are of the process, so of all of its threads; what has
 * been compiled before stays as it is.
 */
import { setFlagsFromString } from 'node:v8';
import { workerData } from 'node:worker_threads';

/** Values of flags that are no numbers. */
const [OFF, ON] = [-1, -2] as const;

/**
 * What V8 starts with. Where another V8 has other values, nothing is lost but time. Only what may change while V8 compiles in the
 * background: `max-inlined-bytecode-size` may not. V8 asks twice whether a function is small enough for it, and ends the process
 * when the answers differ; seen at the end of a run, when reports loaded.
 */
const AS_STARTED = {
  'interrupt-budget': 67_584,
  'max-inlined-bytecode-size-cumulative': 920,
  'lazy-feedback-allocation': ON,
} as const;

type Flag = keyof typeof AS_STARTED;

const FLAGS = Object.keys(AS_STARTED) as Flag[];

/** Places in `shared`. */
const LOADS = 0; // under way
const ENGINES = 1; // at work, with much to do
const WANTED = 2; // of each flag: 0: as V8 has it

/** Of all threads of the program. */
const shared: Int32Array =
  workerData?.v8Flags instanceof Int32Array
    ? workerData.v8Flags
    : new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (WANTED + FLAGS.length)));

/** For `workerData` of threads. */
export const sharedFlags: { readonly v8Flags: Int32Array } = { v8Flags: shared };

function set(flag: Flag, value: number): void {
  Atomics.store(shared, WANTED + FLAGS.indexOf(flag), value);
  if (Atomics.load(shared, LOADS) === 0 || Atomics.load(shared, ENGINES) > 0) tellV8(flag, value);
}

/** Tells V8 what is wanted, also by who wants something else meanwhile. */
function tellWanted(): void {
  for (const [i, flag] of FLAGS.entries()) {
    for (let told = 0; told !== Atomics.load(shared, WANTED + i); tellV8(flag, told))
      told = Atomics.load(shared, WANTED + i);
  }
}

function tellV8(flag: Flag, value: number): void {
  setFlagsFromString(value === ON ? `--${flag}` : value === OFF ? `--no-${flag}` : `--${flag}=${value}`);
}

/**
 * Flags as V8 started with them until `endLoading`: for them hold the code that the build keeps and that which Node has of its own
 * modules; with others all of it is compiled again. Measured: the first thread begins in 30 ms of CPU in place of 60 ms.
 *
 * Not while an engine with much to do is at work (`engineBegins`).
 */
export function beginLoading(): void {
  if (Atomics.add(shared, LOADS, 1) > 0 || Atomics.load(shared, ENGINES) > 0) return;
  for (const [i, flag] of FLAGS.entries()) if (shared[WANTED + i] !== 0) tellV8(flag, AS_STARTED[flag]);
  if (Atomics.load(shared, ENGINES) > 0) tellWanted(); // one has begun meanwhile
}

/** Also in another thread than the one that began. */
export function endLoading(): void {
  if (Atomics.sub(shared, LOADS, 1) === 1) tellWanted();
}

/**
 * An engine with much to do begins its work. Flags are as wanted until `engineEnds`, whatever is loaded: what V8 compiles of the
 * engine stays as it is. Measured: of ten runs of ten AMI days one or two took 1.35 s in place of 0.87 s, since the thread of the reports
 * was loading when the loop was compiled.
 */
export function engineBegins(): void {
  Atomics.add(shared, ENGINES, 1);
  tellWanted();
}

export function engineEnds(): void {
  Atomics.sub(shared, ENGINES, 1);
}

/**
 * For a program: a function is optimised after 500,000 bytes of its bytecode in place of V8's 67,584. Most of what a command runs it runs
 * for a moment; and what is optimised later is known better by then, so that less has to be compiled again. Measured:
 * `run scenarios/first-look.yaml` took 0.5 s less time and 1.2 s less CPU of 7.7, `compare --profiles all` in closed form 0.25 s less
 * and 1 s of 6.8; a day of a city (31 million hops in one thread) took as long as before.
 */
export function optimiseLater(): void {
  optimiseAfter(500_000);
}

/** @param bytes of its bytecode that a function has run through */
function optimiseAfter(bytes: number): void {
  set('interrupt-budget', bytes);
}

/** Bytes of bytecode that functions taken into another may have together; V8 has 920 when nobody asks for more or less. */
function inlineUpTo(bytes: number): void {
  set('max-inlined-bytecode-size-cumulative', bytes);
}

/**
 * For an engine with much to do: its event loop is many small functions in files of their own. What is left out of the loop
 * costs a call each, and a number on the heap for each float that it returns. Measured: a day of distribution automation on
 * real media (14 million hops) took 7.7 s of CPU in place of 8.6 s with 3000; but to compile so much takes each thread 0.4 s. Larger
 * functions than V8 takes by itself (460 bytes) are not worth it: 5.6 s with them, 5.4 s without.
 * With 6000 the loop of an AMI day is always in one piece, also where parts of it have been compiled before: 2.3 s, not 2.65 s.
 */
export function inlineMore(): void {
  inlineUpTo(6000);
}

/**
 * For an engine with much to do: V8 takes note of what a function does from its first call on, not from about the eighth. What happens
 * seldom, the first window of a tier for one, is known then when the loop around it is compiled; else the loop is thrown away when
 * it happens again, and runs slowly until it is compiled anew. Measured: the first ten AMI days of a process took 0.27 s less CPU of 2.8 s.
 */
export function learnAtOnce(): void {
  set('lazy-feedback-allocation', OFF);
}

/**
 * For an engine with much to do in a program that optimises late: what it runs it runs for long. Measured: the ten AMI days took 1.09 s,
 * 1.13 s after 500,000 bytes and 1.11 s after 100,000.
 */
export function optimiseSooner(): void {
  optimiseAfter(200_000);
}

/**
 * For two seconds of much code of which each part runs for a moment only: the larger a function, the longer it takes to
 * compile. Measured: `compare --profiles all` in closed form took 4.6 to 5.0 s in place of 5.1 to 5.7 s, and 7.0 s with what
 * engines have. What is compiled in the background takes the core of a machine with few; later is too late in so short a
 * time. Measured on two cores: all profiles of a city in 2.05 s, 2.27 s as V8 has it, 2.12 s after 150,000 bytes and 2.23 s
 * after 500,000.
 */
export function optimiseLittle(): void {
  inlineUpTo(150);
  optimiseAfter(200_000);
}
