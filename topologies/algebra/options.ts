import type { ReferenceModel } from '../model.js';
import { enumerateOptions, printOption } from './enumerate.js';
import type { Expression } from './expression.js';

/** A path option of an expression. */
export interface NumberedOption {
  /** From 1, counted apart for each end. */
  readonly number: number;
  readonly refs: readonly string[];
  /** `1Aa + 1B + 1Cba + 1Cc + 1D` */
  readonly expression: string;
  /** Actor at the field end of the last data flow; its reference, when the model does not know it. */
  readonly end: string;
  /** Decisions that take this option, e.g. `{ cis: 'mdms', backhaul: 'IW' }`. */
  readonly decisions: Readonly<Record<string, string>>;
}

/**
 * The options of an expression, numbered as table 5.4.1 orders the deployment profiles: by the values of the decisions,
 * in the order of decisions.yaml (direct before via MDMS; W, IW, IIW), and in the order of the text where no decision
 * tells two apart. Options to different ends are numbered apart, so that the example of section 4.19 has options 1 to 6
 * to each kind of meter.
 * @throws AlgebraError when there are more than 10,000 options
 */
export function numberOptions(expression: Expression, model: ReferenceModel): NumberedOption[] {
  const options = enumerateOptions(expression).map((refs) => {
    const decisions: Record<string, string> = {};
    for (const ref of refs) Object.assign(decisions, model.findDataFlow(ref)?.option);
    const last = refs[refs.length - 1]!;
    return { refs, expression: printOption(refs), end: model.findDataFlow(last)?.to ?? last, decisions };
  });
  const ranks = options.map(({ decisions }) =>
    model.decisions.map(({ name, values }) => (name in decisions ? values.indexOf(decisions[name]!) : -1)),
  );
  const ends = [...new Set(options.map((option) => option.end))];
  return ends.flatMap((end) =>
    options
      .map((option, i) => ({ option, rank: ranks[i]! }))
      .filter(({ option }) => option.end === end)
      .sort((a, b) => compareRanks(a.rank, b.rank))
      .map(({ option }, i) => ({ number: i + 1, ...option })),
  );
}

/** The options that agree with decisions; a decision that an option does not depend on does not matter. */
export function selectOptions(
  options: readonly NumberedOption[],
  wanted: Readonly<Record<string, string>>,
): NumberedOption[] {
  return options.filter(({ decisions }) =>
    Object.entries(decisions).every(([name, value]) => !(name in wanted) || wanted[name] === value),
  );
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((rank, i) => rank !== b[i]);
  return index < 0 ? 0 : a[index]! - b[index]!;
}
