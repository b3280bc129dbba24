import type { Results } from '../../sim/results.js';
import { runPictures } from '../charts/all.js';
import { type PicturesInWork, startDrawing } from '../drawing.js';
import { NETWORK_PICTURE } from '../network/picture.js';
import { methodSection, pageHeader, reproduceSection } from './about.js';
import { pictureFigure } from './charts.js';
import { type PageSection, pageText, section } from './shell.js';
import {
  assumptionSection,
  availabilitySection,
  chainSection,
  flowSection,
  linkSection,
  outOfScopeSection,
  systemSection,
  tierSection,
} from './tables.js';
import { html } from './template.js';
import { partWithUnits } from './units.js';
import { verdictSection } from './verdict.js';

/** The whole report of a run as one page, readable without its script. @param drawing `runPictures`, where they are begun already */
export async function reportPage(
  results: Results,
  drawing: PicturesInWork = startDrawing(runPictures(results)),
): Promise<string> {
  // While another thread draws: all that needs no picture.
  const verdict: PageSection = { id: 'verdict', name: 'Verdict', content: verdictSection(results) };
  const tables = tableSections(results);
  for (const { content } of tables) if (content !== undefined) partWithUnits(content);
  const pictures = await drawing.finish();
  const network = pictures.find(({ wide }) => wide.name === NETWORK_PICTURE);
  const charts = html`${pictures.filter((picture) => picture !== network).map(pictureFigure)}`;
  return pageText({
    title: results.run.scenario,
    fanplan: results.run.fanplan,
    header: pageHeader(results),
    sections: [
      verdict,
      {
        id: 'network',
        name: 'Network',
        content: network === undefined ? undefined : section('network', 'Network', pictureFigure(network)),
      },
      { id: 'charts', name: 'Charts', content: section('charts', 'Charts', charts) },
      ...tables,
    ],
    footer: `Made by fanplan ${results.run.fanplan} from ${results.run.scenarioFile}.`,
  });
}

function tableSections(results: Results): PageSection[] {
  return [
    { id: 'flows', name: 'Flows', content: flowSection(results) },
    { id: 'tiers', name: 'Windows', content: tierSection(results) },
    { id: 'availability', name: 'Failures', content: availabilitySection(results) },
    { id: 'chains', name: 'Chains', content: chainSection(results) },
    { id: 'links', name: 'Links', content: linkSection(results) },
    { id: 'systems', name: 'Systems', content: systemSection(results) },
    { id: 'out-of-scope', name: 'Out of scope', content: outOfScopeSection(results) },
    { id: 'assumptions', name: 'Assumptions', content: assumptionSection(results.assumptions) },
    { id: 'method', name: 'Method', content: methodSection(results) },
    { id: 'reproduce', name: 'How to reproduce', content: reproduceSection(results) },
  ];
}
