/** The report of a study as one page, in the same hand as that of a run. */
import { version } from '../../base/version.js';
import { type PicturesInWork, startDrawing } from '../drawing.js';
import { badge } from '../html/badge.js';
import { pictureFigure } from '../html/charts.js';
import { filledColumns, glossary, pick, withoutIntervals } from '../html/columns.js';
import { longTable } from '../html/long-table.js';
import { type PageSection, pageText, section } from '../html/shell.js';
import { assumptionSection } from '../html/tables.js';
import { type Html, html } from '../html/template.js';
import { provenance, statementSection } from './statement.js';
import type { StudyReport, StudyTable } from './study.js';

/** Verdict and what binds first, charts before tables, then assumptions, method, and how to get the same again. @param drawing its pictures, where they are begun already */
export async function studyPage(
  study: StudyReport,
  drawing: PicturesInWork = startDrawing(study.pictures),
): Promise<string> {
  // While another thread draws: all that needs no picture.
  const name = study.answer.verdict === 'none' ? 'Result' : 'Verdict';
  const verdict: PageSection = { id: 'verdict', name, content: verdictSection(study) };
  const others: PageSection[] = [
    ...study.tables.map((table) => ({ id: table.name, name: table.title, content: tableSection(table) })),
    { id: 'assumptions', name: 'Assumptions', content: assumptionSection(study.assumptions) },
    {
      id: 'method',
      name: 'Method',
      content: section('method', 'Method', html`${study.method.map((text) => html`<p>${text}</p>`)}`),
    },
    { id: 'reproduce', name: 'How to reproduce', content: reproduceSection(study) },
    { id: 'statement', name: 'Statement', content: statementSection(study) },
  ];
  const figures = (await drawing.finish()).map(pictureFigure);
  const content = figures.length === 0 ? undefined : section('charts', 'Charts', html`${figures}`);
  const charts: PageSection = { id: 'charts', name: 'Charts', content };
  const files = [...new Set(study.info.scenarios.map(({ file }) => file))];
  return pageText({
    title: study.title,
    fanplan: version(),
    header: pageHeader(study),
    sections: [verdict, charts, ...others],
    footer: `Made by fanplan ${version()}${files.length === 0 ? '' : ` from ${files.join(', ')}`}.`,
  });
}

function pageHeader({ info, title, facts }: StudyReport): Html {
  return html`<header><p class="product">fanplan ${info.verb}</p><h1>${title}</h1>
<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>${
    info.exit === 'interrupted'
      ? html`<p class="answer undecided" role="note">The study was interrupted: only what was finished is counted.</p>`
      : undefined
  }</header>`;
}

function verdictSection({ answer, findings, binding, bindingTitle = 'What binds' }: StudyReport): Html {
  const heading = answer.verdict === 'none' ? 'Result' : 'Verdict';
  return section(
    'verdict',
    heading,
    html`<p class="answer ${answer.verdict}">${answer.text}</p>
${
  findings.length === 0
    ? undefined
    : html`<ul class="findings">${findings.map(
        ({ verdict, text, detail }) =>
          html`<li>${verdict === undefined ? undefined : html`${badge(verdict)} `}${text}${detail === undefined ? undefined : html`<p class="detail">${detail}</p>`}</li>`,
      )}</ul>`
}
${binding.length === 0 ? undefined : html`<h3>${bindingTitle}</h3>${binding.map((text) => html`<p>${text}</p>`)}`}`,
  );
}

function tableSection(table: StudyTable): Html {
  const { name, title, description, rows } = table;
  const chosen = table.shown === undefined ? withoutIntervals(table.columns) : pick(table.columns, table.shown);
  const columns = rows.length === 0 ? chosen : filledColumns(chosen, rows);
  const wide = columns.length > WIDE_COLUMNS;
  return section(
    name,
    title,
    html`<p>${description} All columns are in <code>${name}.arrow</code>.</p>${longTable({
      id: `all-${name}`,
      caption: title,
      columns,
      rows,
      file: `${name}.arrow`,
      ...(table.minor === undefined ? {} : { minor: table.minor }),
    })}${glossary(columns)}`,
    wide,
  );
}

/** From here on a table is printed on a page turned sideways. */
const WIDE_COLUMNS = 9;

function reproduceSection(study: StudyReport): Html {
  return section(
    'reproduce',
    'How to reproduce',
    html`<pre><code>${study.info.command}</code></pre>
<p>The same scenario, catalogue, program and seed give the same tables, byte for byte, on the same major version of Node.js.</p>
<dl class="terms hashes">${provenance(study.info).map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`,
  );
}
