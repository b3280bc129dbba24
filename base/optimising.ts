/**
 * When V8 optimises a function, and how much it takes into it. Flags are of the process, so of all of its threads; what has
 * been compiled before stays as it is.
 */
import { setFlagsFromString } from 'node:v8';

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
  setFlagsFromString(`--interrupt-budget=${bytes}`);
}

/** Bytes of bytecode that functions taken into another may have together; V8 has 920 when nobody asks for more or less. */
function inlineUpTo(bytes: number): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${bytes}`);
}

/**
 * For an engine with much to do: its event loop is many small functions in files of their own. What is left out of the loop
 * costs a call each, and a number on the heap for each float that it returns. Measured: a day of distribution automation on
 * real media (14 million hops) took 7.7 s of CPU in place of 8.6 s with 3000; but to compile so much takes each thread 0.4 s.
 * With 6000 the loop of an AMI day is always in one piece, also where parts of it have been compiled before: 2.3 s, not 2.65 s.
 */
export function inlineMore(): void {
  inlineUpTo(6000);
  setFlagsFromString('--max-inlined-bytecode-size=920');
}

/**
 * For an engine with much to do: V8 takes note of what a function does from its first call on, not from about the eighth. What happens
 * seldom, the first window of a tier for one, is known then when the loop around it is compiled; else the loop is thrown away when
 * it happens again, and runs slowly until it is compiled anew. Measured: the first ten AMI days of a process took 0.27 s less CPU of 2.8 s.
 */
export function learnAtOnce(): void {
  setFlagsFromString('--no-lazy-feedback-allocation');
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
