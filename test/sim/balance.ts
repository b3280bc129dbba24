import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';

/** Asserts that in flight at the start + sent = delivered + lost + in flight at the end, exactly, for every flow. */
export function assertBalance({ flows }: Plan, { flows: stats }: ReplicationStats): void {
  for (const [f, name] of flows.name.entries()) {
    const begun = stats.inFlightStart[f]! + stats.sent[f]!;
    assert.is(begun, stats.delivered[f]! + stats.lost[f]! + stats.inFlightEnd[f]!, name);
  }
}
