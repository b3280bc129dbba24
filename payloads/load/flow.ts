import type { KeyPath, PositionedYaml } from '../../base/yaml.js';
import type { HowOftenTerm } from '../grammar/how-often.js';
import { parseDuration } from '../grammar/numbers.js';
import { fold } from '../grammar/text.js';
import type { AnswerEntry, FlowEntry, RowEntry } from '../schema.js';
import type {
  Answer,
  CatalogueFlow,
  HowOften,
  LoadCase,
  Missing,
  Quantity,
  Reliability,
  ReliabilityTier,
  Size,
  When,
} from '../types.js';
import { type Field, type FieldName, mayBeBlank, PARSERS, parsed, type ReadCells } from './cells.js';
import type { Found, Index, Names } from './names.js';

/** A flow whose answer is still a text, with the place of that text. */
export interface DraftFlow {
  readonly flow: CatalogueFlow;
  readonly answers: { readonly answer: Answer; readonly path: KeyPath } | undefined;
}

/** What flows of one row share. */
export interface RowPlace {
  readonly yaml: PositionedYaml;
  readonly path: KeyPath;
  readonly entry: RowEntry;
  readonly id: string;
  readonly cells: ReadCells;
  readonly names: Names;
}

/**
 * Resolves one flow: fields that it does not state come from the row's cells, which must then hold one alternative;
 * names and symbols are looked up; whatever goes beyond the cells needs a reading.
 * @param path of the flow, or of the row when the row states no flows
 * @returns undefined when something is wrong, all of which is reported
 */
export function readFlow(row: RowPlace, entry: FlowEntry, path: KeyPath): DraftFlow | undefined {
  const reader = new FlowReader(row, entry, path);
  const flow = reader.read();
  const at = [...(entry.answers === undefined ? row.path : path), 'answers'];
  const written = entry.answers ?? row.entry.answers;
  const answer = written && readAnswer(row, written, [...at, 'after']);
  return flow && { flow, answers: answer && { answer, path: at } };
}

function readAnswer({ yaml }: RowPlace, { after, ...answer }: AnswerEntry, path: KeyPath): Answer {
  if (after === undefined) return answer;
  return { ...answer, afterS: parsed(yaml, path, String(after), parseDuration) ?? 0 };
}

class FlowReader {
  readonly #row: RowPlace;
  readonly #entry: FlowEntry;
  readonly #path: KeyPath;
  /** Why a reading is needed. */
  readonly #decisions: string[] = [];
  readonly #usedSymbols = new Set<string>();
  #failed = false;

  constructor(row: RowPlace, entry: FlowEntry, path: KeyPath) {
    this.#row = row;
    this.#entry = entry;
    this.#path = path;
  }

  read(): CatalogueFlow | undefined {
    const entry = this.#entry;
    const from = this.#actors('from');
    const to = this.#actors('to');
    const term = this.#field('howOften');
    const howOften = term && this.#howOften(term);
    const latency = this.#field('latency');
    const reliability = this.#named(this.#field('reliability'));
    const when = this.#when(this.#field('when'));
    const size = this.#size(this.#field('size'));
    const loads = this.#loads();
    this.#checkSymbols();
    this.#checkReading();
    if (this.#failed || !from || !to || !howOften || !latency || !reliability || !when || !size) return undefined;
    return {
      id: entry.label === undefined ? this.#row.id : `${this.#row.id}/${entry.label}`,
      ...given(entry, 'label'),
      from,
      to,
      loads,
      ...given(entry, 'mode'),
      cast: entry.cast ?? castOf(this.#row.entry.payload),
      howOften,
      latency,
      reliability,
      when,
      size,
      ...given(entry, 'needs'),
      ...given(entry, 'choice'),
      ...given(entry, 'reading'),
      ...given(entry, 'assumed'),
    };
  }

  /** The one alternative of a field: stated by the flow, or else the cell's only one. */
  #field<F extends FieldName>(name: F): Field<F> | undefined {
    const stated = this.#entry[name];
    const cell = this.#row.cells.alternatives[name] as Field<F>[] | undefined;
    const parse = PARSERS[name] as (text: string) => Field<F>[];
    const options = stated === undefined ? cell : parsed(this.#yaml, this.#at(name), String(stated), parse);
    if (options === undefined) {
      if (stated === undefined && this.#isLeftBlank(name)) {
        this.#report([...this.#path, name], 'MISSING_KEY', `${name} is stated neither here nor in the cell`);
      }
      this.#failed = true;
      return undefined;
    }
    const [only, ...others] = options;
    if (others.length > 0) {
      const where = stated === undefined ? `the cell holds ${options.length} alternatives` : 'this is more than one';
      this.#report(this.#at(name), 'CONFLICT', `${where}; a flow has one ${name}`, {
        allowed: options.map((option) => option.text).join(' | '),
      });
      return undefined;
    }
    if (stated !== undefined && cell !== undefined && !cell.some((option) => option.text === only!.text)) {
      this.#decisions.push(`its ${name} is not one of the cell's alternatives`);
    }
    return only;
  }

