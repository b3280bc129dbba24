import type { Assumption } from '../../sim/plan.js';

/** Collects what fanplan decided for the user; the same thing said twice is kept once, in the order of first mention. */
export class Assumptions {
  readonly #byKey = new Map<string, Assumption>();
  readonly #said = new Set<string>();

  /** True the first time that it is asked about a subject: for what is said once, and costs time to say. */
  first(subject: string): boolean {
    if (this.#said.has(subject)) return false;
    this.#said.add(subject);
    return true;
  }

  add(assumption: Omit<Assumption, 'unit' | 'source'> & { unit?: string; source?: string }): void {
    const full: Assumption = { unit: '', source: 'assumption', ...assumption };
    const key = `${full.kind} ${full.key} ${full.value}`;
    if (!this.#byKey.has(key)) this.#byKey.set(key, full);
  }

  list(): Assumption[] {
    return [...this.#byKey.values()];
  }
}

/** For plans whose words nobody reads. */
export class NoAssumptions extends Assumptions {
  override first(): boolean {
    return false;
  }

  override add(): void {}
}
