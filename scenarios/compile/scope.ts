import type { Population } from '../../payloads/types.js';
import type { LeftOutBy } from '../../sim/plan.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import type { PayloadOverride } from '../types.js';
import type { CompileContext, RowFlow, TopologyView } from './context.js';

/** What the scenario overrides of a flow: under its payload's name, and on top of that under its id. */
export function overrideOf({ row, flow }: RowFlow, { scenario }: CompileContext): PayloadOverride {
  const [ofPayload, ofFlow] = [scenario.payloads[row.payload], scenario.payloads[flow.id]];
  return ofFlow === undefined ? (ofPayload ?? NOTHING) : { ...ofPayload, ...ofFlow };
}

const NOTHING: PayloadOverride = {};

/** Why a flow takes no part, and what leaves it out. */
export interface Absence {
  readonly by: LeftOutBy;
  readonly reason: string;
}

/** Why a catalogue flow takes no part in the run, or undefined when it does (as far as its own words tell). */
export function outOfScopeReason(item: RowFlow, context: CompileContext): Absence | undefined {
  const { row, flow } = item;
  const { scenario } = context;
  const useCase = flow.mode === 'dsdr' && hasUseCase('dsdr', context) ? 'dsdr' : row.useCase;
  if (!scenario.useCases.includes(useCase)) return { by: 'user', reason: `use case ${useCase} is not in the scenario` };
  if (scenario.only !== null && !scenario.only.includes(row.payload) && !scenario.only.includes(flow.id)) {
    return { by: 'user', reason: 'left out by the scenario (only)' };
  }
  if (overrideOf(item, context).off === true) return { by: 'user', reason: 'switched off by the scenario' };
  if (!flow.loads.includes(scenario.load)) {
    return { by: 'load', reason: `not part of the PAP02 ${scenario.load}` };
  }
  const population = context.population(flow.howOften.population);
  const event = flow.howOften.event === undefined ? undefined : context.event(flow.howOften.event);
  for (const need of [...(flow.needs ?? []), ...(population.needs ?? []), ...(event?.needs ?? [])]) {
    const absence = unmetNeed(need, context);
    if (absence !== undefined) return absence;
  }
  const absence = populationAbsence(population, context.topology);
  if (absence !== undefined) return { by: 'profile', reason: absence };
  if (flow.choice !== undefined) {
    const chosen = choiceOf(flow.choice.of, context);
    if (chosen !== flow.choice.is) {
      return { by: 'alternative', reason: `${flow.choice.of} is ${chosen}, not ${flow.choice.is}` };
    }
  }
  return undefined;
}

/** Catalogues of a user's own may have flows of a mode without the use case that the mode belongs to. */
function hasUseCase(id: string, { catalogue }: CompileContext): boolean {
  return catalogue.useCases.some((useCase) => useCase.id === id);
}

/** Why a profile has nobody of a population; undefined when it has some of its actors. */
export function populationAbsence({ actors }: Population, topology: TopologyView): string | undefined {
  const absences = actors.map((actor) => topology.absence(actor));
  return absences.includes(undefined) ? undefined : absences[0];
}

/** The alternative that holds: the scenario's, else the one that the profile implies; noted as a choice. */
function choiceOf(name: string, context: CompileContext): string {
  const { scenario, profile, assumptions } = context;
  const given = scenario.choices[name];
  if (given !== undefined) return given;
  if (name === 'fcir-control') {
    const implied = profile.da?.control === 'decentralized' ? 'dac-sub' : 'dms';
    assumptions.add({
      kind: 'choice',
      key: `choices.${name}`,
      value: implied,
      reason: `follows the ${profile.da?.control ?? 'centralized'} control of profile ${profile.code}`,
    });
    return implied;
  }
  const first = firstAlternative(name, context);
  assumptions.add({
    kind: 'choice',
    key: `choices.${name}`,
    value: first,
    reason: 'first alternative of the catalogue',
  });
  return first;
}

function firstAlternative(name: string, context: CompileContext): string {
  for (const row of context.catalogue.rows) {
    for (const flow of row.flows) if (flow.choice?.of === name) return flow.choice.is;
  }
  throw new Error(`no flow of the catalogue belongs to the choice ${name}`);
}

function unmetNeed(need: string, { profile, scenario }: CompileContext): Absence | undefined {
  if (isProfileNeed(need)) {
    const reason = unmetProfileNeed(need, profile);
    return reason === undefined ? undefined : { by: 'profile', reason };
  }
  if (scenario.useCases.includes(need)) return undefined;
  return { by: 'user', reason: `use case ${need} is not in the scenario` };
}

const PROFILE_NEEDS = ['rep', 'han', 'ami', 'da'] as const;
type ProfileNeed = (typeof PROFILE_NEEDS)[number];

/** Needs of a flow are decisions of the profile, or use cases. */
export function isProfileNeed(need: string): need is ProfileNeed {
  return (PROFILE_NEEDS as readonly string[]).includes(need);
}

export function unmetProfileNeed(need: ProfileNeed, profile: DeploymentProfile): string | undefined {
  const met = isMet(need, profile);
  const words = { rep: 'retail energy provider', han: 'home area network', ami: 'AMI', da: 'distribution automation' };
  return met ? undefined : `profile ${profile.code} has no ${words[need]}`;
}

/** Asks for the one decision only: what a flow does not ask for, it does not depend on. */
function isMet(need: ProfileNeed, profile: DeploymentProfile): boolean {
  if (need === 'da') return profile.da !== undefined;
  return need === 'ami' ? profile.ami !== undefined : profile.ami?.[need] === true;
}
