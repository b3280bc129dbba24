import type { Answer } from '../types.js';
import type { DraftFlow } from './flow.js';
import type { DraftRow } from './row.js';
import { unknownName } from './unknown.js';

/**
 * Resolves `answers.to` of every flow to the id of one flow. The text may be a flow's id, a row's id, or the name of a
 * payload: then the row of the same section is meant, else the only one of the use case, else the only one at all. Of a
 * row with several flows, the one with the same label is meant.
 * @returns the resolved answer of each flow that has one, by flow id; what cannot be resolved is reported
 */
export function resolveAnswers(rows: readonly DraftRow[]): Map<string, Answer> {
  const resolver = new Resolver(rows);
  const resolved = new Map<string, Answer>();
  for (const row of rows) {
    for (const draft of row.flows) {
      const to = draft.answers && resolver.target(row, draft, draft.answers.answer.to);
      if (to !== undefined) resolved.set(draft.flow.id, { ...draft.answers!.answer, to });
    }
  }
  reportCircles(rows, resolved);
  return resolved;
}

class Resolver {
  readonly #flows = new Set<string>();
  readonly #rows = new Map<string, DraftRow>();
  readonly #payloads = new Map<string, DraftRow[]>();

  constructor(rows: readonly DraftRow[]) {
    for (const row of rows) {
      for (const { flow } of row.flows) this.#flows.add(flow.id);
      this.#rows.set(row.row.id, row);
      if (row.row.copyOf !== undefined || row.row.origin === 'detail') continue;
      const { payload } = row.row;
      this.#payloads.set(payload, [...(this.#payloads.get(payload) ?? []), row]);
    }
  }

  target(row: DraftRow, draft: DraftFlow, text: string): string | undefined {
    const path = [...draft.answers!.path, 'to'];
    if (this.#flows.has(text) && (this.#rows.get(text)?.flows.length ?? 1) === 1) return text;
    const rows = this.#rows.has(text) ? [this.#rows.get(text)!] : this.#closest(row, text);
    if (rows.length === 0) {
      const known = [...this.#payloads.keys(), ...this.#flows];
      row.yaml.report(path, unknownName('there is no payload, row or flow of this name', text, known));
      return undefined;
    }
    const flows = rows.flatMap((candidate) => candidate.flows.map(({ flow }) => flow));
    const [only, ...others] = flows.length === 1 ? flows : flows.filter(({ label }) => label === draft.flow.label);
    if (only !== undefined && others.length === 0) return only.id;
    if (rows.some((candidate) => !candidate.complete)) return undefined; // its own problems are reported
    row.yaml.report(path, {
      code: 'CONFLICT',
      message: flows.length === 0 ? 'what is answered has no flows' : `${flows.length} flows may be meant; name one`,
      found: text,
      ...(flows.length === 0 ? {} : { allowed: flows.map(({ id }) => id).join(', ') }),
    });
    return undefined;
  }

  #closest(from: DraftRow, payload: string): DraftRow[] {
    const all = this.#payloads.get(payload) ?? [];
    const section = all.filter((row) => row.row.section === from.row.section);
    if (section.length > 0) return section;
    const useCase = all.filter((row) => row.row.useCase === from.row.useCase);
    return useCase.length > 0 ? useCase : all;
  }
}

/** An answer that leads back to itself would go on for ever. O(flows × chain). */
function reportCircles(rows: readonly DraftRow[], answers: ReadonlyMap<string, Answer>): void {
  for (const row of rows) {
    for (const { flow, answers: own } of row.flows) {
      const seen = new Set<string>();
      let at: string | undefined = flow.id;
      while (at !== undefined && !seen.has(at)) {
        seen.add(at);
        at = answers.get(at)?.to;
      }
      if (at !== flow.id) continue;
      row.yaml.report([...own!.path, 'to'], {
        code: 'CONFLICT',
        message: 'the answers go round in a circle',
        found: [...seen, flow.id].join(' > '),
      });
    }
  }
}
