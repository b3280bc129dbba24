/** What one replication leaves behind: plain columns, mergeable in area order, independent of how the work was split. */

/**
 * Latencies of one flow in logarithmic buckets taken from the float's own bits: a bucket is the top 12 + 7 bits of the
 * float64 (sign, exponent, seven bits of mantissa), so that bucket edges have a ratio of at most 1 + 2^-7 = 1.0079 and
 * bucketing needs no logarithm. `counts[i]` belongs to bucket `first + i`.
 */
export interface LatencyHistogram {
  readonly first: number;
  readonly counts: Float64Array;
}

export interface ReplicationStats {
  readonly replication: number;
  readonly warmUpDays: number;
  /** False when the daily cycle had not repeated after the longest warm-up: some link gains backlog day by day. */
  readonly settled: boolean;
  readonly counts: { readonly messages: number; readonly hops: number; readonly events: number; readonly ties: number };
  /** Columns over plan.flows. */
  readonly flows: {
    readonly sent: Float64Array;
    readonly delivered: Float64Array;
    /** Delivered after the budget; deliveries of the measured run only. */
    readonly lateDelivered: Float64Array;
    readonly lost: Float64Array;
    readonly inFlightStart: Float64Array;
    readonly inFlightEnd: Float64Array;
    /** Of those in flight at the end: already older than the budget. */
    readonly inFlightLate: Float64Array;
    readonly latencySumS: Float64Array;
    readonly latencyMaxS: Float64Array;
    readonly histogram: readonly LatencyHistogram[];
    /** Deliveries of messages that had been delivered before: late originals and their repetitions. Not in `delivered`. */
    readonly duplicates: Float64Array;
    /** Times that the application sent a message again. Not in `sent`. */
    readonly resent: Float64Array;
    /** Flows with a deadline after an event: deliveries after it, and seconds from the event to every delivery. */
    readonly deadlineMissed: Float64Array;
    readonly sinceEvent: readonly LatencyHistogram[];
  };
  /**
   * Columns over plan.tiers. A device counts in the window in which it starts a message, and is captured when one of those
   * is delivered within the length of a window.
   */
  readonly tiers: {
    /** Whole windows of the run. */
    readonly windows: Float64Array;
    /** Devices that started a message, summed over the windows; and those of them that were captured. */
    readonly devices: Float64Array;
    readonly captured: Float64Array;
    /** Share captured in the worst window; NaN when no device started anything in any. */
    readonly leastShare: Float64Array;
  };
  /** Columns over link instances: instance i of link l stands at linkStart[l] + i; premises of an instance are pooled. */
  readonly linkStart: Uint32Array;
  readonly links: {
    readonly messages: Float64Array; // offered in the measured run
    readonly bytes: Float64Array; // offered, with overhead
    readonly carriedB: Float64Array; // transmitted within the measured run
    readonly droppedMessages: Float64Array;
    readonly busiest10sB: Float64Array;
    readonly waitingIntegralBs: Float64Array; // integral of waiting bytes over time
    readonly waitingMaxB: Float64Array;
    /** Waiting or in transmission when the measured run began and ended, messages; counted by walking the queues. */
    readonly inSystemStart: Float64Array;
    readonly inSystemEnd: Float64Array;
    /** Media: attempts to send a frame, those after the first of a frame, those that met another frame. */
    readonly frames: Float64Array;
    readonly retries: Float64Array;
    readonly collisions: Float64Array;
    /** Messages given up on the medium: retries used up, or residual loss. Buffers' drops are `droppedMessages`. */
    readonly lostMessages: Float64Array;
    /** Time that the link had of its medium: frames of all attempts, gaps, acknowledgements, polls, turn-arounds. Pipes: transmissions. */
    readonly airtimeS: Float64Array;
    /** Polled media: time of polls that found nothing, on the first link up of each. */
    readonly idleS: Float64Array;
  };
  /** Offered bytes and messages per link instance and bin: (linkStart[l] + i) * bins + b. */
  readonly bins: { readonly bytes: Float64Array; readonly messages: Float64Array };
}
