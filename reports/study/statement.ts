/** The page that somebody signs, and what makes its figures traceable. */
import { programHash } from '../../base/program-hash.js';
import { version } from '../../base/version.js';
import { section } from '../html/shell.js';
import { type Html, html } from '../html/template.js';
import type { Fact, StudyInfo, StudyReport } from './study.js';

/** Scenarios, catalogue and program with their hashes, and how it was computed. */
export function provenance(info: StudyInfo): Fact[] {
  return [
    ...info.scenarios.flatMap(({ file, hash }) => [
      { name: 'Scenario file', value: file },
      { name: 'Scenario SHA-256', value: hash },
    ]),
    { name: 'Catalogue SHA-256', value: info.catalogueHash },
    { name: 'Program', value: `fanplan ${version()}, Node.js ${process.version}` },
    { name: 'Program SHA-256', value: programHash() },
    { name: 'Engine', value: info.engine },
    ...(info.engine === 'closed-form' ? [] : [{ name: 'Replications', value: String(info.replications) }]),
    { name: 'Seed', value: info.seed },
  ];
}

export function statementSection({ statement, info }: StudyReport): Html | undefined {
  if (statement === undefined) return undefined;
  const terms = [...statement.terms, { name: 'Reproduced by', value: info.command }, ...provenance(info)];
  const stated = statement.text.map(
    ({ sentence, missing }) =>
      html`<p class="stated">${sentence}</p>${missing.length === 0 ? '' : html`<ul>${missing.map((line) => html`<li>${line}</li>`)}</ul>`}`,
  );
  const content = html`${stated}
<dl class="terms">${terms.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<div class="signatures">${statement.signatories.map(
    (who) =>
      html`<div><p>${who}</p><p class="line">Name</p><p class="line">Place and date</p><p class="line">Signature</p></div>`,
  )}</div>`;
  return html`<div class="statement">${section('statement', statement.title, content)}</div>`;
}
