import { servingInstance } from '../area-range.js';
import { combine, hashText, unitOf } from '../kernel/random.js';
import type { Program } from './program.js';

/** What a delivery brings about: a message of source instance `sourceInstance`, in `instance`, at `atS`. */
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
  /** Filled by `draw`, so that no object is made per delivery. */
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

  /**
   * One receiver's draw after a delivery of `flow`. Its outcome's row is the one whose source stands in the instance.
   * @param messageKey hash of the delivered message, its branch and its receiver
   * @param instance   of area kind `boundKind`
   * @returns whether there is an answer, in `answer`
   */
  draw(flow: number, messageKey: number, boundKind: number, instance: number, nowS: number): boolean {
    const { plan, sourceStart } = this.program;
    const { causes, sources, areas } = plan;
    const trigger = this.triggers[flow]!;
    const key = combine(messageKey, trigger.key);
    const u = unitOf(combine(key, 0));
    const outcome = trigger.outcomes.find(({ upTo }) => u < upTo);
    if (outcome === undefined) return false;
    for (const cause of outcome.rows) {
      const row = causes.source[cause];
      const i = servingInstance(areas, boundKind, instance, sources.kind[row]);
      const nth = i - sources.firstInstance[row];
      if (nth < 0 || nth >= sources.instanceCount[row]) continue;
      this.answer.row = row;
      this.answer.sourceInstance = sourceStart[row] + nth;
      this.answer.instance = i;
      this.answer.number = combine(key, this.sourceKey[row]);
      this.answer.atS = nowS + causes.delayS[cause] + unitOf(combine(key, 1)) * causes.spreadS[cause];
      return true;
    }
    return false;
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
