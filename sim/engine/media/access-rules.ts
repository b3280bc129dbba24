import type { Air } from './air.js';
import type { Job } from './parcels.js';

/** What a radio does when it acts: sends after `sendAfterS`, acts again at `job.atS`, or gives the attempt up. */
export const Act = { send: 0, wait: 1, giveUp: 2 } as const;

/**
 * How radios get at a medium: what differs between ALOHA, CSMA and so on; see `Contention` for what does not. Times go in and out by
 * `job.atS`: as arguments and results V8 makes numbers on its heap of them wherever it does not take a rule in.
 */
export interface AccessRules {
  /** From the decision to send to the start of the frame. */
  readonly sendAfterS: number;
  /** From the end of a frame to the start of its acknowledgement. */
  readonly ackAfterS: number;
  /** How long after their ends frames matter to those who sense. */
  readonly memoryS: number;
  /** Times that a message is sent, the first at once, the others within `spreadS`. */
  readonly copies: number;
  readonly spreadS: number;
  /** An attempt of the job may begin at `job.atS`, which moves on to when the radio acts first. */
  begin(job: Job): void;
  /**
   * It is `job.atS`, which moves on to when to act again where the radio waits. Looks at the air after the begin of the attempt only.
   * @returns one of Act
   */
  act(job: Job, air: Air): number;
  /**
   * The least time from an act, before which a job has found the channel busy `busy` times, to the one that gives up the
   * last of `attemptsLeft` further attempts; Infinity where attempts are never given up. O(1).
   */
  giveUpAfterS(busy: number, attemptsLeft: number): number;
  /** A frame failed, as its sender knows at `job.atS`, or the server is back then; moves on to when the next attempt may begin. */
  again(job: Job): void;
}
