/** Compiles families of flows under many profiles, each family once for all profiles that mean the same to it. */
import type { Catalogue } from '../../payloads/types.js';
import type { AreaTable, PlanTime } from '../../sim/plan.js';
import { decisionsOf, type ReferenceModel } from '../../topologies/index.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { runClock } from '../clock.js';
import { Areas } from '../compile/areas.js';
import { endpointsOfAreas, itemsOf, planTime } from '../compile/compile.js';
import { deploymentInPlay } from '../compile/deployment-in-play.js';
import type { FindLegs } from '../compile/flows.js';
import { countOf } from '../evaluate.js';
import { openTopology } from '../topology-view.js';
import type { Scenario } from '../types.js';
import { Asking } from './asking-context.js';
import { Dependences, type InPlay, PackedDecisions, type ProfileFacts, Questions } from './facts.js';
import { type Family, familiesOf } from './families.js';
import { type FamilyFrame, type FamilyPlan, planOfFamily } from './family-plan.js';
import { KnownLegs } from './known-legs.js';
import { Traces } from './traces.js';

/** Families of a profile with what it has besides. */
export interface ProfileFamilies<T> {
  /** In the order of their first flows; the same object wherever profiles have the same. */
  readonly families: readonly T[];
  /** Devices of every instance of every kind of area. */
  readonly endpoints: { readonly id: number; readonly perKind: readonly Float64Array[] };
}

/** @typeParam T what is kept of the plan of a family; of thousands of plans there is one at a time */
export class FamilyCompiler<T> {
  readonly time: PlanTime;
  /** Without endpoints, which differ between profiles. */
  readonly areas: AreaTable;
  readonly #model: ReferenceModel;
  readonly #packed: PackedDecisions;
  readonly #asking: Asking;
  readonly #families: readonly { readonly family: Family; readonly traces: Traces<T> }[];
  readonly #frame: FamilyFrame;
  readonly #areasBuilder: Areas;
  readonly #scenarios = new Map<Scenario, ProfileFacts['scenario']>();
  readonly #inPlay = new Map<string, InPlay>();
  readonly #endpoints = new Map<string, ProfileFamilies<T>['endpoints']>();

  readonly #kept: (plan: FamilyPlan) => T;

  /**
   * @param scenario under any profile; without forwarding and persistent sessions
   * @param kept what is wanted of a plan
   */
  constructor(scenario: Scenario, catalogue: Catalogue, model: ReferenceModel, kept: (plan: FamilyPlan) => T) {
    this.#kept = kept;
    const clock = runClock(scenario.time);
    this.#model = model;
    this.#packed = new PackedDecisions(model);
    this.#areasBuilder = new Areas(scenario.deployment);
    this.time = planTime(scenario, clock);
    this.areas = this.#areasBuilder.table([new Float64Array(0), new Float64Array(0), new Float64Array(0)]);
    const placeOf = new Map(itemsOf(catalogue).map(({ flow }, place) => [flow.id, place]));
    const dependences = new Dependences();
    const questions = new Questions(model, this.#packed, dependences);
    this.#asking = new Asking(questions, catalogue, this.#areasBuilder, scenario);
    const legs = new KnownLegs(this.#asking, dependences);
    const findLegs: FindLegs = (item, count, context) => legs.of(item, count, context);
    this.#frame = { clock, time: this.time, areas: this.areas, placeOf, findLegs };
    this.#families = familiesOf(catalogue).map((family) => ({ family, traces: new Traces(dependences) }));
  }

  /** @param scenario loaded under the profile, one object for all profiles under which it is the same */
  compile(scenario: Scenario, profile: DeploymentProfile): ProfileFamilies<T> {
    const facts = this.#factsOf(scenario, profile);
    const families = this.#families.map(({ family, traces }) => {
      const known = traces.find(facts);
      if (known !== undefined) return known;
      const made = this.#kept(planOfFamily(family, this.#asking.begin(family, facts), this.#frame));
      traces.add(this.#asking.asked, facts, made);
      return made;
    });
    return { families, endpoints: this.#endpointsOf(facts) };
  }

  #factsOf(scenario: Scenario, profile: DeploymentProfile): ProfileFacts {
    const topology = openTopology(profile, this.#model);
    const decisions = decisionsOf(profile);
    const numbered = this.#scenarios.get(scenario) ?? { id: this.#scenarios.size, scenario };
    this.#scenarios.set(scenario, numbered);
    const inPlay = this.#inPlayOf(deploymentInPlay(scenario, profile, topology));
    const packed = this.#packed.pack(decisions);
    return { profile, decisions, packed, topology, scenario: numbered, inPlay, places: [] };
  }

  #inPlayOf(deployment: InPlay['deployment']): InPlay {
    const key = JSON.stringify(deployment);
    let known = this.#inPlay.get(key);
    if (known === undefined) {
      known = { id: this.#inPlay.size, deployment, count: (expression) => countOf(expression, deployment) };
      this.#inPlay.set(key, known);
    }
    return known;
  }

  #endpointsOf({ profile, topology, inPlay }: ProfileFacts): ProfileFamilies<T>['endpoints'] {
    const perKind = endpointsOfAreas({ profile, topology, deployment: inPlay.deployment, areas: this.#areasBuilder });
    const key = perKind.join(' ');
    let known = this.#endpoints.get(key);
    if (known === undefined) {
      known = { id: this.#endpoints.size, perKind };
      this.#endpoints.set(key, known);
    }
    return known;
  }
}
