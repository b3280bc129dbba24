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
  };
  /** Offered bytes and messages per link instance and bin: (linkStart[l] + i) * bins + b. */
  readonly bins: { readonly bytes: Float64Array; readonly messages: Float64Array };
}
