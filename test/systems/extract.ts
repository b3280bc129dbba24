/**
 * Reads the tables of a use case document in the form of the two of Southern California Edison (sources 001 and 002):
 * steps, requirements, information exchange, business rules. Facts alone leave it: numbers, actors, the quantities that a
 * requirement names. Its output is the fixture beside it, made without looking at catalogue or pages:
 *
 *   node dist/test/systems/extract.js DOCUMENT.txt > test/systems/fixtures/ID.tsv
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface Item {
  readonly kind: 'rule' | 'step' | 'functional' | 'non-functional' | 'business' | 'exchange' | 'issue';
  /** Of the document's text, from 1. */
  readonly line: number;
  /** `3.1`; as printed, also `1`. */
  readonly scenario: string;
  readonly step: string;
  /** Actors of an exchange; who acts in a step. */
  readonly from: string;
  readonly to: string;
  /** Quantities with a unit, as printed: `two minutes`, `500000 distributed generation customers`. */
  readonly quantities: string;
}

const COLUMNS = ['kind', 'line', 'scenario', 'step', 'from', 'to', 'quantities'] as const;
/** Headings after which a part of the document begins. */
const PARTS: readonly (readonly [RegExp, Item['kind'] | undefined])[] = [
  [/^1\.4 Business Rules/, 'rule'],
  [/^2\. Actors/, undefined],
  [/^3\.\d\.1 Steps/, 'step'],
  [/^4\.1 Functional/, 'functional'],
  [/^4\.2 Non-[Ff]unctional/, 'non-functional'],
  [/^4\.3 Business/, 'business'],
  [/^5\. Use Case Models/, undefined],
  [/^5\.1 Information/, 'exchange'],
  [/^5\.2 Diagrams/, undefined],
  [/^6\. Use Case Issues/, 'issue'],
  [/^7\. Glossary/, undefined],
];
const QUANTITY =
  /(?:\d[\d,]*|two|five|ten) (?:seconds?|minutes?|hours?|days|amp|kW|distributed generation customers)|(?:two|ten) (?:minutes|seconds)/g;

export function extract(text: string): Item[] {
  let kind: Item['kind'] | undefined;
  let scenario = '';
  return text.split('\n').flatMap((raw, i): Item[] => {
    const part = PARTS.find(([heading]) => heading.test(raw));
    if (part !== undefined) {
      kind = part[1];
      scenario = /^3\.\d/.exec(raw)?.[0] ?? '';
      return [];
    }
    const cells = raw.split('\t').map(plain);
    const item = kind === undefined ? undefined : itemOf(kind, raw, cells, scenario);
    return item === undefined ? [] : [{ ...item, line: i + 1 }];
  });
}

/** Without marks of the layout; a cell of several paragraphs has commas between them. */
function plain(cell: string): string {
  return cell
    .replace(/<\/p>\s*<p>/g, ', ')
    .replace(/<[^>]*>/g, '')
    .trim();
}

function itemOf(
  kind: Item['kind'],
  raw: string,
  cells: readonly string[],
  scenario: string,
): Omit<Item, 'line'> | undefined {
  const quantities = [...raw.matchAll(QUANTITY)].map(([found]) => found).join('; ');
  const none = { scenario: '', step: '', from: '', to: '', quantities };
  switch (kind) {
    case 'rule':
      return /^- \S/.test(raw) ? { kind, ...none } : undefined;
    case 'step':
      return /^\d+[AB]?$/.test(cells[0]!) && cells.length > 2
        ? { kind, ...none, scenario, step: cells[0]!, from: cells[1]! }
        : undefined;
    case 'exchange':
      return /^\d(\.\d)?$/.test(cells[0]!) && cells.length > 3
        ? { kind, ...none, scenario: cells[0]!, step: cells[1]!, from: cells[2]!, to: cells[3]! }
        : undefined;
    case 'issue':
      return raw.trim() !== '' && !/^(<i>|Capture any)/.test(raw) ? { kind, ...none } : undefined;
    default:
      return cells.length > 2 && /^[\d.]/.test(cells[1]!)
        ? { kind, ...none, scenario: cells[1]!, step: cells[2]! }
        : undefined;
  }
}

export function toTsv(items: readonly Item[]): string {
  const rows = items.map((item) => COLUMNS.map((column) => item[column]).join('\t'));
  return `${[COLUMNS.join('\t'), ...rows].join('\n')}\n`;
}

export function fromTsv(text: string): Item[] {
  const [, ...rows] = text.trimEnd().split('\n');
  return rows.map((row) => {
    const cells = row.split('\t');
    const item = Object.fromEntries(COLUMNS.map((column, i) => [column, cells[i] ?? '']));
    return { ...item, line: Number(item['line']) } as unknown as Item;
  });
}

const [, script, document] = process.argv;
if (script !== undefined && document !== undefined && import.meta.url === pathToFileURL(script).href) {
  process.stdout.write(toTsv(extract(readFileSync(document, 'utf8'))));
}
