import { basename } from 'node:path';
import { type Diagnostic, InputError } from '../base/diagnostics.js';
import { hashOf } from './hash.js';
import { resolveAnswers } from './load/answers.js';
import { countsOf, eventsOf, missingOf, Names, populationsOf } from './load/names.js';
import { withPrefix } from './load/prefix.js';
import { type DraftRow, readRow } from './load/row.js';
import { type CatalogueTexts, type Lists, parseSources, readFolder, type Source } from './load/source.js';
import { unknownName } from './load/unknown.js';
import type { PayloadEntry, RowEntry, UseCaseFile } from './schema.js';
import { CATALOGUE_VERSION, type Catalogue, type CatalogueRow, type UseCase } from './types.js';

export interface LoadOptions {
  /** Every actor that rows may name; without it, actors are not checked. */
  readonly actors?: readonly string[];
  /** What distinguishes the catalogue besides its folder, e.g. actors of its own; goes into its hash. */
  readonly with?: unknown;
}

/**
 * Reads a catalogue folder: one YAML file per use case, and populations, events, missing, counts, rules and mappings beside
 * them; see docs/catalogue-format.md.
 *
 *   texts ─schema─> sources ─grammars, names─> draft rows ─answers─> rows ─hash─> Catalogue
 *
 * @throws InputError with everything that is wrong, file by file: first what keeps a file from being understood (its
 *   rows are then not looked at), in the other files what their rows refer to or fail to say. AccessError when a file
 *   cannot be read.
 */
export function loadCatalogue(folder: string, options: LoadOptions = {}): Catalogue {
  return catalogueOf(readFolder(folder), { name: basename(folder), ...options });
}

