/** A plan of one family of flows: as in the plan of all flows, but for who else is there. */
import { type AreaTable, type OutageTable, PLAN_VERSION, type Plan, type PlanTime } from '../../sim/plan.js';
import type { Route } from '../../topologies/types.js';
import type { RunClock } from '../clock.js';
import { addFlows } from '../compile/add-flows.js';
import { causeTable } from '../compile/causes.js';
import { linksOf } from '../compile/compile.js';
import type { CompileContext } from '../compile/context.js';
import { type FindLegs, Flows } from '../compile/flows.js';
import { Framings } from '../compile/framings.js';
import { Holds } from '../compile/holds.js';
import { flowTable, sourceTable, tierTable } from '../compile/tables.js';
import { Trees } from '../compile/trees.js';
import type { Family } from './families.js';

export interface FamilyPlan {
  readonly plan: Plan;
  /** Of each flow. */
  readonly routes: readonly Route[];
  readonly flowsInScope: number;
  readonly flowsOutOfScope: number;
  /** Of each link whether its field end is one station, and when in the compilation of all flows it would be made first. */
  readonly links: readonly { readonly isStation: boolean; readonly rank: number }[];
}

/** What the plans of all families have in common. */
export interface FamilyFrame {
  readonly clock: RunClock;
  readonly time: PlanTime;
  readonly areas: AreaTable;
  /** Place of each flow in the catalogue. */
  readonly placeOf: ReadonlyMap<string, number>;
  readonly findLegs: FindLegs;
}

/** Closed forms do not ask for outages. */
const NO_OUTAGES: OutageTable = {
  name: [],
  kind: new Uint8Array(0),
  firstInstance: new Uint32Array(0),
  instanceCount: new Uint32Array(0),
  server: new Int32Array(0),
  firstNode: new Uint32Array(0),
  nodes: new Uint32Array(0),
  fromS: new Float64Array(0),
  toS: new Float64Array(0),
};

/** Later rounds of answers come after all flows of the round before. */
const ROUND = 1e6;

/** @param context without forwarding and without persistent sessions: they know no families */
export function planOfFamily(family: Family, context: CompileContext, frame: FamilyFrame): FamilyPlan {
  const { scenario } = context;
  const links = linksOf(context);
  const framings = new Framings();
  const holds = new Holds(scenario, links, framings);
  const trees = new Trees(links, holds, framings);
  const flows = new Flows(context, links, trees, frame.findLegs);
  const ranks: number[] = [];
  const outOfScope = addFlows(flows, context, family.items, ({ flow }, round) => {
    while (ranks.length < links.rows.length) ranks.push(round * ROUND + frame.placeOf.get(flow.id)!);
  });
  const plan: Plan = {
    version: PLAN_VERSION,
    name: scenario.name,
    seed: scenario.seed,
    scenarioHash: '',
    catalogueHash: '',
    profile: '',
    load: scenario.load,
    replications: 0,
    labels: { scenarioFile: scenario.file, deployment: [] },
    time: frame.time,
    areas: frame.areas,
    windows: context.windows.table(frame.clock),
    servers: links.serverTable(),
    media: links.media.rows,
    links: links.linkTable(),
    framings: framings.table(),
    hops: trees.table(),
    holds: holds.table(flows.rows, context.assumptions),
    populations: flows.populations.table(),
    sources: sourceTable(flows.sources.rows),
    causes: causeTable(flows, context),
    flows: flowTable(flows.rows),
    tiers: tierTable([]),
    outages: NO_OUTAGES,
    outOfScope,
    assumptions: [],
  };
  return {
    plan,
    routes: flows.rows.map((row) => row.way.route),
    flowsInScope: new Set(plan.flows.catalogueFlow).size,
    flowsOutOfScope: outOfScope.length,
    links: links.rows.map(({ farEnd }, l) => ({ isStation: farEnd === 'station', rank: ranks[l]! })),
  };
}
