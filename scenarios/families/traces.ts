/** Results by what was asked on the way to them, and answered: found again without being made again. */
import type { Dependence, Dependences, ProfileFacts, Question } from './facts.js';

/**
 * Questions one after the other that have been answered in one way only, and what followed. Most questions are so: one
 * look at what they all depend on is enough for a profile that is like one before. Under a city's 948 profiles a fifth fewer
 * questions are asked, 0.85 million.
 */
interface Stretch<T> {
  readonly questions: readonly Question[];
  readonly answers: readonly unknown[];
  readonly dependsOn: Dependence;
  /** By place: whether these are the answers there; undefined: not tried. */
  readonly isPassed: (boolean | undefined)[];
  next: Node<T>;
}

/** A question that has been answered in several ways, and what followed each. */
interface Fork<T> {
  readonly question: Question;
  readonly branches: Map<unknown, Node<T>>;
}

interface Leaf<T> {
  readonly result: T;
}

type Node<T> = Stretch<T> | Fork<T> | Leaf<T>;

/**
 * A tree of questions. What asks the same as long as it gets the same answers, and depends on nothing else, comes to the
 * same result by the same answers.
 */
export class Traces<T> {
  #root: Node<T> | undefined;
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
    return this.#byPlace[place] ?? this.#search(facts, place);
  }

  #search(facts: ProfileFacts, place: number): T | undefined {
    let at = this.#root;
    while (at !== undefined) {
      if ('result' in at) {
        this.#byPlace[place] = at.result;
        return at.result;
      }
      if ('question' in at) at = at.branches.get(at.question.answer(facts));
      else at = isPassed(at, facts) ? at.next : undefined;
    }
    return undefined;
  }

  /** @param asked in order, each once; what `find` does not find */
  add(asked: readonly Question[], facts: ProfileFacts, result: T): void {
    this.#dependOn(asked);
    this.#root = this.#added(this.#root, asked, 0, facts, result);
  }

  /** The node with the result behind the questions from the `first` on. */
  #added(
    node: Node<T> | undefined,
    asked: readonly Question[],
    first: number,
    facts: ProfileFacts,
    result: T,
  ): Node<T> {
    if (node === undefined) return this.#stretch(asked.slice(first), facts, { result });
    if ('result' in node) throw new Error(`traces: ${asked[first]?.text} is asked where nothing was asked before`);
    if ('question' in node) {
      const { question, branches } = node;
      expectSame(question, asked[first]);
      const answer = question.answer(facts);
      branches.set(answer, this.#added(branches.get(answer), asked, first + 1, facts, result));
      return node;
    }
    const { questions, answers, next } = node;
    let same = 0;
    for (; same < questions.length; same++) {
      expectSame(questions[same]!, asked[first + same]);
      if (questions[same]!.answer(facts) !== answers[same]) break;
    }
    if (same === questions.length) {
      node.next = this.#added(next, asked, first + same, facts, result);
      return node;
    }
    return this.#split(node, same, facts, this.#stretch(asked.slice(first + same + 1), facts, { result }));
  }

  /** A stretch that forks at one of its questions, whose other answer leads to `other`. */
  #split({ questions, answers, next }: Stretch<T>, at: number, facts: ProfileFacts, other: Node<T>): Node<T> {
    const question = questions[at]!;
    const behind = this.#answered(questions.slice(at + 1), answers.slice(at + 1), next);
    const branches = new Map([
      [answers[at], behind],
      [question.answer(facts), other],
    ]);
    return this.#answered(questions.slice(0, at), answers.slice(0, at), { question, branches });
  }

  #stretch(questions: readonly Question[], facts: ProfileFacts, next: Node<T>): Node<T> {
    return this.#answered(
      questions,
      questions.map((question) => question.answer(facts)),
      next,
    );
  }

  #answered(questions: readonly Question[], answers: readonly unknown[], next: Node<T>): Node<T> {
    if (questions.length === 0) return next;
    return { questions, answers, dependsOn: this.#dependences.ofAll(questions), isPassed: [], next };
  }

  #dependOn(asked: readonly Question[]): void {
    const dependsOn = this.#dependences.ofAll(asked, this.#dependsOn);
    if (dependsOn === this.#dependsOn) return;
    this.#dependsOn = dependsOn;
    this.#byPlace = []; // places are others now
  }
}

function isPassed<T>({ questions, answers, dependsOn, isPassed: known }: Stretch<T>, facts: ProfileFacts): boolean {
  const place = dependsOn.placeOf(facts);
  let isSame = known[place];
  if (isSame === undefined) {
    let i = 0;
    while (i < questions.length && questions[i]!.answer(facts) === answers[i]) i++;
    isSame = i === questions.length;
    known[place] = isSame;
  }
  return isSame;
}

function expectSame(question: Question, asked: Question | undefined): void {
  if (asked !== question) throw new Error(`traces: ${asked?.text} is asked in the place of ${question.text}`);
}