/** As `loadCatalogue`, from texts by file name. @param options.name id of a catalogue without a head */
export function catalogueOf(texts: CatalogueTexts, options: LoadOptions & { readonly name?: string } = {}): Catalogue {
  const { useCases, head, lists, complete, problems } = parseSources(texts);
  if (lists === undefined) throw inputError(problems);
  const names = new Names(lists, options.actors);
  const drafts = useCases.flatMap((source) => draftRows(source, names));
  if (!complete) throw inputError(problems);

  checkUseCases(useCases, lists);
  checkRules(lists, drafts);
  const rows = finishedRows(useCases, drafts);
  if (problems.some((found) => found.length > 0)) throw inputError(problems);

  const order = (a: UseCase, b: UseCase) => compareSections(a.section, b.section) || (a.id < b.id ? -1 : 1);
  const sorted = useCases.map(({ value }) => value.useCase).sort(order);
  const content = {
    version: CATALOGUE_VERSION,
    system: useCases[0]?.value.system ?? '',
    source: useCases[0]?.value.source ?? '',
    useCases: sorted,
    rows: sorted.flatMap(({ id }) => rows.filter((row) => row.useCase === id)),
    populations: populationsOf(lists),
    events: eventsOf(lists),
    missing: missingOf(lists),
    mappings: {
      distributionAutomation: lists.mappings.value.distributionAutomation ?? [],
      updateMethods: lists.mappings.value.updateMethods ?? [],
    },
  } satisfies Omit<Catalogue, 'hash' | 'id' | 'needsProfile' | 'counts' | 'rules' | 'systems'>;
  const id = head?.id ?? options.name ?? '';
  const counts = countsOf(lists);
  const rules = lists.rules.value;
  // What a catalogue does not have does not enter its hash, so that the hash outlives new parts of the format.
  const own = {
    ...(head === undefined ? {} : { head }),
    ...(counts.length === 0 ? {} : { counts }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(options.with === undefined ? {} : { with: options.with }),
  };
  return {
    ...content,
    ...(head === undefined ? {} : { system: head.title, rows: withPrefix(head.id, content.rows) }),
    id,
    systems: [{ id, useCases: sorted.map((useCase) => useCase.id) }],
    needsProfile: head?.profile !== 'optional',
    counts,
    rules,
    hash: hashOf({ ...content, ...own }),
  };
}

/** The rows of one file. Hops of a path (`detail`) are numbered, since a payload has several in one section. */
function draftRows({ yaml, value }: Source<UseCaseFile>, names: Names): DraftRow[] {
  const hops = new Map<string, number>();
  const idOf = (section: string, entry: RowEntry): string => {
    const id = `${section}/${entry.payload}`;
    if (entry.origin !== 'detail') return id;
    hops.set(id, (hops.get(id) ?? 0) + 1);
    return `${id}/hop-${hops.get(id)}`;
  };
  return (value.scenarios ?? []).flatMap(({ section, title, rows }, s) =>
    rows.map((entry, r) => {
      const scenario = { useCase: value.useCase.id, section, title };
      return readRow(yaml, ['scenarios', s, 'rows', r], scenario, entry, idOf(section, entry), names);
    }),
  );
}

/** Resolves what goes across rows and files: ids, copies, answers, LICs and C-I-A, payloads without a table. */
function finishedRows(useCases: readonly Source<UseCaseFile>[], drafts: readonly DraftRow[]): CatalogueRow[] {
  const byId = new Map<string, DraftRow>();
  for (const draft of drafts) {
    const { id, copyOf } = draft.row;
    if (byId.has(id)) {
      const at = [...draft.path, 'payload'];
      draft.yaml.report(at, {
        code: 'DUPLICATE',
        message: 'this section has a row of this payload already',
        found: id,
      });
    }
    byId.set(id, draft);
    if (copyOf !== undefined && !drafts.some(({ row }) => row.id === copyOf && row.copyOf === undefined)) {
      draft.yaml.report(
        [...draft.path, 'copyOf'],
        unknownName(
          'there is no row of this name',
          copyOf,
          drafts.map(({ row }) => row.id),
        ),
      );
    }
  }
  const answers = resolveAnswers(drafts);
  const categories = categoriesOf(useCases);
  const finished = drafts.map(({ row, flows }): CatalogueRow => {
    const entry = categories(row.useCase, row.payload);
    return {
      ...row,
      lics: textOrNull(entry?.lics),
      cia: textOrNull(entry?.cia),
      flows: flows.map(({ flow }) => {
        const answer = answers.get(flow.id);
        return answer === undefined ? flow : { ...flow, answers: answer };
      }),
    };
  });
  const inTables = drafts.filter(({ row }) => row.origin !== 'derived');
  return [...finished, ...listedRows(useCases, new Set(inTables.map(({ row }) => row.payload)))];
}

/** Finds the Applicable Payload entry of a payload: in the file of its use case, else in the first that lists it. */
function categoriesOf(
  useCases: readonly Source<UseCaseFile>[],
): (useCase: string, payload: string) => PayloadEntry | undefined {
  return (useCase, payload) => {
    const own = useCases.find(({ value }) => value.useCase.id === useCase)?.value.payloads?.[payload];
    return own ?? useCases.map(({ value }) => value.payloads?.[payload]).find((entry) => entry !== undefined);
  };
}

/**
 * Payloads of the Applicable Payload tables that stand in no scenario table, one row each; derived rows may carry their
 * flows. Where several tables list one, the entry that states its type counts.
 */
function listedRows(useCases: readonly Source<UseCaseFile>[], inTables: ReadonlySet<string>): CatalogueRow[] {
  const listings = new Map<string, { source: Source<UseCaseFile>; entry: PayloadEntry }[]>();
  for (const source of useCases) {
    for (const [payload, entry] of Object.entries(source.value.payloads ?? {})) {
      if (!inTables.has(payload)) listings.set(payload, [...(listings.get(payload) ?? []), { source, entry }]);
    }
  }
  return [...listings].flatMap(([payload, entries]) => {
    const { source, entry } = entries.find((listing) => listing.entry.type !== undefined) ?? entries[0];
    if (entry.type === undefined) {
      const message = 'the payload stands in no scenario table, so its type must stand here';
      source.yaml.report(['payloads', payload, 'type'], { code: 'MISSING_KEY', message });
      return [];
    }
    return [
      {
        id: `${entry.section}/${payload}`,
        origin: 'listed' as const,
        useCase: source.value.useCase.id,
        section: entry.section,
        businessScenario: '',
        payload,
        type: entry.type,
        attributes: '',
        lics: textOrNull(entry.lics),
        cia: textOrNull(entry.cia),
        cells: null,
        flows: [],
        readings: [],
      },
    ];
  });
}

/** Rules may name payloads of the catalogue only; a limit of a count has its rule beside it. */
function checkRules({ rules, counts }: Lists, drafts: readonly DraftRow[]): void {
  const payloads = [...new Set(drafts.map(({ row }) => row.payload))];
  rules.value.forEach((rule, i) => {
    rule.payloads.forEach((payload, k) => {
      if (payloads.includes(payload)) return;
      rules.yaml.report([i, 'payloads', k], unknownName('there is no payload of this name', payload, payloads));
    });
    const rows = drafts.filter(({ row }) => rule.payloads.includes(row.payload));
    const labels = rows.flatMap(({ flows }) => flows.flatMap(({ flow }) => flow.label ?? []));
    rule.labels?.forEach((label, k) => {
      if (labels.includes(label)) return;
      rules.yaml.report([i, 'labels', k], unknownName('no flow of these payloads has this label', label, labels));
    });
  });
  counts.value.forEach(({ most, rule }, i) => {
    if ((most === undefined) === (rule === undefined)) return;
    const lacking = most === undefined ? 'most' : 'rule';
    counts.yaml.report([i, lacking], { code: 'MISSING_KEY', message: 'most and rule stand together' });
  });
}

function checkUseCases(useCases: readonly Source<UseCaseFile>[], { mappings }: Lists): void {
  const ids = useCases.map(({ value }) => value.useCase.id);
  useCases.forEach(({ yaml, value }, i) => {
    const { id, prerequisites } = value.useCase;
    if (ids.indexOf(id) < i) {
      yaml.report(['useCase', 'id'], { code: 'DUPLICATE', message: 'another file has this use case', found: id });
    }
    prerequisites.forEach((other, k) => {
      if (!ids.includes(other))
        yaml.report(['useCase', 'prerequisites', k], unknownName('there is no use case of this name', other, ids));
    });
  });
  mappings.value.distributionAutomation?.forEach((mapping, i) => {
    mapping.useCases.forEach((other, k) => {
      const path = ['distributionAutomation', i, 'useCases', k];
      if (!ids.includes(other))
        mappings.yaml.report(path, unknownName('there is no use case of this name', other, ids));
    });
  });
}

function textOrNull(value: string | number | null | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}

/** `4.9` before `4.10`, `CORE-2` before `CORE-10`. */
function compareSections(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Problems in the order of the files, and in each in the order of its lines. */
function inputError(problems: readonly (readonly Diagnostic[])[]): InputError {
  const place = (a: Diagnostic, b: Diagnostic) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  return new InputError(problems.flatMap((found) => [...found].sort(place)));
}