  #howOften(term: HowOftenTerm): HowOften | undefined {
    const at = this.#at('howOften');
    if (term.kind === 'elsewhere') {
      return this.#fail(at, 'CONFLICT', 'the cell has no value; state howOften, with a reading', term.text);
    }
    const population = this.#found(at, this.#row.names.populations, term.population);
    if (population?.alias) this.#decisions.push(`${term.population} is counted as ${population.name}`);
    let times = this.#quantity(term.times);
    let multiplier = term.multiplier && this.#quantity(term.multiplier);
    if (multiplier !== undefined && 'missing' in multiplier) {
      if ('missing' in times)
        return this.#fail(at, 'CONFLICT', 'two symbols cannot be multiplied; keep one', term.text);
      [times, multiplier] = [multiplier, times]; // the product is the same, and only one factor may be a symbol
    }
    const base = this.#base(term);
    if (population === undefined || base === undefined) return undefined;
    return {
      text: term.text,
      times,
      perThousand: term.perThousand,
      population: population.name,
      ...base,
      ...(multiplier === undefined ? {} : { multiplier }),
    };
  }

  /**
   * What the times are counted in. `EVENT per PERIOD` is an event where events.yaml knows that whole text or the flow
   * names one; else the times are of that occasion, per period (`3 per | fdrDevice per | cntl program update per year`
   * are three updates a year).
   */
  #base(
    term: Exclude<HowOftenTerm, { kind: 'elsewhere' }>,
  ): Pick<HowOften, 'period' | 'event' | 'occasion' | 'statedRate'> | undefined {
    const at = this.#at('howOften');
    const stated = this.#entry.event;
    if (term.kind === 'period') {
      if (stated === undefined) return { period: term.period };
      return this.#fail(this.#at('event'), 'CONFLICT', 'the how-often counts in a period, so it has no event', stated);
    }
    const index = this.#row.names.events;
    const text = term.per === undefined ? term.event : `${term.event} per ${term.per.unit}`;
    const found = stated === undefined ? index.find(text) : this.#found(this.#at('event'), index, stated);
    if (found === undefined && stated !== undefined) return undefined;
    if (found === undefined && term.per !== undefined) return { period: term.per, occasion: term.event };
    if (found === undefined) {
      this.#failed = true;
      this.#yaml.report(at, index.unknown(text));
      return undefined;
    }
    if (term.statedRate !== undefined) this.#compareRate(found.name, term.statedRate);
    return { event: found.name, ...given(term, 'statedRate') };
  }

  #compareRate(event: string, stated: NonNullable<HowOften['statedRate']>): void {
    const perYear = this.#row.names.eventKinds.get(event)?.perYear;
    const scale = (365 * 86_400) / stated.period.periodS;
    const same = perYear?.least === stated.times.least * scale && perYear.most === stated.times.most * scale;
    if (!same) this.#decisions.push(`the rate printed with the event is not that of ${event}`);
  }

  #when(when: When | undefined): When | undefined {
    if (when === undefined) return undefined;
    const { mode } = this.#entry;
    if (when.kind === 'period' && mode !== when.period) {
      return this.#fail(this.#at('when'), 'CONFLICT', `this when belongs to mode: ${when.period}`, when.text);
    }
    if (when.kind !== 'deadline') return when;
    const event = this.#found(this.#at('when'), this.#row.names.events, when.event);
    return event && { ...when, event: event.name };
  }

  #named(reliability: Reliability | undefined): Reliability | undefined {
    const name = (tier: ReliabilityTier) =>
      typeof tier.share === 'number' ? tier : { ...tier, share: this.#missing(tier.share) };
    return reliability && { ...reliability, tiers: reliability.tiers.map(name) };
  }

  #size(size: Size | undefined): Size | undefined {
    return size && { ...size, sizeB: this.#quantity(size.sizeB), ...given(this.#entry, 'coupling') };
  }

  #quantity(quantity: Quantity): Quantity {
    return 'missing' in quantity ? this.#missing(quantity) : quantity;
  }

  /** Gives a symbol of the source the name that the flow, or its row, says. */
  #missing({ missing: symbol }: Missing): Missing {
    this.#usedSymbols.add(symbol);
    const ownPath = [...this.#path, 'missing', symbol];
    const own = this.#entry.missing?.[symbol];
    const name = own ?? this.#row.entry.missing?.[symbol];
    if (name === undefined) {
      this.#report(ownPath, 'MISSING_KEY', `the symbol ${symbol} has no name; add missing: { ${symbol}: name }`);
      return { missing: symbol };
    }
    const path = own === undefined ? [...this.#row.path, 'missing', symbol] : ownPath;
    return { missing: this.#found(path, this.#row.names.missing, name)?.name ?? name };
  }

  #checkSymbols(): void {
    for (const symbol of Object.keys(this.#entry.missing ?? {})) {
      if (this.#usedSymbols.has(symbol)) continue;
      const message = `no cell of this flow has the symbol ${symbol}`;
      this.#failed = true;
      this.#yaml.report([...this.#path, 'missing', symbol], {
        code: 'UNKNOWN_KEY',
        message,
        found: symbol,
        atKey: true,
      });
    }
  }

  #actors(side: 'from' | 'to'): string[] | undefined {
    const stated = this.#entry[side];
    const { yaml, names, path } = this.#row;
    const cell = this.#row.cells[side];
    if (stated !== undefined) {
      const printed = new Set((cell ?? []).flat().map((name) => names.actor(yaml, [...path, 'cells', side], name)));
      const actors = stated.map((name, i) => names.actor(yaml, [...this.#path, side, i], name));
      const others = cell === undefined ? [] : actors.filter((actor) => !printed.has(actor));
      if (others.length > 0) this.#decisions.push(`the cell ${side} does not name ${others.join(', ')}`);
      return actors;
    }
    if (cell === undefined) {
      this.#failed = true;
      if (this.#isLeftBlank(side))
        this.#report([...this.#path, side], 'MISSING_KEY', `${side} is stated neither here nor in the cell`);
      return undefined;
    }
    if (cell.length > 1) {
      const groups = cell.map((group) => group.join(', ')).join(' | ');
      this.#report(
        this.#at(side),
        'CONFLICT',
        `the cell holds ${cell.length} groups; say in flows which one ${side} is`,
        {
          allowed: groups,
        },
      );
      return undefined;
    }
    return cell[0]!.map((name) => names.actor(yaml, [...path, 'cells', side], name));
  }

  /** Blank or absent where it may be; elsewhere that is reported as a problem of the cell. */
  #isLeftBlank(name: FieldName | 'from' | 'to'): boolean {
    return mayBeBlank(this.#row.entry) && this.#row.cells.printed[name] === '';
  }

  #loads(): LoadCase[] {
    const cases = ['baseload', 'highload'] as const;
    const printed = cases.filter((load) => this.#row.cells[load]?.on === true);
    const stated = this.#entry.loads;
    // Documents without a requirements table know no load cases: what they say holds in each.
    if (this.#row.entry.origin === 'prose') return cases.filter((load) => stated?.includes(load) ?? true);
    if (stated === undefined) return printed;
    const others = stated.filter((load) => !printed.includes(load));
    if (others.length > 0) this.#decisions.push(`the cells do not mark ${others.join(' and ')}`);
    return cases.filter((load) => stated.includes(load));
  }

  #checkReading(): void {
    const explained = this.#entry.reading !== undefined || (this.#row.entry.readings ?? []).length > 0;
    if (this.#decisions.length === 0 || explained) return;
    this.#report([...this.#path, 'reading'], 'MISSING_KEY', `a reading must say why ${this.#decisions.join('; ')}`);
  }

  get #yaml(): PositionedYaml {
    return this.#row.yaml;
  }

  /** The place of a field: the flow's own, or else the cell's. */
  #at(name: keyof FlowEntry): KeyPath {
    return this.#entry[name] === undefined ? [...this.#row.path, 'cells', name] : [...this.#path, name];
  }

  #found(path: KeyPath, index: Index, text: string): Found | undefined {
    const found = index.find(text);
    if (found !== undefined) return found;
    this.#failed = true;
    this.#yaml.report(path, index.unknown(text));
    return undefined;
  }

  #report(
    path: KeyPath,
    code: 'CONFLICT' | 'MISSING_KEY',
    message: string,
    more: { allowed?: string; found?: string } = {},
  ): void {
    this.#failed = true;
    this.#yaml.report(path, { code, message, ...more });
  }

  #fail(path: KeyPath, code: 'CONFLICT', message: string, found: string): undefined {
    this.#report(path, code, message, { found: fold(found) });
    return undefined;
  }
}

/** `{ [key]: value }` of an entry that has the key, else nothing: optional properties are absent, not undefined. */
function given<T extends object, K extends keyof T>(entry: T, key: K): { [P in K]?: NonNullable<T[P]> } {
  return entry[key] === undefined ? {} : ({ [key]: entry[key] } as { [P in K]?: NonNullable<T[P]> });
}

/** The source names its broadcast and multicast payloads so. */
function castOf(payload: string): CatalogueFlow['cast'] {
  if (/brdcst|broadcast/.test(payload)) return 'broadcast';
  return /mltcst|multicast/.test(payload) ? 'multicast' : 'unicast';
}
