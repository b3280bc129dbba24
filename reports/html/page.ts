import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/files.js';
import type { Results } from '../../sim/results.js';
import { darkRules } from '../charts/theme.js';
import { methodSection, pageHeader, reproduceSection } from './about.js';
import { chartSection } from './charts.js';
import {
  assumptionSection,
  availabilitySection,
  chainSection,
  flowSection,
  linkSection,
  outOfScopeSection,
  tierSection,
} from './tables.js';
import { html, trusted } from './template.js';
import { verdictSection } from './verdict.js';

const asset = (name: string): string => readFileSync(join(packageRoot, 'reports', 'assets', name), 'utf8');
const style = asset('report.css');
const script = asset('report.js');

/** A browser runs this script and nothing else, and fetches nothing, whatever a name in the results contains. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const sections: readonly (readonly [id: string, name: string])[] = [
  ['verdict', 'Verdict'],
  ['charts', 'Charts'],
  ['flows', 'Flows'],
  ['tiers', 'Windows'],
  ['availability', 'Failures'],
  ['chains', 'Chains'],
  ['links', 'Links'],
  ['out-of-scope', 'Out of scope'],
  ['assumptions', 'Assumptions'],
  ['method', 'Method'],
  ['reproduce', 'How to reproduce'],
];

/** The whole report as one page that needs nothing else: no network, no files beside it, and no script to be read. */
export async function reportPage(results: Results): Promise<string> {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="fanplan ${results.run.fanplan}">
<title>${results.run.scenario} – fanplan</title>
<style>${trusted(style)}${trusted(darkRules('.picture'))}</style>
</head>
<body>
${pageHeader(results)}
<nav aria-label="Sections"><ul>${sections.filter(([id]) => !(id in results) || (results[id as keyof Results] as readonly unknown[]).length > 0).map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main>
${verdictSection(results)}
${await chartSection(results)}
${flowSection(results)}
${tierSection(results)}
${availabilitySection(results)}
${chainSection(results)}
${linkSection(results)}
${outOfScopeSection(results)}
${assumptionSection(results)}
${methodSection(results)}
${reproduceSection(results)}
</main>
<footer><p>Made by fanplan ${results.run.fanplan} from ${results.run.scenarioFile}.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}
