/** A compile context that writes down what is asked of the profile. */
import type { Catalogue } from '../../payloads/types.js';
import type { RouteResult } from '../../topologies/index.js';
import type { DeploymentProfile, Site } from '../../topologies/types.js';
import { leadingToAreas } from '../compile/area-chains.js';
import type { Areas } from '../compile/areas.js';
import { NoAssumptions } from '../compile/assumptions.js';
import { byName } from '../compile/compile.js';
import type { CompileContext, TopologyView } from '../compile/context.js';
import { Windows } from '../compile/windows.js';
import type { Deployment, Scenario } from '../types.js';
import type { ProfileFacts, Question, Questions } from './facts.js';
import type { Family } from './families.js';
import type { Traces } from './traces.js';

/** A result, and what was asked on the way to it, in order. */
export interface Known<T> {
  readonly result: T;
  readonly asked: readonly Question[];
}

/** Who asks, for one family and profile at a time. */
export class Asking {
  readonly #questions: Questions;
  readonly #catalogue: Catalogue;
  readonly #areas: Areas;
  readonly #population: CompileContext['population'];
  readonly #event: CompileContext['event'];
  #facts: ProfileFacts | undefined;
  #asked = new Set<Question>();
  readonly #inPlay: Deployment;
  readonly #scenario: Scenario;
  readonly #topology: TopologyView;
  readonly #profile: DeploymentProfile;

  /** @param scenario any of those that the profiles have: what may differ between them is asked for */
  constructor(questions: Questions, catalogue: Catalogue, areas: Areas, scenario: Scenario) {
    this.#questions = questions;
    this.#catalogue = catalogue;
    this.#areas = areas;
    this.#population = byName('population', catalogue.populations);
    this.#event = byName('event', catalogue.events);
    this.#inPlay = this.#numbersOf(scenario.deployment, [], (path) => questions.figure(path));
    const setting = (path: readonly string[]) => questions.setting(path);
    this.#scenario = {
      ...scenario,
      // All DAPs are on the profile's backhaul, which routes know.
      backhaulShares: {},
      deployment: this.#numbersOf(scenario.deployment, ['deployment'], setting),
      missing: this.#numbersOf(scenario.missing, ['missing'], setting),
    };
    this.#topology = this.#askingTopology();
    this.#profile = this.#askingProfile();
  }

  /** A context for compiling a family under a profile; asked from now on is written down anew. */
  begin(family: Family, facts: ProfileFacts): CompileContext {
    this.#facts = facts;
    this.#asked = new Set();
    const rows = { rows: [{ flows: family.items.map(({ flow }) => flow) }] } as unknown as Catalogue;
    return {
      scenario: this.#scenario,
      catalogue: this.#catalogue,
      profile: this.#profile,
      topology: this.#topology,
      deployment: this.#inPlay,
      count: (expression) => this.#ask(this.#questions.count(expression)) as number,
      areas: this.#areas,
      windows: new Windows(),
      assumptions: new NoAssumptions(),
      isWordless: true,
      population: this.#population,
      event: this.#event,
      leadingToAreas: leadingToAreas(rows, this.#population, this.#topology.siteOf),
    };
  }

  /** What was asked since, in order. */
  get asked(): readonly Question[] {
    return [...this.#asked];
  }

  /** What `make` makes, found again where it asks the same and gets the same answers; asked all the same. */
  known<T>(traces: Traces<Known<T>>, make: () => T): T {
    const facts = this.#facts!;
    let known = traces.find(facts);
    if (known === undefined) {
      const before = this.#asked;
      this.#asked = new Set();
      const result = make();
      known = { result, asked: this.asked };
      traces.add(known.asked, facts, known);
      this.#asked = before;
    }
    for (const question of known.asked) this.#asked.add(question);
    return known.result;
  }

  #ask(question: Question): unknown {
    this.#asked.add(question);
    return question.answer(this.#facts!);
  }

  #askingTopology(): TopologyView {
    const own = () => this.#facts!.topology;
    return {
      network: (name) => own().network(name),
      countOf: (actor) => own().countOf(actor),
      standing: (actor) => own().standing(actor),
      reconstructed: (ref) => own().reconstructed(ref),
      siteOf: (actor) => this.#ask(this.#questions.site(actor)) as Site,
      absence: (actor) => (this.#ask(this.#questions.isAbsent(actor)) ? 'the profile has no such actor' : undefined),
      routes: (from, to, backhaul) => this.#ask(this.#questions.routes(from, to, backhaul)) as RouteResult,
    };
  }

  #askingProfile(): DeploymentProfile {
    const decides = (name: string) => this.#ask(this.#questions.decision(name));
    const yes = (name: string) => decides(name) === 'yes';
    const ami = getters({
      rep: () => yes('rep'),
      han: () => yes('han'),
      esi: () => decides('esi'),
      cis: () => decides('cis'),
      backhaul: () => decides('backhaul'),
    });
    const da = getters({
      control: () => decides('control'),
      scada: () => decides('scada'),
      management: () => decides('management'),
      path: () => decides('path'),
    });
    return getters({
      ami: () => (yes('ami') ? ami : undefined),
      da: () => (yes('da') ? da : undefined),
      code: () => '',
    }) as unknown as DeploymentProfile;
  }

  /** The same nested object, its numbers asked for; lists are those of all profiles. */
  #numbersOf<T extends object>(object: T, path: readonly string[], question: (path: readonly string[]) => Question): T {
    const of = Object.entries(object).map(([key, value]): [string, () => unknown] => {
      const own = [...path, key];
      if (typeof value === 'number') {
        const asked = question(own);
        return [key, () => this.#ask(asked)];
      }
      const inner = value !== null && typeof value === 'object' && !Array.isArray(value);
      const kept = inner ? this.#numbersOf(value, own, question) : value;
      return [key, () => kept];
    });
    return getters(Object.fromEntries(of)) as T;
  }
}

function getters(of: Readonly<Record<string, () => unknown>>): object {
  const object = {};
  for (const [key, get] of Object.entries(of)) Object.defineProperty(object, key, { get, enumerable: true });
  return object;
}
