import { InputError } from '../../base/diagnostics.js';
import { DEFAULT_CATALOGUE } from '../../payloads/catalogue.js';
import type { Catalogue } from '../../payloads/types.js';
import { PLAN_VERSION, type Plan, type PlanTime } from '../../sim/plan.js';
import type { DeploymentProfile, Route } from '../../topologies/types.js';
import { BadValue } from '../bad-value.js';
import { type RunClock, runClock } from '../clock.js';
import { countOf } from '../evaluate.js';
import type { Scenario } from '../types.js';
import { addFlows } from './add-flows.js';
import { leadingToAreas } from './area-chains.js';
import { Areas, DAP, SUBSTATION } from './areas.js';
import { Assumptions } from './assumptions.js';
import { noteBuffers } from './buffers.js';
import { causeTable } from './causes.js';
import type { CompileContext, RowFlow, TopologyView } from './context.js';
import { allMeters, deploymentInPlay, feederDevices } from './deployment-in-play.js';
import { Flows } from './flows.js';
import { Framings } from './framings.js';
import { Holds } from './holds.js';
import { chainLabels, deploymentLabels } from './labels.js';
import { Links } from './links.js';
import { networkLabel } from './network-label.js';
import { Nodes, type NodesContext } from './nodes.js';
import { outageTable } from './outages.js';
import { membersOf, premisesOf } from './premises.js';
import { PRIORITY_CLASSES } from './priority.js';
import { checkRules } from './rules.js';
import { sessionPlaces, sessionSources } from './sessions.js';
import { flowTable, sourceTable, tierTable } from './tables.js';
import { noteTechnologies } from './technology-notes.js';
import { noteTransfers } from './transfers.js';
import { Trees } from './trees.js';
import { Windows } from './windows.js';

/**
 * Scenario -> plan, in six phases:
 *
 *   catalogue rows ──(1) scope──> flows in play ──(2) populations──> devices ──(3) legs and routes──> links, hops
 *                                                  └──(4) rates and sizes──> sources ──(5) answers──> causes ──(6)──> plan
 *
 * @param scenario loaded and resolved, see ../load.ts
 * @returns plain arrays; equal inputs give equal plans. O(flows in play x areas).
 */
export function compilePlan(
  scenario: Scenario,
  catalogue: Catalogue,
  profile: DeploymentProfile,
  topology: TopologyView,
): Plan {
  return compileWithRoutes(scenario, catalogue, profile, topology).plan;
}

/** A plan, and the route of each of its flows: what may fail on its way, see components.ts. */
export interface PlanWithRoutes {
  readonly plan: Plan;
  readonly routes: readonly Route[];
}

/** `compilePlan` with what it knows of routes. */
export function compileWithRoutes(
  scenario: Scenario,
  catalogue: Catalogue,
  profile: DeploymentProfile,
  topology: TopologyView,
): PlanWithRoutes {
  const context = newContext(scenario, catalogue, profile, topology);
  noteScenario(context);
  const links = linksOf(context);
  const framings = new Framings();
  const holds = new Holds(scenario, links, framings);
  const trees = new Trees(links, holds, framings);
  const flows = new Flows(context, links, trees);
  const outOfScope = addFlows(flows, context, itemsOf(catalogue));
  checkRules(flows.all(), context);

  if (links.rows.some(({ settings }) => settings.discipline !== 'fifo')) {
    context.assumptions.add({ kind: 'default', key: 'priority classes', ...PRIORITY_CLASSES });
  }
  const endpoints = endpointsOfAreas(context);
  const places = sessionPlaces(links);
  const outages = outageTable(links, context);
  const sessions = sessionSources(places, outages, { links, trees, framings, endpoints }, context);
  noteTechnologies(links, framings, endpoints, context);

  const clock = runClock(scenario.time);
  const chains = chainLabels(catalogue, (flow) => flows.compiled(flow) !== undefined);
  const plan: Omit<Plan, 'assumptions'> = {
    version: PLAN_VERSION,
    name: scenario.name,
    seed: scenario.seed,
    scenarioHash: scenario.hash,
    catalogueHash: catalogue.hash,
    profile: profile.code,
    load: scenario.load,
    replications: scenario.replications,
    labels: {
      scenarioFile: scenario.file,
      deployment: deploymentLabels(context),
      chains,
      network: networkLabel(links, context),
      systems: catalogue.systems.map(({ id, useCases }) => ({ name: id, useCases })),
    },
    time: planTime(scenario, clock),
    areas: context.areas.table(endpoints),
    windows: context.windows.table(clock),
    servers: links.serverTable(),
    media: links.media.rows,
    links: links.linkTable(),
    framings: framings.table(),
    hops: trees.table(),
    holds: holds.table(flows.rows, context.assumptions),
    populations: flows.populations.table(),
    sources: sourceTable([...flows.sources.rows, ...sessions]),
    causes: causeTable(flows, context),
    flows: flowTable(flows.rows),
    tiers: tierTable(flows.rows),
    outages,
    outOfScope,
  };
  noteBuffers(plan, context.assumptions);
  noteTransfers(plan, context.assumptions);
  return { plan: { ...plan, assumptions: context.assumptions.list() }, routes: flows.rows.map((row) => row.way.route) };
}

