import type { Catalogue } from '../../payloads/types.js';
import { type FlowTable, type OutOfScope, PLAN_VERSION, type Plan, type SourceTable } from '../../sim/plan.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { runClock } from '../clock.js';
import { countOf } from '../evaluate.js';
import type { Deployment, Scenario } from '../types.js';
import { type AreaKind, Areas, CENTRE, DAP, SUBSTATION } from './areas.js';
import { Assumptions } from './assumptions.js';
import { causeTable } from './causes.js';
import type { CompileContext, RowFlow, TopologyView } from './context.js';
import { type FlowRow, Flows, noMembers, type SourceRow } from './flows.js';
import { deploymentLabels } from './labels.js';
import { Links } from './links.js';
import { outOfScopeReason } from './scope.js';
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
  const context = newContext(scenario, catalogue, profile, topology);
  noteScenario(context);
  const links = new Links({
    scenario: context.scenario,
    network: topology.network,
    siteOf: topology.siteOf,
    premisesPerDap: (network) => premisesPerDap(network, context),
    endpoints: (kind) => endpointsPerInstance(kind, context),
  });
  const trees = new Trees(links);
  const flows = new Flows(context, links, trees);

  const outOfScope: OutOfScope[] = [];
  const leaveOut = ({ row, flow }: RowFlow, reason: string) =>
    outOfScope.push({
      catalogueFlow: flow.id,
      useCase: row.useCase,
      section: row.section,
      payload: row.payload,
      reason,
    });

  const inPlay = catalogue.rows
    .flatMap((row) => row.flows.map((flow) => ({ row, flow })))
    .filter((item) => {
      const reason = outOfScopeReason(item, context);
      if (reason !== undefined) leaveOut(item, reason);
      return reason === undefined;
    });
  const membersOf = ({ flow }: RowFlow) =>
    Math.round(countOf(context.population(flow.howOften.population).count, context.scenario.deployment));

  for (const item of inPlay.filter(({ flow }) => flow.answers === undefined)) {
    const reason = flows.add(item, membersOf(item), false);
    if (reason !== undefined) leaveOut(item, reason);
  }
  addAnswers(inPlay, flows, membersOf, leaveOut);

  const clock = runClock(scenario.time);
  return {
    version: PLAN_VERSION,
    name: scenario.name,
    seed: scenario.seed,
    scenarioHash: scenario.hash,
    catalogueHash: catalogue.hash,
    profile: profile.code,
    load: scenario.load,
    replications: scenario.replications,
    labels: { scenarioFile: scenario.file, deployment: deploymentLabels(context.scenario.deployment) },
    time: {
      startLocal: scenario.time.startLocal,
      zone: scenario.time.zone,
      horizonS: scenario.time.durationS,
      binS: clock.binS,
      binLabel: clock.binLabel,
      binHour: clock.binHour,
      dayLengthS: clock.dayLengthS,
      dayKind: clock.dayKind,
      warmUpDays: scenario.time.warmUpDays,
    },
    areas: context.areas.table(),
    windows: context.windows.table(clock),
    servers: links.serverTable(),
    links: links.linkTable(),
    hops: trees.table(),
    populations: flows.populationTable(),
    sources: sourceTable(flows.sources),
    causes: causeTable(flows, context),
    flows: flowTable(flows.rows),
    outOfScope,
    assumptions: context.assumptions.list(),
  };
}

/** Answers follow their commands, in as many rounds as answers answer answers. */
function addAnswers(
  inPlay: readonly RowFlow[],
  flows: Flows,
  membersOf: (item: RowFlow) => number,
  leaveOut: (item: RowFlow, reason: string) => void,
): void {
  let waiting = inPlay.filter(({ flow }) => flow.answers !== undefined);
  while (waiting.length > 0) {
    const ready = waiting.filter(({ flow }) => flows.byCatalogueFlow.has(flow.answers!.to));
    if (ready.length === 0) break;
    for (const item of ready) {
      const reason = flows.add(item, membersOf(item), true);
      if (reason !== undefined) leaveOut(item, reason);
    }
    waiting = waiting.filter((item) => !ready.includes(item));
  }
  for (const item of waiting) {
    const nobody = membersOf(item) <= 0;
    leaveOut(
      item,
      nobody ? noMembers(item.flow) : `the command that it answers (${item.flow.answers!.to}) is not in play`,
    );
  }
}

