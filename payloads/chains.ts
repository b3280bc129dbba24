import type { Catalogue, CatalogueFlow, Range } from './types.js';

/** A sub-total as the source prints it under a table of legs. */
export interface PrintedSubTotal {
  readonly figure: 'latency' | 'reliability' | 'size';
  readonly text: string;
  /** Seconds, share or bytes (the most). */
  readonly value: number;
}

/** Flows that pass one thing on, leg after leg. */
export interface Chain {
  readonly name: string;
  readonly section: string;
  /** Flow ids; a leg has several where its receivers are several flows of one row. */
  readonly legs: readonly (readonly string[])[];
  readonly printed: readonly PrintedSubTotal[];
}

/** One leg in numbers: those of its first flow, which its others share. */
export interface LegFigures {
  readonly flows: readonly string[];
  readonly budgetS: number;
  readonly reliability: number;
  readonly sizeB: Range;
}

/** What the legs add up to, and which of them a printed sub-total covers. */
export interface ChainFigures {
  readonly name: string;
  readonly section: string;
  readonly legs: readonly LegFigures[];
  /** Over all legs: sum of budgets, product of shares, sum of sizes. */
  readonly budgetS: number;
  readonly reliability: number;
  readonly sizeB: Range;
  /** `legs` counts from 0. */
  readonly printed: readonly (PrintedSubTotal & { readonly legs: readonly number[] })[];
}

const SECTION = '4.5.4.2';
const PRINTED: readonly PrintedSubTotal[] = [
  { figure: 'latency', text: '< 22 sec', value: 22 },
  { figure: 'reliability', text: '> 96%', value: 0.96 },
  { figure: 'size', text: '100 - 200', value: 200 },
];

/** Both tables of section 4.5.4.2: from the storage unit to whoever must know of its customers. */
export const CHAINS: readonly Chain[] = [
  islanding('into island mode', 'distr_cust_storage_in-island-mode_alarm', 'on_distr-cust-strg_alarm'),
  islanding('out of island mode', 'distr_cust_storage_out-of-island-mode_alert', 'off_distr_cust_strg_alert'),
];

function islanding(name: string, unit: string, customer: string): Chain {
  const own = ['storage', 'fep', 'lms'].map((leg) => [`${SECTION}/${unit}/${leg}`]);
  const last = ['mdms', 'display'].map((leg) => `${SECTION}/${customer}/hop-1/${leg}`);
  return { name, section: SECTION, legs: [...own, last], printed: PRINTED };
}

/**
 * Budgets, reliabilities and sizes of a chain over all its legs, and the legs that each printed sub-total covers: the
 * longest run of last legs that keeps it. A sum or product over independent legs; O(legs²).
 * @throws Error when the catalogue has no such flow: a fault of fanplan
 */
export function chainFigures({ name, section, legs, printed }: Chain, catalogue: Catalogue): ChainFigures {
  const figures = legs.map((flows) => legFigures(flows, catalogue));
  const over = (from: number) => figures.slice(from);
  const budgetOf = (run: readonly LegFigures[]) => run.reduce((sum, leg) => sum + leg.budgetS, 0);
  const shareOf = (run: readonly LegFigures[]) => run.reduce((product, leg) => product * leg.reliability, 1);
  const bytesOf = (run: readonly LegFigures[], end: 'least' | 'most') =>
    run.reduce((sum, leg) => sum + leg.sizeB[end], 0);
  const keeps = (from: number, { figure, value }: PrintedSubTotal) => {
    if (figure === 'latency') return budgetOf(over(from)) <= value;
    return figure === 'size' ? bytesOf(over(from), 'most') <= value : shareOf(over(from)) >= value;
  };
  const numbers = figures.map((_, leg) => leg);
  return {
    name,
    section,
    legs: figures,
    budgetS: budgetOf(figures),
    reliability: shareOf(figures),
    sizeB: { least: bytesOf(figures, 'least'), most: bytesOf(figures, 'most') },
    printed: printed.map((subTotal) => ({
      ...subTotal,
      legs: numbers.slice(numbers.findIndex((from) => keeps(from, subTotal))),
    })),
  };
}

function legFigures(flows: readonly string[], catalogue: Catalogue): LegFigures {
  const { latency, reliability, size } = flowOf(flows[0]!, catalogue);
  const shares = reliability.tiers.map((tier) => tier.share);
  if ('missing' in size.sizeB || typeof shares[0] !== 'number') throw new Error(`${flows[0]} leaves figures open`);
  return { flows, budgetS: latency.budgetS.least, reliability: shares[0], sizeB: size.sizeB };
}

function flowOf(id: string, catalogue: Catalogue): CatalogueFlow {
  for (const row of catalogue.rows) for (const flow of row.flows) if (flow.id === id) return flow;
  throw new Error(`the catalogue has no flow ${id}`);
}
