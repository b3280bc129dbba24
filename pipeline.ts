/**
 * The journey of a scenario, one function per arrow:
 *
 *   file --loadScenario--> Scenario --compile--> Plan --simulate--> Results --(reports/)--> folder
 *
 * Everything here is also exported by the package (index.ts).
 */

import { InputError } from './base/diagnostics.js';
import { version } from './base/version.js';
import type { Catalogue } from './payloads/types.js';
import { onFallback, technologyAvailability } from './scenarios/availability.js';
import { openCatalogues, type World } from './scenarios/catalogues.js';
import { compileWithRoutes, type PlanWithRoutes } from './scenarios/compile/compile.js';
import { loadScenario as loadScenarioFile, type ScenarioContext, type ScenarioSource } from './scenarios/load.js';
import { openTopology } from './scenarios/topology-view.js';
import type { Backhaul, Scenario } from './scenarios/types.js';
import { closedFormLatency } from './sim/closed-form.js';
import { networkResult } from './sim/network-result.js';
import type { Assumption, Plan } from './sim/plan.js';
import type { Precision } from './sim/precision.js';
import type { ReplicationStats } from './sim/replication.js';
import { simulateReplications } from './sim/replications.js';
import { type EngineName, RESULTS_VERSION, type Results } from './sim/results.js';
import { beyondSimjs } from './sim/simjs/expressible.js';
import { summarise } from './sim/summary.js';
import { volumetrics } from './sim/volumetrics.js';
import { anythingFails, availabilityRows, type State } from './studies/availability.js';
import { addressOf } from './studies/runner/address.js';
import { type Outcome, runJobs, StudyInterrupted } from './studies/runner/runner.js';
import { MemoryStore, type ReplicationStore } from './studies/runner/store.js';
import { allProfiles, decodeProfile, type ReferenceModel, referenceModel } from './topologies/index.js';

/** The names that a scenario may use: from the catalogues in play and the reference architecture. */
export function scenarioContext(
  catalogue: Catalogue = openCatalogues().catalogue,
  model: ReferenceModel = referenceModel(),
  catalogues: readonly Catalogue[] = [catalogue],
): ScenarioContext {
  const choices = new Map<string, Set<string>>();
  for (const row of catalogue.rows) {
    for (const { choice } of row.flows) {
      if (choice === undefined) continue;
      choices.set(choice.of, (choices.get(choice.of) ?? new Set()).add(choice.is));
    }
  }
  return {
    profileCodes: allProfiles().map((profile) => profile.code),
    needProfile: catalogues.filter(({ needsProfile }) => needsProfile).map(({ id }) => id),
    useCases: catalogue.useCases,
    payloadNames: [...new Set(catalogue.rows.map((row) => row.payload))],
    flowIds: catalogue.rows.flatMap((row) => row.flows.map((flow) => flow.id)),
    actorNames: model.actors.map((actor) => actor.name),
    networkNames: model.networks.map((network) => network.name),
    dataFlowRefs: model.dataFlows.map((flow) => flow.ref),
    dataFlowNetworks: Object.fromEntries(model.dataFlows.map((flow) => [flow.ref, flow.network])),
    eventNames: catalogue.events,
    missing: catalogue.missing,
    counts: catalogue.counts,
    choices: Object.fromEntries([...choices].map(([name, values]) => [name, [...values]])),
  };
}

/**
 * Reads and checks a scenario.
 * @param source a file name, `-` for standard input, or a text with the name to use in messages
 * @throws InputError with every problem of the file; AccessError when it cannot be read
 */
export function loadScenario(source: ScenarioSource): Scenario {
  return loadScenarioFile(source, contextOf);
}

const contexts = new WeakMap<World, ScenarioContext>();

/** The names that a scenario with these catalogues may use; kept, since studies ask for every variant. */
export function contextOf(refs: Scenario['catalogues']): ScenarioContext {
  const world = openCatalogues(refs);
  const context = contexts.get(world) ?? scenarioContext(world.catalogue, world.model, world.catalogues);
  contexts.set(world, context);
  return context;
}

/** Compiles a scenario to a plan: plain arrays, see sim/plan.ts. */
export function compile(scenario: Scenario): Plan {
  return compileState(scenario).plan;
}