export function planTime({ time }: Pick<Scenario, 'time'>, clock: RunClock): PlanTime {
  return {
    startLocal: time.startLocal,
    zone: time.zone,
    horizonS: time.durationS,
    binS: clock.binS,
    binLabel: clock.binLabel,
    binHour: clock.binHour,
    dayLengthS: clock.dayLengthS,
    dayKind: clock.dayKind,
    warmUpDays: time.warmUpDays,
  };
}

/** The links of a plan in the making. */
export function linksOf(context: CompileContext): Links {
  const { scenario, topology } = context;
  return new Links({
    scenario,
    network: topology.network,
    siteOf: topology.siteOf,
    premises: (network) => premisesOf(network, context),
    members: (hop, kind) => membersOf(hop, kind, context),
  });
}

/** Flows of a catalogue with their rows. */
export function itemsOf({ rows }: Catalogue): RowFlow[] {
  return rows.flatMap((row) => row.flows.map((flow) => ({ row, flow })));
}

/** What the compilation of a scenario under a profile reads. */
function newContext(
  scenario: Scenario,
  catalogue: Catalogue,
  profile: DeploymentProfile,
  topology: TopologyView,
): CompileContext {
  const deployment = deploymentInPlay(scenario, profile, topology);
  const counts = new Map<string, number>();
  const population = byName('population', catalogue.populations);
  return {
    scenario,
    catalogue,
    profile,
    topology,
    deployment,
    count: (expression) => {
      const known = counts.get(expression) ?? countIn(expression, deployment, scenario);
      counts.set(expression, known);
      return known;
    },
    areas: new Areas(scenario.deployment),
    windows: new Windows(),
    assumptions: new Assumptions(),
    population,
    event: byName('event', catalogue.events),
    leadingToAreas: leadingToAreas(catalogue, population, topology.siteOf),
  };
}

/** Finds things of a catalogue. @throws Error for a name that the catalogue does not have: a fault of its loader */
export function byName<T extends { readonly name: string }>(kind: string, items: readonly T[]): (name: string) => T {
  const map = new Map(items.map((item) => [item.name, item]));
  return (name) => {
    const found = map.get(name);
    if (found === undefined) throw new Error(`the catalogue has no ${kind} ${name}`);
    return found;
  };
}

/** @throws InputError where the deployment in play gives the expression of a catalogue no count */
function countIn(expression: string, deployment: Scenario['deployment'], { file }: Scenario): number {
  try {
    return countOf(expression, deployment);
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new InputError([{ file, path: 'deployment', ...error.problem }]);
  }
}

function noteScenario({ scenario, catalogue, assumptions }: CompileContext): void {
  for (const entry of scenario.set) {
    assumptions.add({ kind: 'choice', ...entry, reason: 'set in the place of what the scenario file says' });
  }
  if (scenario.catalogues.some((name) => name !== DEFAULT_CATALOGUE)) {
    const { id, system, source } = catalogue;
    assumptions.add({ kind: 'choice', key: 'catalogues', value: id, reason: system, source });
  }
  for (const entry of scenario.defaults) assumptions.add({ kind: 'default', ...entry });
  for (const { useCase, by } of scenario.pulledIn) {
    assumptions.add({
      kind: 'choice',
      key: 'useCases',
      value: useCase,
      reason: `prerequisite of ${by}`,
      source: 'section 4.20.2',
    });
  }
}

/** Meters and feeder devices of every instance of every kind of area: those with numbers of their own, see nodes.ts. */
export function endpointsOfAreas(context: NodesContext): Float64Array[] {
  const nodes = new Nodes(context);
  const meters = context.profile.ami === undefined ? 0 : allMeters(context.deployment);
  const all = Float64Array.of(meters + feederDevices(context.deployment));
  return [all, Float64Array.from(nodes.countsIn(DAP)), Float64Array.from(nodes.countsIn(SUBSTATION))];
}
