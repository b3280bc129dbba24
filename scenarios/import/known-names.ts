import type { Problem } from '../../base/yaml.js';
import { catalogueFolder, DEFAULT_CATALOGUE } from '../../payloads/catalogue.js';
import type { HowOftenTerm } from '../../payloads/grammar/how-often.js';
import { fold } from '../../payloads/grammar/text.js';
import { Index } from '../../payloads/load/names.js';
import {
  type EventEntry,
  type Lists,
  type PopulationEntry,
  parseSources,
  readFolder,
} from '../../payloads/load/source.js';
import { AlgebraError, parseExpression, type ReferenceModel } from '../../topologies/index.js';

let known: Lists | undefined;

/** The lists as their files have them, other spellings included; read once. */
function sgNetworkLists(): Lists {
  known ??= parseSources(readFolder(catalogueFolder(DEFAULT_CATALOGUE))).lists;
  if (known === undefined) throw new Error('the SG-Network catalogue has no lists');
  return known;
}

/** Words of the data-flow language that are no references. */
const WORDS = ['or'];

/**
 * What the cells of a sheet may name: actors of the reference architecture, and the populations and events that the
 * SG-Network catalogue has with their other spellings. Remembers what was used, since that goes into the new catalogue.
 */
export class KnownNames {
  readonly usedPopulations = new Set<PopulationEntry>();
  readonly usedEvents = new Set<EventEntry>();
  readonly #model: ReferenceModel;
  readonly #populations = new Index('population', 'payloads/sg-network/populations.yaml');
  readonly #events = new Index('event', 'payloads/sg-network/events.yaml');
  readonly #aliases = new Map<string, string>();
  readonly #populationOf: ReadonlyMap<string, PopulationEntry>;
  readonly #eventOf: ReadonlyMap<string, EventEntry>;

  constructor(model: ReferenceModel) {
    this.#model = model;
    const lists = sgNetworkLists();
    this.#populationOf = new Map(lists.populations.value.map((entry) => [entry.name, entry]));
    this.#eventOf = new Map(lists.events.value.map((entry) => [entry.name, entry]));
    for (const [index, list] of [
      [this.#populations, lists.populations.value],
      [this.#events, lists.events.value],
    ] as const) {
      for (const { name, aliases = [] } of list) for (const text of [name, ...aliases]) index.add(name, text);
    }
    for (const [text, actor] of Object.entries(lists.mappings.value.actorAliases ?? {})) {
      this.#aliases.set(fold(text).toLowerCase(), actor);
    }
  }

  /** The actor's name, or what is wrong with it. */
  actor(text: string): string | Problem {
    const meant = this.#aliases.get(fold(text).toLowerCase()) ?? text;
    const actor = this.#model.findActor(meant);
    return actor === undefined || actor.node === true ? this.#model.unknownActor(text) : actor.name;
  }

  /** What is wrong with a data-flow expression, whose references must exist. */
  dataFlow(text: string): Problem | undefined {
    try {
      parseExpression(text);
    } catch (error) {
      if (!(error instanceof AlgebraError)) throw error;
      return { code: 'SYNTAX', message: error.diagnostics[0]!.message, found: error.found, allowed: error.expected };
    }
    const unassigned = this.#model.unassigned.flatMap(({ references, interfaces }) => [...references, ...interfaces]);
    for (const ref of text.match(/[0-9A-Za-z][0-9A-Za-z-]*/g) ?? []) {
      if (WORDS.includes(ref) || this.#model.findDataFlow(ref) !== undefined || unassigned.includes(ref)) continue;
      return this.#model.unknownDataFlow(ref);
    }
    return undefined;
  }

  /** What is wrong with the names of a term; those that are right are remembered. */
  howOften(term: HowOftenTerm): Problem | undefined {
    if (term.kind === 'elsewhere') return undefined;
    const population = this.#populations.find(term.population);
    if (population === undefined) return this.#populations.unknown(term.population);
    this.usedPopulations.add(this.#populationOf.get(population.name)!);
    if (term.kind === 'period') return undefined;
    const text = term.per === undefined ? term.event : `${term.event} per ${term.per.unit}`;
    const problem = this.event(text);
    return problem !== undefined && term.per !== undefined ? undefined : problem;
  }

  event(text: string): Problem | undefined {
    const event = this.#events.find(text);
    if (event === undefined) return this.#events.unknown(text);
    this.usedEvents.add(this.#eventOf.get(event.name)!);
    return undefined;
  }

  isAliasOfPopulation(text: string): boolean {
    return this.#populations.find(text)?.alias ?? false;
  }

  /** The spellings of actors in the sheet that are none of the reference architecture's. */
  actorAliases(texts: Iterable<string>): Record<string, string> {
    const pairs = [...texts].flatMap((text) => {
      const actor = this.actor(text);
      return typeof actor === 'string' && actor !== text ? [[text, actor] as const] : [];
    });
    return Object.fromEntries(pairs);
  }
}
