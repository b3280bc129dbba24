/** Results by what was asked on the way to them, and answered: found again without being made again. */
import type { Dependence, Dependences, ProfileFacts, Question } from './facts.js';

interface Fork<T> {
  readonly question: Question;
  readonly branches: Map<unknown, Fork<T> | Leaf<T>>;
}

interface Leaf<T> {
  readonly result: T;
}

/**
 * A tree of questions. What asks the same as long as it gets the same answers, and depends on nothing else, comes to the
 * same result by the same answers.
 */
export class Traces<T> {
  #root: Fork<T> | Leaf<T> | undefined;
  /** All on which any question depends, and results of profiles that were alike in it. */
  #dependsOn: Dependence;
  readonly #dependences: Dependences;
  #byPlace: (T | undefined)[] = [];

  constructor(dependences: Dependences) {
    this.#dependences = dependences;
    this.#dependsOn = dependences.of(0);
  }

  /** The result for a profile; undefined: none with these answers has been seen. O(1) for profiles alike, else O(questions). */
  find(facts: ProfileFacts): T | undefined {
    const place = this.#dependsOn.placeOf(facts);
    const known = this.#byPlace[place];
    if (known !== undefined) return known;
    let at = this.#root;
    while (at !== undefined && 'question' in at) at = at.branches.get(at.question.answer(facts));
    if (at !== undefined) this.#byPlace[place] = at.result;
    return at?.result;
  }

  /** @param asked in order, each once */
  add(asked: readonly Question[], facts: ProfileFacts, result: T): void {
    const leaf: Leaf<T> = { result };
    this.#dependOn(asked);
    if (asked.length === 0) {
      this.#root = leaf;
      return;
    }
    this.#root ??= { question: asked[0]!, branches: new Map() };
    let at = this.#root;
    asked.forEach((question, i) => {
      if (!('question' in at)) throw new Error(`traces: ${question.text} is asked where nothing was asked before`);
      if (at.question !== question)
        throw new Error(`traces: ${question.text} is asked in the place of ${at.question.text}`);
      const answer = question.answer(facts);
      const next = asked[i + 1];
      const known = at.branches.get(answer);
      const branch = known ?? (next === undefined ? leaf : { question: next, branches: new Map() });
      at.branches.set(answer, branch);
      at = branch;
    });
  }

  #dependOn(asked: readonly Question[]): void {
    let { mask, onInPlay, onScenario } = this.#dependsOn;
    for (const { dependsOn } of asked) {
      mask |= dependsOn.mask;
      onInPlay ||= dependsOn.onInPlay;
      onScenario ||= dependsOn.onScenario;
    }
    const dependsOn = this.#dependences.of(mask, onInPlay, onScenario);
    if (dependsOn === this.#dependsOn) return;
    this.#dependsOn = dependsOn;
    this.#byPlace = []; // places are others now
  }
}
