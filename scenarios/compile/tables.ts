/** Columns of the plan from rows in the making. */
import type { FlowTable, SourceTable, TierTable } from '../../sim/plan.js';
import type { FlowRow } from './flows.js';
import type { SourceRow } from './sources.js';

export function sourceTable(rows: readonly SourceRow[]): SourceTable {
  const burstItems = rows.flatMap((row) => row.bursts);
  const flowItems = rows.flatMap((row) => row.flows);
  return {
    name: rows.map((row) => row.name),
    kind: Uint8Array.from(rows, (row) => row.kind),
    firstInstance: Uint32Array.from(rows, (row) => row.range.first),
    instanceCount: Uint32Array.from(rows, (row) => row.range.count),
    devices: Uint32Array.from(rows, (row) => row.range.devices),
    process: Uint8Array.from(rows, (row) => row.process),
    periodS: Float64Array.from(rows, (row) => row.periodS),
    window: Uint32Array.from(rows, (row) => row.window),
    phase: Uint8Array.from(rows, (row) => row.phase),
    spreadS: Float64Array.from(rows, (row) => row.spreadS),
    burstStart: startsOf(rows.map((row) => row.bursts.length)),
    burstAtS: Float64Array.from(burstItems, (burst) => burst.atS),
    burstDevices: Uint32Array.from(burstItems, (burst) => burst.devices),
    burstFirst: Uint8Array.from(rows, (row) => (row.isLocal ? 1 : 0)),
    burstAfterS: Float64Array.from(rows, (row) => row.afterS),
    firstNode: Uint32Array.from(rows, (row) => row.firstNode),
    concurrency: Uint32Array.from(rows, (row) => row.concurrency),
    retryS: Float64Array.from(rows, (row) => row.retryS),
    retries: Uint32Array.from(rows, (row) => row.retries),
    sizeB: Float64Array.from(rows, (row) => row.sizeB),
    sizeLaw: new Uint8Array(rows.length), // fixed
    rootHop: Uint32Array.from(rows, (row) => row.rootHop),
    priority: Uint8Array.from(rows, (row) => row.priority),
    flowStart: startsOf(rows.map((row) => row.flows.length)),
    flowItem: Uint32Array.from(flowItems),
  };
}

export function flowTable(rows: readonly FlowRow[]): FlowTable {
  return {
    name: rows.map((row) => row.name),
    catalogueFlow: rows.map((row) => row.item.flow.id),
    useCase: rows.map((row) => row.item.row.useCase),
    businessScenario: rows.map((row) => row.item.row.businessScenario),
    section: rows.map((row) => row.item.row.section),
    payload: rows.map((row) => row.item.row.payload),
    type: rows.map((row) => row.item.row.type),
    from: rows.map((row) => row.way.from),
    to: rows.map((row) => row.way.to),
    route: rows.map((row) => row.way.route.expression),
    networks: rows.map((row) => [...new Set(row.way.route.hops.map((hop) => hop.network))].join(', ')),
    howOften: rows.map((row) => row.item.flow.howOften.text),
    population: rows.map((row) => row.item.flow.howOften.population),
    mode: rows.map((row) => row.item.flow.mode ?? ''),
    priority: Uint8Array.from(rows, (row) => row.priority),
    sizeB: Float64Array.from(rows, (row) => row.sizeB),
    budgetS: Float64Array.from(rows, (row) => row.requirement.budgetS),
    requiredReliability: Float64Array.from(rows, (row) => row.requirement.reliability),
    deadlineS: Float64Array.from(rows, (row) => row.deadlineS),
  };
}

/** The windowed tiers of all flows. */
export function tierTable(rows: readonly FlowRow[]): TierTable {
  const tiers = rows.flatMap((row, flow) => row.requirement.tiers.map((tier) => ({ flow, ...tier })));
  return {
    flow: Uint32Array.from(tiers, (tier) => tier.flow),
    windowS: Float64Array.from(tiers, (tier) => tier.windowS),
    share: Float64Array.from(tiers, (tier) => tier.share),
    text: tiers.map((tier) => tier.text),
  };
}

/** CSR starts of rows with these lengths. */
export function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return starts;
}