/**
 * Runs a scenario: its plan, and where something may fail the plan of the fallback routes as well, so that the share in
 * time over all states stands in `Results.availability`.
 * @param compiled the scenario's, where it is compiled already
 * @returns undefined when `signal` aborts before the first replication is finished
 */
export async function simulateScenario(
  scenario: Scenario,
  options: SimulateOptions = {},
  compiled: PlanWithRoutes = compileState(scenario),
): Promise<Results | undefined> {
  const results = await simulate(compiled.plan, options);
  if (results === undefined || !anythingFails(scenario)) return results;
  const down = Object.keys(scenario.fallback) as Backhaul[];
  let fallback: State | undefined;
  if (down.length > 0 && results.run.exit === 'done') {
    const state = compileState(onFallback(scenario, down));
    const flows = (await simulate(state.plan, options))?.flows;
    if (flows !== undefined) fallback = { ...state, flows };
  }
  const state = { ...compiled, flows: results.flows };
  return { ...results, availability: availabilityRows(scenario, state, fallback, technologyAvailability(scenario)) };
}

/** `compile`, with the route of each flow: what may fail on its way. */
export function compileState(scenario: Scenario): PlanWithRoutes {
  const profile = decodeProfile(scenario.profile);
  const { catalogue, model } = openCatalogues(scenario.catalogues);
  return compileWithRoutes(scenario, catalogue, profile, openTopology(profile, model));
}

export interface SimulateOptions {
  readonly engine?: EngineName;
  /** Default: the scenario's. */
  readonly replications?: number;
  /** Only these replications, by their numbers from 1 on. */
  readonly numbers?: readonly number[];
  /** As many replications as give the precision, from `least` to `most`. */
  readonly until?: { readonly precision: Precision; readonly least: number; readonly most: number };
  /** Where finished replications are kept; those that it has are not run again. */
  readonly store?: ReplicationStore;
  readonly workers?: number;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Called when a core has no replication left to do, where their number is known before: see `ReplicationOptions`. */
  readonly onCoreFree?: () => void;
}

/**
 * Runs a plan: closed form always, simulation unless `engine` is `closed-form`.
 * When `signal` aborts, the replications that are finished by then make the results, marked `interrupted`; with none
 * finished the result is undefined.
 * @throws InputError when the engine is simjs and the plan is beyond it
 */
export async function simulate(plan: Plan, options: SimulateOptions = {}): Promise<Results | undefined> {
  const startedAt = new Date();
  const engine = options.engine ?? 'simulation';
  if (engine === 'simjs') refuseBeyondSimjs(plan);
  const simulating = runReplications(plan, engine, options);
  // While others simulate. A fault in here does not wait for them.
  simulating.catch(() => {});
  const volumes = volumetrics(plan);
  const latencies = closedFormLatency(plan, volumes);
  const { replications, precision, isWhole, simulationS } = await simulating;
  if (engine !== 'closed-form' && replications.length === 0) return undefined;
  const rows = summarise(plan, replications, volumes, latencies, engine);
  const total = (key: 'messages' | 'hops' | 'events' | 'ties') =>
    replications.reduce((sum, replication) => sum + replication.counts[key], 0);
  const network = networkResult(plan);
  return {
    ...rows,
    availability: [],
    assumptions: [...plan.assumptions, ...howMany(options, precision)],
    outOfScope: plan.outOfScope,
    deployment: plan.labels.deployment,
    ...(network === undefined ? {} : { network }),
    run: {
      resultsVersion: RESULTS_VERSION,
      fanplan: version(),
      node: process.version,
      scenario: plan.name,
      scenarioFile: plan.labels.scenarioFile,
      scenarioHash: plan.scenarioHash,
      catalogueHash: plan.catalogueHash,
      profile: plan.profile,
      load: plan.load,
      seed: plan.seed,
      engine,
      replications: replications.length,
      startLocal: plan.time.startLocal,
      zone: plan.time.zone,
      horizonS: plan.time.horizonS,
      warmUpDays: replications.map((replication) => replication.warmUpDays),
      exit: isWhole ? 'done' : 'interrupted',
      counts: {
        flows: plan.flows.name.length,
        links: rows.links.length,
        messages: total('messages'),
        hops: total('hops'),
        events: total('events'),
        ties: total('ties'),
      },
      timing: {
        startedAt: startedAt.toISOString(),
        wallS: (Date.now() - startedAt.getTime()) / 1000,
        simulationS,
      },
    },
  };
}

