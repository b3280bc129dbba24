import { type Diagnostic, InputError } from '../base/diagnostics.js';
import type { ModelData } from './model.js';
import type { Actor, DataFlow, Network, TransitRule } from './types.js';

/** What a system adds to the reference architecture. */
export interface SystemTopology {
  readonly networks: readonly Network[];
  readonly actors: readonly Actor[];
  readonly dataFlows: readonly DataFlow[];
  /** Further passages through actors of the reference architecture. */
  readonly transits: readonly (TransitRule & { readonly actor: string })[];
}

/**
 * A reference architecture with what systems add to it, in the order given. What several add must be the same.
 * @param systems by name, which messages use
 * @throws InputError with every actor, network or data flow that two systems define differently
 */
export function extendModel(base: ModelData, systems: ReadonlyMap<string, SystemTopology>): ModelData {
  const problems: Diagnostic[] = [];
  const added = <T>(kind: string, listOf: (system: SystemTopology) => readonly T[], nameOf: (entry: T) => string) => {
    const first = new Map<string, { readonly entry: T; readonly of: string }>();
    for (const [name, system] of systems) {
      for (const entry of listOf(system)) {
        const known = first.get(nameOf(entry));
        if (known === undefined) first.set(nameOf(entry), { entry, of: name });
        else if (JSON.stringify(known.entry) !== JSON.stringify(entry)) {
          const message = `both systems define this ${kind}, and not alike`;
          problems.push({ code: 'CONFLICT', file: `${known.of} and ${name}`, path: '', message, found: nameOf(entry) });
        }
      }
    }
    return [...first.values()].map(({ entry }) => entry);
  };
  const networks = added(
    'network',
    (system) => system.networks,
    ({ name }) => name,
  );
  const actors = added(
    'actor',
    (system) => system.actors,
    ({ name }) => name,
  );
  const dataFlows = added(
    'data flow',
    (system) => system.dataFlows,
    ({ ref }) => ref,
  );
  if (problems.length > 0) throw new InputError(problems);
  const transits = [...systems.values()].flatMap((system) => system.transits);
  return {
    ...base,
    networks: [...base.networks, ...networks],
    actors: [...base.actors.map((actor) => withTransits(actor, transits)), ...actors],
    dataFlows: [...base.dataFlows, ...dataFlows],
  };
}

function withTransits(actor: Actor, transits: SystemTopology['transits']): Actor {
  const own = transits.filter(({ actor: name }) => name === actor.name).map(({ actor: _, ...rule }) => rule);
  if (own.length === 0 || actor.transit === true) return actor;
  return { ...actor, transit: [...(actor.transit ?? []), ...own] };
}
