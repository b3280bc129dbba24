/** Results by what was asked on the way to them, and answered: found again without being made again. */
import type { Dependence, Dependences, ProfileFacts, Question } from './facts.js';

/**
 * A question, and what followed the first answer to it and others. Most questions have one answer only: a map for each
 * would be tens of thousands.
 */
interface Fork<T> {
  readonly question: Question;
  readonly answer: unknown;
  readonly next: Fork<T> | Leaf<T>;
  others: Map<unknown, Fork<T> | Leaf<T>> | undefined;
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
    while (at !== undefined && 'question' in at) at = branch(at, at.question.answer(facts));
    if (at !== undefined) this.#byPlace[place] = at.result;
    return at?.result;
  }

  /** @param asked in order, each once */
  add(asked: readonly Question[], facts: ProfileFacts, result: T): void {
    this.#dependOn(asked);
    let at = this.#root;
    for (const [i, question] of asked.entries()) {
      if (at === undefined) break;
      if (!('question' in at)) throw new Error(`traces: ${question.text} is asked where nothing was asked before`);
      if (at.question !== question)
        throw new Error(`traces: ${question.text} is asked in the place of ${at.question.text}`);
      const answer = question.answer(facts);
      const known = branch(at, answer);
      if (known === undefined) {
        at.others ??= new Map();
        at.others.set(answer, chain(asked, i + 1, facts, result));
        return;
      }
      at = known;
    }
    this.#root ??= chain(asked, 0, facts, result);
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

function branch<T>({ answer, next, others }: Fork<T>, given: unknown): Fork<T> | Leaf<T> | undefined {
  return answer === given ? next : others?.get(given);
}

/** Questions from the `first` on, and the result behind the last. */
function chain<T>(asked: readonly Question[], first: number, facts: ProfileFacts, result: T): Fork<T> | Leaf<T> {
  let next: Fork<T> | Leaf<T> = { result };
  for (let i = asked.length - 1; i >= first; i--) {
    const question = asked[i]!;
    next = { question, answer: question.answer(facts), next, others: undefined };
  }
  return next;
}
