import type { FlowEntry, RowEntry } from '../../payloads/schema.js';
import type { Missing } from '../../payloads/types.js';
import type { KnownNames } from './known-names.js';
import type { RequirementRow } from './requirement-rows.js';

type Field = 'latency' | 'reliability' | 'when' | 'size';
const FIELDS: readonly Field[] = ['latency', 'reliability', 'when', 'size'];

/** What the sheet leaves open: a symbol of a cell and the name that it has in the catalogue. */
export interface OpenValue {
  readonly name: string;
  readonly symbol: string;
}

export interface RowFlows {
  readonly flows: readonly FlowEntry[];
  readonly readings: readonly string[];
  readonly open: readonly OpenValue[];
}

/**
 * The flows of a parent row: one for each term of its how-often. Where another cell has as many alternatives, the n-th
 * belongs to the n-th term; where it has another number, the strictest holds for each, and a reading says so.
 * @returns undefined when a cell was not read or the how-often has no value
 */
export function flowEntries(row: RequirementRow, names: KnownNames): RowFlows | undefined {
  const { howOften, from, to } = row;
  if (!howOften || !from || !to || FIELDS.some((field) => row[field] === undefined)) return undefined;
  const readings = new Set<string>();
  const open = new Map<string, OpenValue>();
  const several = howOften.length > 1;
  const isHigh = !/^(0|)$/.test(row.texts.highload);
  if (several) readings.add('alternatives of cells with as many as the how-often belong together in their order');

  const flows = howOften.flatMap((term, nth): FlowEntry[] => {
    if (term.kind === 'elsewhere') return [];
    if (names.isAliasOfPopulation(term.population)) readings.add(`${term.population} is another spelling`);
    if (term.kind === 'event' && term.statedRate !== undefined)
      readings.add('the rate printed with the event is kept aside');
    const parts = FIELDS.map((field) => [field, chosen(row, field, nth, howOften.length, readings)] as const);
    const fields = Object.fromEntries(parts.flatMap(([field, part]) => (part.isOnly ? [] : [[field, part.text]])));
    const when = parts.find(([field]) => field === 'when')![1];
    const isPeriod = row.when!.find(({ text }) => text === when.text)?.kind === 'period';
    const symbols = [
      ...symbolsOf([term.times, term.multiplier]),
      ...symbolsOf(row.size!.filter(({ text }) => text === textOf(parts, 'size')).map(({ sizeB }) => sizeB)),
      ...symbolsOf(
        row
          .reliability!.filter(({ text }) => text === textOf(parts, 'reliability'))
          .flatMap(({ tiers }) => tiers.map(({ share }) => share)),
      ),
    ];
    for (const symbol of symbols) open.set(symbol, { symbol, name: `${row.texts.ref}-${symbol}` });
    const missing = Object.fromEntries(symbols.map((symbol) => [symbol, open.get(symbol)!.name]));
    return [
      {
        ...(several ? { label: `term-${nth + 1}`, howOften: term.text } : {}),
        ...group('from', from, nth, howOften.length, readings),
        ...group('to', to, nth, howOften.length, readings),
        ...fields,
        ...(isPeriod ? { mode: 'dsdr', loads: isHigh ? (['highload'] as const) : [] } : {}),
        ...(symbols.length > 0 ? { missing } : {}),
      },
    ];
  });
  if (flows.length === 0) return undefined;
  return {
    flows: flows.map((flow, _, all) => withoutLabel(flow, all)),
    readings: [...readings],
    open: [...open.values()],
  };
}

/** Whether any flow says more than its row's cells do. */
export function statesAnything({ flows }: RowFlows): boolean {
  return flows.some((flow) => Object.keys(flow).length > 0);
}

export type CellsOf = NonNullable<RowEntry['cells']>;

function withoutLabel(flow: FlowEntry, all: readonly FlowEntry[]): FlowEntry {
  if (all.length > 1) return flow;
  const { label: _, ...rest } = flow;
  return rest;
}

interface Chosen {
  readonly text: string;
  /** The cell has no other. */
  readonly isOnly: boolean;
}

function chosen(row: RequirementRow, field: Field, nth: number, terms: number, readings: Set<string>): Chosen {
  const texts = row[field]!.map(({ text }) => text);
  if (texts.length === 1) return { text: texts[0]!, isOnly: true };
  if (texts.length === terms) return { text: texts[nth]!, isOnly: false };
  readings.add(`of ${texts.length} alternatives of ${field} the strictest is taken: ${strictest(row, field)}`);
  return { text: strictest(row, field), isOnly: false };
}

/** Shortest latency, highest share, largest size; of windows the one that always holds, else the first. */
function strictest(row: RequirementRow, field: Field): string {
  const most = <T extends { readonly text: string }>(list: readonly T[], rank: (entry: T) => number) =>
    list.reduce((a, b) => (rank(b) > rank(a) ? b : a)).text;
  switch (field) {
    case 'latency':
      return most(row.latency!, ({ budgetS }) => -budgetS.least);
    case 'reliability':
      return most(row.reliability!, ({ tiers }) =>
        Math.max(...tiers.map(({ share }) => (typeof share === 'number' ? share : 0))),
      );
    case 'size':
      return most(row.size!, ({ sizeB }) => ('missing' in sizeB ? 0 : sizeB.most));
    case 'when':
      return most(row.when!, ({ kind }) => (kind === 'always' ? 2 : kind === 'period' ? 0 : 1));
  }
}

function group(
  side: 'from' | 'to',
  groups: readonly (readonly string[])[],
  nth: number,
  terms: number,
  readings: Set<string>,
): { from?: readonly string[]; to?: readonly string[] } {
  if (groups.length === 1) return {};
  if (groups.length === terms) return { [side]: groups[nth]! };
  readings.add(`the groups of ${side} are one group`);
  return { [side]: [...new Set(groups.flat())] };
}

function textOf(parts: readonly (readonly [Field, Chosen])[], field: Field): string {
  return parts.find(([name]) => name === field)![1].text;
}

function symbolsOf(values: readonly (Missing | object | number | undefined)[]): string[] {
  return values.flatMap((value) =>
    typeof value === 'object' && value !== null && 'missing' in value ? [(value as Missing).missing] : [],
  );
}
