/** The page around every report: style, script, policy, navigation. It needs nothing else, no network and no files beside it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/files.js';
import { darkRules } from '../charts/theme.js';
import { type Html, html, trusted } from './template.js';
import { partWithUnits } from './units.js';

const asset = (name: string): string => readFileSync(join(packageRoot, 'reports', 'assets', name), 'utf8');
const style = asset('report.css');
const script = asset('report.js');

/** A browser runs this script and nothing else, and fetches nothing, whatever a name in the results contains. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`;

export interface Page {
  /** Of the browser's window. */
  readonly title: string;
  /** Version of fanplan. */
  readonly fanplan: string;
  readonly header: Html;
  readonly sections: readonly PageSection[];
  readonly footer: string;
}

export interface PageSection {
  /** Unique in the page; also the anchor. */
  readonly id: string;
  /** In the navigation. */
  readonly name: string;
  /** Undefined: there is nothing to tell, and the section is left out. */
  readonly content: Html | undefined;
}

export function pageText(page: Page): string {
  const sections = page.sections.filter(({ content }) => content !== undefined);
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="fanplan ${page.fanplan}">
<title>${page.title} – fanplan</title>
<style>${trusted(style)}${trusted(darkRules('.picture'))}</style>
</head>
<body>
${page.header}
<nav aria-label="Sections"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main>
`;
  const end = html`</main>
<footer><p>${page.footer}</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  const texts = sections.map(({ content }) => `${partWithUnits(content!)}\n`);
  return [partWithUnits(head), ...texts, partWithUnits(end)].join('');
}

/** A section with its heading. */
export function section(id: string, heading: string, content: Html, sideways = false): Html {
  return html`<section${sideways ? html` class="sideways"` : undefined} aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`;
}
