import type { KeyPath, PositionedYaml, Problem } from '../../base/yaml.js';
import { fold } from '../grammar/text.js';
import type { DeploymentCount, EventKind, MissingValue, Population } from '../types.js';
import type { Lists, Source } from './source.js';
import { unknownName } from './unknown.js';

/** A name that was looked up. */
export interface Found {
  readonly name: string;
  /** True when another spelling stood in the text, which a reading must then explain. */
  readonly alias: boolean;
}

/** Names of one kind with their other spellings; texts of the source differ in case and dashes, so those are folded. */
export class Index {
  readonly #kind: string;
  readonly #file: string;
  readonly #byText = new Map<string, string>();
  readonly #names: string[] = [];

  constructor(kind: string, file: string) {
    this.#kind = kind;
    this.#file = file;
  }

  /** @returns the name that has this spelling already, if any. */
  add(name: string, spelling: string): string | undefined {
    const key = fold(spelling).toLowerCase();
    const taken = this.#byText.get(key);
    if (taken !== undefined && taken !== name) return taken;
    if (taken === undefined) this.#names.push(spelling);
    this.#byText.set(key, name);
    return undefined;
  }

  find(text: string): Found | undefined {
    const name = this.#byText.get(fold(text).toLowerCase());
    return name === undefined ? undefined : { name, alias: name !== text };
  }

  unknown(text: string): Problem {
    return unknownName(`there is no ${this.#kind} of this name in ${this.#file}`, text, this.#names);
  }
}

/** Everything that rows may refer to. Building it reports names that stand twice. */
export class Names {
  readonly populations = new Index('population', 'populations.yaml');
  readonly events = new Index('event', 'events.yaml');
  readonly missing = new Index('missing value', 'missing.yaml');
  readonly eventKinds = new Map<string, EventKind>();
  readonly #actors: Index | undefined;
  readonly #actorAliases = new Map<string, string>();

  /** @param actors the known actors; undefined: any name is taken as it stands */
  constructor(lists: Lists, actors: readonly string[] | undefined) {
    fill(this.populations, lists.populations);
    fill(this.events, lists.events);
    fill(this.missing, lists.missing);
    fill(new Index('count', 'counts.yaml'), lists.counts);
    fill(new Index('rule', 'rules.yaml'), lists.rules);
    for (const kind of eventsOf(lists)) this.eventKinds.set(kind.name, kind);
    if (actors !== undefined) {
      this.#actors = new Index('actor', 'the reference architecture');
      for (const actor of actors) this.#actors.add(actor, actor);
    }
    for (const [printed, actor] of Object.entries(lists.mappings.value.actorAliases ?? {})) {
      this.#actorAliases.set(fold(printed).toLowerCase(), actor);
      this.actor(lists.mappings.yaml, ['actorAliases', printed], actor);
    }
    lists.populations.value.forEach((population, i) => {
      for (const [k, actor] of population.actors.entries()) this.actor(lists.populations.yaml, [i, 'actors', k], actor);
    });
  }

  /** The actor that a text means; unknown ones are reported at the path and returned as they stand. */
  actor(yaml: PositionedYaml, path: KeyPath, text: string): string {
    const meant = this.#actorAliases.get(fold(text).toLowerCase()) ?? fold(text);
    if (this.#actors === undefined) return meant;
    const found = this.#actors.find(meant);
    if (found === undefined) yaml.report(path, this.#actors.unknown(text));
    return found?.name ?? meant;
  }
}

function fill(index: Index, { yaml, value }: Source<readonly { name: string; aliases?: readonly string[] }[]>): void {
  value.forEach((entry, i) => {
    for (const [k, spelling] of [entry.name, ...(entry.aliases ?? [])].entries()) {
      const taken = index.add(entry.name, spelling);
      const again = k === 0 && value.findIndex((other) => other.name === spelling) < i;
      if (taken === undefined && !again) continue;
      const path = k === 0 ? [i, 'name'] : [i, 'aliases', k - 1];
      yaml.report(path, {
        code: 'DUPLICATE',
        message: `this name stands at ${taken ?? spelling} already`,
        found: spelling,
      });
    }
  });
}

export function populationsOf(lists: Lists): Population[] {
  return lists.populations.value.map(({ name, actors, count, description, needs }) => ({
    name,
    actors,
    count: String(count),
    description,
    ...(needs === undefined ? {} : { needs }),
  }));
}

export function eventsOf(lists: Lists): EventKind[] {
  return lists.events.value.map(({ name, aliases, scope, perYear, source, needs }) => ({
    name,
    aliases: aliases ?? [],
    scope,
    perYear: typeof perYear === 'number' ? { least: perYear, most: perYear } : perYear,
    source,
    ...(needs === undefined ? {} : { needs }),
  }));
}

export function missingOf(lists: Lists): MissingValue[] {
  return lists.missing.value.map(({ name, value, unit, reason }) => ({ name, value, unit, reason }));
}

export function countsOf(lists: Lists): DeploymentCount[] {
  return lists.counts.value.map((entry) => ({ ...entry, kind: entry.kind ?? 'count' }));
}
