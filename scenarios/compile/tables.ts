/** Columns of the plan from rows in the making. */

import { startsOf } from '../../base/row-starts.js';
import type { FlowTable, SourceTable, TierTable } from '../../sim/plan.js';
import { column } from './column.js';
import type { FlowRow } from './flows.js';
import type { SourceRow } from './sources.js';

export function sourceTable(rows: readonly SourceRow[]): SourceTable {
  const burstItems = rows.flatMap((row) => row.bursts);
  const flowItems = rows.flatMap((row) => row.flows);
  return {
    name: rows.map((row) => row.name),
    kind: column(Uint8Array, rows, (row) => row.kind),
    firstInstance: column(Uint32Array, rows, (row) => row.range.first),
    instanceCount: column(Uint32Array, rows, (row) => row.range.count),
    devices: column(Uint32Array, rows, (row) => row.range.devices),
    process: column(Uint8Array, rows, (row) => row.process),
    periodS: column(Float64Array, rows, (row) => row.periodS),
    window: column(Uint32Array, rows, (row) => row.window),
    phase: column(Uint8Array, rows, (row) => row.phase),
    spreadS: column(Float64Array, rows, (row) => row.spreadS),
    burstStart: startsOf(rows.length, (row) => rows[row]!.bursts.length),
    burstAtS: column(Float64Array, burstItems, (burst) => burst.atS),
    burstDevices: column(Uint32Array, burstItems, (burst) => burst.devices),
    burstFirst: column(Uint8Array, rows, (row) => (row.isLocal ? 1 : 0)),
    burstAfterS: column(Float64Array, rows, (row) => row.afterS),
    firstNode: column(Uint32Array, rows, (row) => row.firstNode),
    concurrency: column(Uint32Array, rows, (row) => row.concurrency),
    retryS: column(Float64Array, rows, (row) => row.retryS),
    retries: column(Uint32Array, rows, (row) => row.retries),
    sizeB: column(Float64Array, rows, (row) => row.sizeB),
    sizeLaw: new Uint8Array(rows.length), // fixed
    rootHop: column(Uint32Array, rows, (row) => row.rootHop),
    priority: column(Uint8Array, rows, (row) => row.priority),
    flowStart: startsOf(rows.length, (row) => rows[row]!.flows.length),
    flowItem: new Uint32Array(flowItems),
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
    priority: column(Uint8Array, rows, (row) => row.priority),
    sizeB: column(Float64Array, rows, (row) => row.sizeB),
    budgetS: column(Float64Array, rows, (row) => row.requirement.budgetS),
    requiredReliability: column(Float64Array, rows, (row) => row.requirement.reliability),
    deadlineS: column(Float64Array, rows, (row) => row.deadlineS),
  };
}

/** The windowed tiers of all flows. */
export function tierTable(rows: readonly FlowRow[]): TierTable {
  const tiers = rows.flatMap((row, flow) => row.requirement.tiers.map((tier) => ({ flow, ...tier })));
  return {
    flow: column(Uint32Array, tiers, (tier) => tier.flow),
    windowS: column(Float64Array, tiers, (tier) => tier.windowS),
    share: column(Float64Array, tiers, (tier) => tier.share),
    text: tiers.map((tier) => tier.text),
  };
}
