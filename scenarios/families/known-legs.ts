/** Legs of flows, found once for all flows between the same actors about the same population. */
import type { CompileContext, RowFlow } from '../compile/context.js';
import { type LegResult, legsOf } from '../compile/legs.js';
import type { Asking, Known } from './asking-context.js';
import type { Dependences } from './facts.js';
import { Traces } from './traces.js';

/**
 * Under a city's 948 profiles flows of 2,700 families ask 4,300 times for legs, of which 1,700 are others.
 */
export class KnownLegs {
  readonly #asking: Asking;
  readonly #dependences: Dependences;
  readonly #known = new Map<string, Traces<Known<LegResult>>>();

  constructor(asking: Asking, dependences: Dependences) {
    this.#asking = asking;
    this.#dependences = dependences;
  }

  /** As `legsOf`, for the profile that is asked now. @param context of the asking */
  of(item: RowFlow, count: number, context: CompileContext): LegResult {
    const { id, from, to, howOften } = item.flow;
    const keeps = context.leadingToAreas.has(id);
    const key = `${from.join()}|${to.join()}|${howOften.population}|${keeps}|${count}`;
    let traces = this.#known.get(key);
    if (traces === undefined) {
      traces = new Traces(this.#dependences);
      this.#known.set(key, traces);
    }
    return this.#asking.known(traces, () => legsOf(item, count, context));
  }
}
