/** What the compilation of a flow may ask of a deployment profile, and the answers, each found once. */

import { type ReferenceModel, type RouteResult, routerOf } from '../../topologies/index.js';
import type { Decisions, DeploymentProfile, Route } from '../../topologies/types.js';
import type { TopologyView } from '../compile/context.js';
import type { Backhaul, Deployment, Scenario } from '../types.js';

/** One profile of a scenario. */
export interface ProfileFacts {
  readonly profile: DeploymentProfile;
  readonly decisions: Decisions;
  /** The decisions as bits, see `packDecisions`. */
  readonly packed: number;
  readonly topology: TopologyView;
  /** The scenario as loaded under the profile; those of one number are alike. */
  readonly scenario: { readonly id: number; readonly scenario: Scenario };
  /** The deployment as far as the profile has a place for it; likewise. */
  readonly inPlay: InPlay;
  /** Places as far as they were asked for, see `Dependence`. */
  readonly places: (number | undefined)[];
}

export interface InPlay {
  readonly id: number;
  readonly deployment: Deployment;
  readonly count: (expression: string) => number;
}

/** What of a profile matters: some bits of its packed decisions, and whether its deployment in play or scenario as well. */
export class Dependence {
  readonly mask: number;
  readonly onInPlay: boolean;
  readonly onScenario: boolean;
  readonly #id: number;
  readonly #places = new Map<number, number>();

  /** @param id of its kind, see `Dependences` */
  constructor(id: number, mask: number, onInPlay: boolean, onScenario: boolean) {
    this.#id = id;
    this.mask = mask;
    this.onInPlay = onInPlay;
    this.onScenario = onScenario;
  }

  /** Dense, from 0: profiles of the same place are alike in all that this depends on. */
  placeOf(facts: ProfileFacts): number {
    const known = facts.places[this.#id];
    if (known !== undefined) return known;
    const { packed, inPlay, scenario } = facts;
    // Exact: 31 bits and twice 10.
    const ids = (this.onInPlay ? inPlay.id : 0) * MOST_IDS + (this.onScenario ? scenario.id : 0);
    const key = (packed & this.mask) * MOST_IDS ** 2 + ids;
    const place = this.#places.get(key) ?? this.#places.size;
    this.#places.set(key, place);
    facts.places[this.#id] = place;
    return place;
  }
}

/** Scenarios and deployments of one compiler are fewer: each profile has one of them. */
const MOST_IDS = 2 ** 10;

/** Dependences, each made once: of few kinds, so that a profile keeps its place for each. */
export class Dependences {
  readonly #known = new Map<string, Dependence>();
  readonly #nothing = this.of(0);

  of(mask: number, onInPlay = false, onScenario = false): Dependence {
    const key = `${mask} ${onInPlay} ${onScenario}`;
    const known = this.#known.get(key) ?? new Dependence(this.#known.size, mask, onInPlay, onScenario);
    this.#known.set(key, known);
    return known;
  }

  /** On all that questions depend on, and what another dependence does. */
  ofAll(questions: readonly Question[], other = this.#nothing): Dependence {
    let { mask, onInPlay, onScenario } = other;
    for (const { dependsOn } of questions) {
      mask |= dependsOn.mask;
      onInPlay ||= dependsOn.onInPlay;
      onScenario ||= dependsOn.onScenario;
    }
    return this.of(mask, onInPlay, onScenario);
  }
}

/** A question with what compilers do with the answer; equal answers are the same value. */
export interface Question {
  /** For messages about faults. */
  readonly text: string;
  /** What the answer may depend on. */
  readonly dependsOn: Dependence;
  answer(facts: ProfileFacts): unknown;
}

/** Each decision's values as so many bits of one number: which bits, and the number of a profile. */
export class PackedDecisions {
  readonly #fields = new Map<
    string,
    { readonly shift: number; readonly mask: number; readonly values: readonly string[] }
  >();

  /** @throws Error when the decisions of a model do not fit into 31 bits */
  constructor({ decisions }: ReferenceModel) {
    let shift = 0;
    for (const { name, values } of decisions) {
      const bits = Math.ceil(Math.log2(values.length));
      this.#fields.set(name, { shift, mask: (2 ** bits - 1) << shift, values });
      shift += bits;
    }
    if (shift > 31) throw new Error(`${shift} bits of decisions`);
  }

  pack(decisions: Decisions): number {
    let packed = 0;
    for (const [name, { shift, values }] of this.#fields) packed |= values.indexOf(decisions[name]!) << shift;
    return packed;
  }

  mask(names: readonly string[]): number {
    return names.reduce((mask, name) => mask | this.#fields.get(name)!.mask, 0);
  }
}

/** Questions, each made once. */
export class Questions {
  readonly #known = new Map<string, Question>();
  /** Questions that are asked most of all: by their ends or actor, which are faster to find than long keys. */
  readonly #byEnds = new Map<string, Map<string, Question>>();
  readonly #sites = new Map<string, Question>();
  readonly #absences = new Map<string, Question>();
  readonly #routes = new Map<Route, number>();
  readonly #routeLists = new Map<string, RouteResult>();
  readonly #model: ReferenceModel;
  readonly #packed: PackedDecisions;
  readonly #dependences: Dependences;

  constructor(model: ReferenceModel, packed: PackedDecisions, dependences: Dependences) {
    this.#model = model;
    this.#packed = packed;
    this.#dependences = dependences;
  }

  site(actor: string): Question {
    return this.#sites.get(actor) ?? this.#newSite(actor);
  }

  #newSite(actor: string): Question {
    const made = this.#ofTopology(`site ${actor}`, this.#decisionsOf(actor), ({ topology }) => topology.siteOf(actor));
    this.#sites.set(actor, made);
    return made;
  }

  isAbsent(actor: string): Question {
    return this.#absences.get(actor) ?? this.#newAbsence(actor);
  }

  #newAbsence(actor: string): Question {
    const answer = ({ topology }: ProfileFacts) => topology.absence(actor) !== undefined;
    const made = this.#ofTopology(`absent ${actor}`, this.#decisionsOf(actor), answer);
    this.#absences.set(actor, made);
    return made;
  }

  /** The routes, the same object for the same; why there is none does not matter. */
  routes(from: string, to: string, backhaul: Backhaul | undefined): Question {
    let toOthers = this.#byEnds.get(from);
    if (toOthers === undefined) {
      toOthers = new Map();
      this.#byEnds.set(from, toOthers);
    }
    const known = backhaul === undefined ? toOthers.get(to) : undefined;
    if (known !== undefined) return known;
    const made = this.#newRoutes(from, to, backhaul);
    if (backhaul === undefined) toOthers.set(to, made);
    return made;
  }

  #newRoutes(from: string, to: string, backhaul: Backhaul | undefined): Question {
    const decisions = () => routerOf(this.#model).decisionsBetween(from, to);
    return this.#ofTopology(`routes ${from} | ${to} | ${backhaul}`, decisions, ({ topology }) =>
      this.#listOf(topology.routes(from, to, backhaul)),
    );
  }

  decision(name: string): Question {
    return this.#ofTopology(
      `decision ${name}`,
      () => [name],
      ({ decisions }) => decisions[name],
    );
  }

