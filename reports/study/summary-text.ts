import { join } from 'node:path';
import type { SummaryStyle } from '../summary-text.js';
import type { StudyReport } from './study.js';

/** Twenty technologies with two loads, and what is said of them all. */
const MOST_FINDINGS = 50;

/** What a person wants to know when a study ends: the answer, its lines, what binds, where the report is. No last line feed. */
export function studySummaryText(study: StudyReport, folder: string, style: SummaryStyle): string {
  const colourOf = { pass: style.good, fail: style.bad, undecided: style.warn } as Partial<
    Record<string, (text: string) => string>
  >;
  const coloured = (verdict: string, text: string): string => (colourOf[verdict] ?? String)(text);
  const shown = study.findings.slice(0, MOST_FINDINGS);
  const more = study.findings.length - shown.length;
  const widest = Math.max(0, ...shown.map(({ verdict }) => (verdict ?? '').length));
  const lines = [coloured(study.answer.verdict, style.strong(study.answer.text))];
  for (const { verdict = '', text, detail } of shown) {
    const mark = widest === 0 ? '' : `${coloured(verdict, verdict.padEnd(widest))}  `;
    lines.push(`  ${mark}${text}`);
    if (detail !== undefined) lines.push(style.faint(`  ${' '.repeat(widest === 0 ? 0 : widest + 2)}${detail}`));
  }
  if (more > 0) lines.push(style.faint(`  and ${more} more`));
  if (study.binding.length > 0)
    lines.push('', style.strong(study.bindingTitle ?? 'What binds'), ...study.binding.map((text) => `  ${text}`));
  if (study.info.exit === 'interrupted') lines.push('', style.warn('interrupted: only what was finished is counted'));
  lines.push('', `Report: ${style.strong(join(folder, 'report.html'))}`);
  return lines.join('\n');
}