interface Replicated {
  readonly replications: readonly ReplicationStats[];
  readonly precision?: Outcome;
  /** All that was asked for. */
  readonly isWhole: boolean;
}

/** The replications that are asked for, none in closed form, and how long they took. */
async function runReplications(
  plan: Plan,
  engine: EngineName,
  options: SimulateOptions,
): Promise<Replicated & { readonly simulationS: number }> {
  const start = performance.now();
  const timed = (outcome: Replicated) => ({ ...outcome, simulationS: (performance.now() - start) / 1000 });
  if (engine === 'closed-form') {
    options.onCoreFree?.();
    return timed({ replications: [], isWhole: true });
  }
  const numbers = options.numbers ?? upTo(options.replications ?? plan.replications);
  if (options.until !== undefined || options.store !== undefined) {
    return timed(await keptReplications(plan, numbers, engine, options));
  }
  const replications = await simulateReplications(plan, numbers, { ...options, engine });
  return timed({ replications, isWhole: replications.length === numbers.length });
}

/** Replications by precision, or with a store. When `signal` aborts: the first ones without a gap. */
async function keptReplications(
  plan: Plan,
  numbers: readonly number[],
  engine: 'simulation' | 'simjs',
  options: SimulateOptions,
): Promise<Replicated> {
  const { until, store = new MemoryStore(), workers, onProgress, signal } = options;
  const wanted = until === undefined ? { numbers } : { until: until.precision, least: until.least, most: until.most };
  const reduce = (_: Plan, stats: readonly ReplicationStats[], outcome: Outcome) => ({ stats, outcome });
  const settings = {
    store,
    engine,
    ...(workers === undefined ? {} : { workers }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    const [done] = await runJobs([{ name: plan.name, plan: () => plan, wanted, reduce }], settings);
    return { replications: [...done!.stats], precision: done!.outcome, isWhole: true };
  } catch (error) {
    if (!(error instanceof StudyInterrupted)) throw error;
    const address = addressOf(plan, engine);
    const asked = until === undefined ? numbers : upTo(until.most);
    const kept = asked.map((number) => store.get(address, number));
    const gap = kept.indexOf(undefined);
    const first = until === undefined ? kept : kept.slice(0, gap < 0 ? kept.length : gap);
    return { replications: first.filter((stats) => stats !== undefined), isWhole: false };
  }
}

/** What is to be said of the number of replications beyond the number. */
function howMany({ numbers, until }: SimulateOptions, outcome: Outcome | undefined): Assumption[] {
  const base = { kind: 'choice', key: 'replications', unit: '', source: 'assumption' } as const;
  if (numbers !== undefined) {
    return [{ ...base, value: `only number ${numbers.join(', ')}`, reason: 'asked for on the command line' }];
  }
  if (until === undefined || outcome === undefined) return [];
  const { precision, least, most } = until;
  const { replications, reached, widest = Number.NaN, flow } = outcome;
  const width = flow === undefined ? '' : `; the widest is ${Number((100 * widest).toPrecision(3))} % (${flow})`;
  const text = reached
    ? `the first number from ${least} on that reached ${precision.text}${width}. Intervals that decide when to stop cover a little less than they say`
    : `the limit: ${precision.text} was not reached with ${most}${width}`;
  return [{ ...base, value: String(replications), reason: text }];
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function refuseBeyondSimjs(plan: Plan): void {
  const reasons = beyondSimjs(plan);
  if (reasons.length === 0) return;
  throw new InputError([
    {
      code: 'CONFLICT',
      file: plan.labels.scenarioFile,
      path: '--engine simjs',
      message: 'simjs has no means for what this network does',
      found: reasons.join('; '),
      allowed: 'links with rate and delay, FIFO or priority, answers and events; --engine simulation for the rest',
    },
  ]);
}
