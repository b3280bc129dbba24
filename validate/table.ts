/** The printed table, and the same as a page. */
import { version } from '../base/version.js';
import { columns } from '../cli/table.js';
import { FAMILY_ERROR, type Judged, PRECISION } from './judge.js';
import { mutants } from './mutants/mutants.js';

const HEAD = ['what', 'load', 'quantity', 'exact', 'simulated', '± 95%', 'p', 'ok'];

export function textTable(rows: readonly Judged[]): string {
  return columns([HEAD, ...rows.map(cells)]);
}

/** docs/validation.md: nothing in it but what the seeds decide, so that the same program writes the same bytes. */
export function markdownPage(rows: readonly Judged[]): string {
  const subjects = new Map<string, Judged[]>();
  for (const row of rows) {
    const group = row.of.name.split(':')[0]!;
    subjects.set(group, [...(subjects.get(group) ?? []), row]);
  }
  const red = rows.filter((row) => !row.ok).length;
  const sections = [...subjects].map(([group, own]) => {
    const sources = new Map(own.map((row) => [row.of.subject, row.of.source]));
    return [
      `## ${group}`,
      '',
      ...[...sources].map(([subject, source]) => `- *${subject}*: ${source}`),
      '',
      line(HEAD),
      line(HEAD.map((_, i) => (i === 1 || (i > 2 && i < 7) ? '--:' : '---'))),
      ...own.map((row) => line(cells(row).map((cell) => cell.replaceAll('|', '\\|')))),
      '',
    ].join('\n');
  });
  return [
    '# Validation',
    '',
    `Written by \`npm run validate\` (fanplan ${version()}, Node ${process.versions.node.split('.')[0]}); do not edit. Every row compares`,
    'what the simulation finds with a value from elsewhere: a formula, a printed table, or a small program that shares no',
    'code with the engine.',
    '',
    `- Seeds are the replications 1, 2, 3, ... of the plans' seed, fixed before anything was looked at.`,
    `- *± 95%* is the half width of Student's t interval over independent replications, at most ${100 * PRECISION}% of the value:`,
    '  the length of a replication follows from the variance that theory expects; where the interval of the first',
    '  replications is too wide, more are run (Stein 1945). 0: nothing is left to chance.',
    `- *p* is the two-sided p-value after Holm's correction over all rows: a row is red below ${FAMILY_ERROR}, so that a right`,
    `  program has no red row with a probability of at least ${100 - 100 * FAMILY_ERROR}%. \`=\`: must be equal (to the rounding of`,
    '  what is printed, or of the float), or within the stated bounds, and is; `shown`: for comparison only.',
    '- Percentiles are upper edges of histogram buckets, at most 2^-7 above the value: the exact one may be that much lower.',
    '',
    `${rows.length} rows, ${red === 0 ? 'none red' : `${red} red`}.`,
    '',
    ...sections,
    '## Faults that are noticed',
    '',
    '`npm run validate -- --mutants` plants these in the compiled program, one at a time; each must turn a row red:',
    '',
    ...mutants.map(({ fault, only }) => `- ${fault} (${only.split('|').join('; ')})`),
    '',
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cells(row: Judged): string[] {
  const { of, row: spec } = row;
  return [
    of.subject,
    of.load === undefined ? '' : String(of.load),
    spec.unit === '' ? spec.quantity : `${spec.quantity}, ${spec.unit}`,
    number(row.expected),
    number(row.simulated),
    row.halfWidth === 0 ? '0' : number(row.halfWidth, 2),
    'shown' in spec.claim ? 'shown' : Number.isNaN(row.p) ? '=' : number(Math.min(1, row.adjustedP), 2),
    row.ok ? 'yes' : row.precise ? 'NO' : 'WIDE',
  ];
}

function number(value: number, digits = 5): string {
  if (Number.isNaN(value)) return '-';
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const text = value.toPrecision(digits);
  return text.includes('e') ? text : String(Number(text));
}