  count(expression: string): Question {
    return this.#kept(`count ${expression}`, this.#dependences.of(0, true), ({ inPlay }) => inPlay.count(expression));
  }

  /** A number of the deployment in play, by its path. */
  figure(path: readonly string[]): Question {
    const answer = ({ inPlay }: ProfileFacts) => valueAt(inPlay.deployment, path);
    return this.#kept(`in play ${path.join('.')}`, this.#dependences.of(0, true), answer);
  }

  /** A number of the scenario, by its path. */
  setting(path: readonly string[]): Question {
    const answer = ({ scenario }: ProfileFacts) => valueAt(scenario.scenario, path);
    return this.#kept(`scenario ${path.join('.')}`, this.#dependences.of(0, false, true), answer);
  }

  #decisionsOf(actor: string): () => readonly string[] {
    return () => routerOf(this.#model).decisionsOf(actor);
  }

  #ofTopology(key: string, decisions: () => readonly string[], answer: Question['answer']): Question {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    return this.#kept(key, this.#dependences.of(this.#packed.mask(decisions())), answer);
  }

  #kept(key: string, dependsOn: Dependence, answer: Question['answer']): Question {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answers: unknown[] = []; // by place
    const question: Question = {
      text: key,
      dependsOn,
      answer(facts) {
        const place = dependsOn.placeOf(facts);
        answers[place] ??= answer(facts);
        return answers[place];
      },
    };
    this.#known.set(key, question);
    return question;
  }

  #listOf(found: RouteResult): RouteResult {
    if ('reason' in found) return NO_ROUTES;
    const numbers = found.routes.map((route) => {
      const number = this.#routes.get(route) ?? this.#routes.size;
      this.#routes.set(route, number);
      return number;
    });
    const key = numbers.join(' ');
    const list = this.#routeLists.get(key) ?? found;
    this.#routeLists.set(key, list);
    return list;
  }
}

const NO_ROUTES: RouteResult = { reason: 'the profile has no route' };

function valueAt(root: object, path: readonly string[]): unknown {
  let at: unknown = root;
  for (const key of path) at = (at as Record<string, unknown>)[key];
  return at;
}
