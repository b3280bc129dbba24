import { servingInstance } from '../area-range.js';
import { combine, hashText, unitOf } from '../kernel/random.js';
import type { Program } from './program.js';

/** A message that a delivery brings about: of source instance `sourceInstance`, in `instance`, at `atS`. */
export interface Answer {
  sourceInstance: number;
  row: number;
  instance: number;
  number: number;
  atS: number;
}

interface Outcome {
  /** Probabilities of this outcome and those before it, added up. */
  readonly upTo: number;
  readonly rows: readonly number[]; // of the cause table
}

const NOTHING: readonly number[] = [];

interface Trigger {
  readonly key: number; // hash of the flow's name
  readonly outcomes: readonly Outcome[];
}

/**
 * Answers. Every draw is a hash of the delivered message's identity, the receiver and the flow's name: it does not depend
 * on what else happens, and the same command has the same answer in two plans that differ elsewhere.
 */
export class Causes {
  private readonly program: Program;
  private readonly triggers: readonly (Trigger | undefined)[];
  private readonly sourceKey: readonly number[]; // per source row: hash of its name
  /** Filled by `answers`, so that no object is made per delivery. */
  readonly answer: Answer = { sourceInstance: 0, row: 0, instance: 0, number: 0, atS: 0 };

  constructor(program: Program) {
    const { plan } = program;
    this.program = program;
    this.sourceKey = plan.sources.name.map(hashText);
    this.triggers = plan.flows.name.map((name, flow) => {
      const outcomes = outcomesOf(program, flow);
      return outcomes.length === 0 ? undefined : { key: hashText(name), outcomes };
    });
  }

  causesAnything(flow: number): boolean {
    return this.triggers[flow] !== undefined;
  }

  /** Hash of one receiver's draw after a delivery of `flow`; `messageKey` is of the message, its branch and receiver. */
  drawKey(flow: number, messageKey: number): number {
    return combine(messageKey, this.triggers[flow]!.key);
  }

  /** Rows of the cause table that happen together by a draw; empty when nothing is answered. */
  outcome(flow: number, drawKey: number): readonly number[] {
    const u = unitOf(combine(drawKey, 0));
    return this.triggers[flow]!.outcomes.find(({ upTo }) => u < upTo)?.rows ?? NOTHING;
  }

  /**
   * The message of one row of an outcome, in `answer`.
   * @param instance of area kind `boundKind`, where the command was delivered
   * @returns false when the row's source stands in other instances
   */
  answers(cause: number, drawKey: number, boundKind: number, instance: number, nowS: number): boolean {
    const { plan, sourceStart } = this.program;
    const { causes, sources, areas } = plan;
    const row = causes.source[cause];
    const i = servingInstance(areas, boundKind, instance, sources.kind[row]);
    const nth = i - sources.firstInstance[row];
    if (nth < 0 || nth >= sources.instanceCount[row]) return false;
    this.answer.row = row;
    this.answer.sourceInstance = sourceStart[row] + nth;
    this.answer.instance = i;
    this.answer.number = combine(drawKey, this.sourceKey[row]);
    this.answer.atS = nowS + causes.delayS[cause] + unitOf(combine(drawKey, 1)) * causes.spreadS[cause];
    return true;
  }
}

function outcomesOf({ plan: { causes } }: Program, flow: number): Outcome[] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < causes.trigger.length; row++) {
    if (causes.trigger[row] !== flow) continue;
    groups.set(causes.group[row], [...(groups.get(causes.group[row]) ?? []), row]);
  }
  let upTo = 0;
  return [...groups.values()].map((rows) => {
    upTo += causes.probability[rows[0]];
    return { upTo, rows };
  });
}
