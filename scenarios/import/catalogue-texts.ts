import { basename } from 'node:path';
import { stringify } from 'yaml';
import { CELL_NAMES, type PayloadEntry, type RowEntry } from '../../payloads/schema.js';
import type { RequirementSet } from './children.js';
import { type CellsOf, flowEntries, statesAnything } from './flow-entries.js';
import type { KnownNames } from './known-names.js';
import type { PayloadFacts } from './payload-rows.js';
import type { RequirementLayout, RequirementRow } from './requirement-rows.js';

export interface CatalogueFiles {
  /** Texts by file name. */
  readonly texts: ReadonlyMap<string, string>;
  /** References of parents that are kept and cannot run, since their how-often has no value. */
  readonly withoutRate: readonly string[];
}

/** Where a catalogue comes from. */
export interface Origin {
  readonly id: string;
  readonly file: string;
  readonly sheet: string;
}

/** The files of a catalogue of these sets; every one of their cells was read. */
export function catalogueTexts(
  sets: readonly RequirementSet[],
  layout: RequirementLayout,
  facts: ReadonlyMap<string, PayloadFacts>,
  names: KnownNames,
  origin: Origin,
): CatalogueFiles {
  const source = basename(origin.file);
  const withoutRate: string[] = [];
  const open = new Map<string, { readonly symbol: string; readonly ref: string }>();
  const useCases = new Map<string, { name: string; sets: RequirementSet[] }>();
  for (const set of sets) {
    const name = set.parent.texts.useCase || 'Requirements';
    const id = `${origin.id}-${slug(name)}`;
    useCases.set(id, { name, sets: [...(useCases.get(id)?.sets ?? []), set] });
  }
  const texts = new Map<string, string>();
  const write = (name: string, value: unknown) =>
    texts.set(
      name,
      `# From ${source}${origin.sheet === '' ? '' : `, sheet ${origin.sheet}`}\n${stringify(value, { lineWidth: 0 })}`,
    );

  let section = 0;
  for (const [id, useCase] of useCases) {
    section++;
    const payloads: Record<string, PayloadEntry> = {};
    const scenarios = useCase.sets.map(({ parent, children }) => {
      const { ref, payload, scenario } = parent.texts;
      const fact = facts.get(payload);
      if (fact !== undefined && payloads[payload] === undefined) {
        payloads[payload] = { section: ref, ...given('lics', fact.lics), ...given('cia', fact.cia) };
      }
      const entry = parentEntry(parent, layout, fact, names);
      if (entry.isWithoutRate) withoutRate.push(ref);
      for (const { name, symbol } of entry.open) open.set(name, { symbol, ref });
      return { section: ref, title: scenario || payload, rows: [entry.row, ...children.map(childEntry)] };
    });
    write(`${slug(useCase.name)}.yaml`, {
      catalogue: 1,
      system: source,
      source,
      useCase: { id, name: useCase.name, section: String(section), prerequisites: [], thirdParty: false },
      ...(Object.keys(payloads).length > 0 ? { payloads } : {}),
      scenarios,
    });
  }
  write('catalogue.yaml', { catalogue: 1, id: origin.id, title: source, profile: 'required' });
  write('populations.yaml', [...names.usedPopulations]);
  if (names.usedEvents.size > 0) write('events.yaml', [...names.usedEvents]);
  if (open.size > 0)
    write(
      'missing.yaml',
      [...open].map(([name, value]) => missingEntry(name, value)),
    );
  const spellings = sets.flatMap(({ parent, children }) => [parent, ...children].flatMap(actorTexts));
  const aliases = names.actorAliases(new Set(spellings));
  if (Object.keys(aliases).length > 0) write('mappings.yaml', { actorAliases: aliases });
  return { texts, withoutRate };
}

function parentEntry(
  row: RequirementRow,
  layout: RequirementLayout,
  fact: PayloadFacts | undefined,
  names: KnownNames,
): { row: RowEntry; open: readonly { name: string; symbol: string }[]; isWithoutRate: boolean } {
  const base = { payload: row.texts.payload, type: row.type!, ...given('attributes', fact?.attributes ?? '') };
  const cells = cellsOf(row, layout);
  const note = noteOf(row);
  const found = flowEntries(row, names);
  if (found === undefined) return { row: { ...base, origin: 'detail', cells, ...note }, open: [], isWithoutRate: true };
  const { flows, readings, open } = found;
  const more = { ...(statesAnything(found) ? { flows } : {}), ...(readings.length > 0 ? { readings } : {}) };
  return { row: { ...base, cells, ...more, ...note }, open, isWithoutRate: false };
}

/** A hop of its parent's path: kept as it stands, and counted with its parent. */
function childEntry(row: RequirementRow): RowEntry {
  const texts = Object.entries(cellsOf(row)).filter(([, text]) => text !== '');
  return {
    payload: row.texts.payload,
    type: row.type!,
    origin: 'detail',
    cells: Object.fromEntries(texts),
    ...noteOf(row),
  };
}

function cellsOf({ texts }: RequirementRow, layout?: RequirementLayout): CellsOf {
  // A sheet without the columns of PAP02 says nothing of load cases: its rows count in both.
  const mark = (key: 'baseload' | 'highload') =>
    layout !== undefined && layout.at[key] === undefined ? 'X' : texts[key];
  return Object.fromEntries(
    CELL_NAMES.map((name) => [name, name === 'baseload' || name === 'highload' ? mark(name) : texts[name]]),
  );
}

function noteOf({ texts, at }: RequirementRow): { note: string; lines: string } {
  const parts = [texts.requirement, texts.dataFlow === '' ? '' : `data flow ${texts.dataFlow}`].filter(
    (part) => part !== '',
  );
  return { note: `${texts.ref}: ${parts.join('; ')}`, lines: `row ${at + 1}` };
}

function missingEntry(name: string, { symbol, ref }: { symbol: string; ref: string }): object {
  const unit = /[kM]?B$/.exec(symbol)?.[0] ?? '';
  const isShare = symbol === 'xx' || symbol === 'yy';
  return {
    name,
    value: isShare ? 0.98 : 1,
    unit,
    reason: `requirement ${ref} leaves ${symbol} open; ${isShare ? '98%' : 'one'} until a scenario says otherwise`,
  };
}

function actorTexts({ texts }: RequirementRow): string[] {
  return [texts.from, texts.to].flatMap((cell) => cell.split(',').map((text) => text.trim()));
}

/** Small letters, digits and hyphens. */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `c-${plain}`.replace(/-$/, '');
}

function given<K extends string>(key: K, text: string): { [P in K]?: string } {
  return text === '' ? {} : ({ [key]: text } as { [P in K]?: string });
}
