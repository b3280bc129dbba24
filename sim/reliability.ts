/** Share of messages delivered within their budget, and how sure it is. */
import { mean, meanHalfWidth } from './student-t.js';
import { type Interval, wilsonInterval } from './wilson.js';

/** Of one replication. */
export interface Outcomes {
  /** Delivered within the budget. */
  readonly inTime: number;
  /** Messages whose outcome is known: delivered, lost, or in flight past the budget. */
  readonly known: number;
}

export interface Reliability {
  /** Mean over the replications with outcomes; NaN without any. */
  readonly share: number;
  /** 95 % interval; NaN when one replication alone has outcomes and they differ. */
  readonly low: number;
  readonly high: number;
  readonly replications: number;
  /** Messages with a known outcome, of all replications, and those of them in time. */
  readonly messages: number;
  readonly inTime: number;
  /** What the mere number of messages shows, were they independent: Wilson's interval over the pooled messages. */
  readonly byNumber: Interval;
}

/**
 * The reliability's 95 % interval is Student's t over the shares of the replications, which knows that messages of one
 * replication are alike. Where every message of every replication fared the same it has no width: then `byNumber` tells
 * how much so few messages show. O(replications).
 */
export function reliability(outcomes: readonly Outcomes[]): Reliability {
  const known = outcomes.filter((one) => one.known > 0);
  const shares = known.map((one) => one.inTime / one.known);
  const share = shares.length === 0 ? NaN : mean(shares);
  const sum = (key: keyof Outcomes) => known.reduce((total, one) => total + one[key], 0);
  const [inTime, messages] = [sum('inTime'), sum('known')];
  const alike = inTime === messages || inTime === 0;
  const half = alike ? 0 : meanHalfWidth(shares);
  return {
    share,
    low: Math.max(0, share - half),
    high: Math.min(1, share + half),
    replications: shares.length,
    messages,
    inTime,
    byNumber: wilsonInterval(inTime, messages),
  };
}