function newContext(
  scenario: Scenario,
  catalogue: Catalogue,
  profile: DeploymentProfile,
  topology: TopologyView,
): CompileContext {
  const byName = <T extends { readonly name: string }>(kind: string, items: readonly T[]) => {
    const map = new Map(items.map((item) => [item.name, item]));
    return (name: string): T => {
      const found = map.get(name);
      if (found === undefined) throw new Error(`the catalogue has no ${kind} ${name}`);
      return found;
    };
  };
  const deployment = deploymentInPlay(scenario, profile);
  return {
    scenario: { ...scenario, deployment },
    catalogue,
    profile,
    topology,
    areas: new Areas(deployment),
    windows: new Windows(),
    assumptions: new Assumptions(),
    population: byName('population', catalogue.populations),
    event: byName('event', catalogue.events),
  };
}

/** Enrolments count only where the profile and the use cases have a place for them. */
function deploymentInPlay({ deployment, useCases }: Scenario, profile: DeploymentProfile): Deployment {
  const prepay = useCases.includes('prepay') ? deployment.programmes.prepay : 0;
  const rep = profile.ami?.rep ? deployment.rep : { count: 0, share: 0 };
  return { ...deployment, programmes: { ...deployment.programmes, prepay }, rep };
}

function noteScenario({ scenario, assumptions }: CompileContext): void {
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

function premisesPerDap(network: string, { scenario, areas }: CompileContext): number {
  const { deployment } = scenario;
  const premises = network === 'HAN' ? deployment.han.premises : deployment.meters.electric.total;
  return Math.max(0, ...areas.spread(premises, DAP));
}

function endpointsPerInstance(kind: AreaKind, { scenario, areas }: CompileContext): number {
  const { meters, feeder } = scenario.deployment;
  if (kind === CENTRE) return meters.electric.total + meters.gas.total + meters.water.total;
  const devices =
    kind === SUBSTATION
      ? feeder.capBanks +
        feeder.circuitBreakers +
        feeder.reclosers +
        feeder.regulators +
        feeder.sensors +
        feeder.sectionalizers +
        feeder.switches +
        feeder.storage +
        feeder.generation
      : meters.electric.total + meters.gas.total + meters.water.total;
  return devices / areas.instances[kind]!;
}

function sourceTable(rows: readonly SourceRow[]): SourceTable {
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
    sizeB: Float64Array.from(rows, (row) => row.sizeB),
    rootHop: Uint32Array.from(rows, (row) => row.rootHop),
    priority: Uint8Array.from(rows, (row) => row.priority),
    flowStart: startsOf(rows.map((row) => row.flows.length)),
    flowItem: Uint32Array.from(flowItems),
  };
}

function flowTable(rows: readonly FlowRow[]): FlowTable {
  return {
    name: rows.map((row) => row.name),
    catalogueFlow: rows.map((row) => row.item.flow.id),
    useCase: rows.map((row) => row.item.row.useCase),
    businessScenario: rows.map((row) => row.item.row.businessScenario),
    section: rows.map((row) => row.item.row.section),
    payload: rows.map((row) => row.item.row.payload),
    type: rows.map((row) => row.item.row.type),
    from: rows.map((row) => row.from),
    to: rows.map((row) => row.to),
    route: rows.map((row) => row.route),
    networks: rows.map((row) => row.networks),
    howOften: rows.map((row) => row.item.flow.howOften.text),
    population: rows.map((row) => row.item.flow.howOften.population),
    mode: rows.map((row) => row.item.flow.mode ?? ''),
    priority: Uint8Array.from(rows, (row) => row.priority),
    sizeB: Float64Array.from(rows, (row) => row.sizeB),
    budgetS: Float64Array.from(rows, (row) => row.requirement.budgetS),
    requiredReliability: Float64Array.from(rows, (row) => row.requirement.reliability),
    reliabilityWindowS: Float64Array.from(rows, (row) => row.requirement.windowS),
  };
}

/** CSR starts of rows with these lengths. */
function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return starts;
}
