/** The long tables of the page: flows, links, what is out of scope, assumptions. */
import type { Assumption, OutOfScope } from '../../sim/plan.js';
import type { Results } from '../../sim/results.js';
import {
  assumptionColumns,
  availabilityColumns,
  chainColumns,
  flowColumns,
  linkColumns,
  outOfScopeColumns,
  systemColumns,
  tierColumns,
} from '../columns.js';
import { formatNumber, plural } from '../format.js';
import { systemsByLink } from '../systems.js';
import { compareText, rankedLinks, worstFirst } from '../verdicts.js';
import { filledColumns, glossary, pick } from './columns.js';
import { dataTable } from './data-table.js';
import { longTable } from './long-table.js';
import { type Html, html } from './template.js';

const flowFields = [
  'payload',
  'verdict',
  'useCase',
  'from',
  'to',
  'networks',
  'mode',
  'sizeB',
  'sent',
  'delivered',
  'late',
  'lost',
  'resent',
  'duplicates',
  'latencyMeanS',
  'latencyP50S',
  'latencyP95S',
  'latencyP99S',
  'latencyMaxS',
  'closedFormLatencyS',
  'closedFormP95S',
  'closedFormHolds',
  'budgetS',
  'margin',
  'requiredReliability',
  'reliability',
  'deadlineS',
  'deadlineShare',
  'sinceEventP95S',
  'sinceEventLastS',
  'verdictReason',
  'section',
] as const;

const tierFields = [
  'payload',
  'verdict',
  'tier',
  'windows',
  'devices',
  'capturedShare',
  'worstShare',
  'requiredShare',
  'verdictReason',
] as const;

const availabilityFields = [
  'payload',
  'verdict',
  'up',
  'onFallback',
  'down',
  'reliabilityUp',
  'reliabilityOnFallback',
  'reliability',
  'requiredReliability',
  'components',
  'fallbackComponents',
] as const;

const chainFields = [
  'chain',
  'leg',
  'printed',
  'budgetS',
  'requiredReliability',
  'leastB',
  'mostB',
  'latencyMeanS',
  'closedFormLatencyS',
  'reliability',
  'flows',
] as const;

const linkFields = [
  'link',
  'area',
  'technology',
  'endpoints',
  'copies',
  'rateBps',
  'busyHour',
  'busyHourUtilisation',
  'utilisation',
  'busyHourBps',
  'closedFormBusyHourBps',
  'meanBps',
  'busiest10sBps',
  'offeredMessages',
  'offeredB',
  'messagesPerEndpointDay',
  'bytesPerEndpointDay',
  'queueMeanB',
  'queueMaxB',
  'drops',
  'frames',
  'retries',
  'collisions',
  'lost',
] as const;

const systemFields = [
  'link',
  'area',
  'busyHour',
  'system',
  'busyHourBps',
  'share',
  'utilisation',
  'ownBusyHour',
  'ownBusyHourBps',
] as const;

const flowMinor = [
  'mode',
  'latencyMaxS',
  'closedFormLatencyS',
  'closedFormP95S',
  'closedFormHolds',
  'networks',
  'section',
  'lost',
  'resent',
];
const linkMinor = ['copies', 'offeredMessages', 'closedFormBusyHourBps', 'retries'];

export function flowSection(results: Results): Html {
  const rows = [...results.flows].sort(worstFirst);
  const columns = filledColumns(pick(flowColumns, flowFields), rows);
  return html`<section class="sideways" aria-labelledby="flows"><h2 id="flows">Flows</h2>
<p>Every flow of the run, worst first. All columns are in <code>flows.arrow</code>.</p>${longTable({ id: 'all-flows', caption: 'Flows by verdict, then by margin', columns, rows, file: 'flows.arrow', minor: flowMinor })}${glossary(columns)}</section>`;
}

export function tierSection(results: Results): Html | undefined {
  if (results.tiers.length === 0) return undefined;
  const rows = [...results.tiers].sort((a, b) => a.worstShare - a.requiredShare - (b.worstShare - b.requiredShare));
  const columns = filledColumns(pick(tierColumns, tierFields), rows);
  return html`<section class="sideways" aria-labelledby="tiers"><h2 id="tiers">Shares of devices within windows</h2>
<p>Requirements such as "98 % over a day": the share of originating devices that got a message through, repetitions included, in every such window of the run.</p>${longTable({ id: 'all-tiers', caption: 'Tiers, smallest distance to the required share first', columns, rows, file: 'tiers.arrow' })}${glossary(columns)}</section>`;
}

export function availabilitySection(results: Results): Html | undefined {
  if (results.availability.length === 0) return undefined;
  const rows = [...results.availability].sort((a, b) => b.down - a.down || compareText(a.flow, b.flow));
  const columns = filledColumns(pick(availabilityColumns, availabilityFields), rows);
  return html`<section class="sideways" aria-labelledby="availability"><h2 id="availability">With links and nodes that fail</h2>
<p>Shares in time, simulated on the ordinary routes and on the fallback routes, weighted by the exact probabilities of the states; parts that routes share count once.</p>${longTable({ id: 'all-availability', caption: 'Flows whose route has parts that may fail, longest down first', columns, rows, file: 'availability.arrow' })}${glossary(columns)}</section>`;
}

export function chainSection(results: Results): Html | undefined {
  if (results.chains.length === 0) return undefined;
  const columns = filledColumns(pick(chainColumns, chainFields), results.chains);
  return html`<section class="sideways" aria-labelledby="chains"><h2 id="chains">Chains</h2>
<p>Flows that pass one thing on: budgets add up over the legs, shares multiply. Beside the exact sums stand the sub-totals that the source prints, with the legs that they turn out to cover.</p>${longTable({ id: 'all-chains', caption: 'Chains, leg by leg', columns, rows: results.chains, file: 'chains.arrow' })}${glossary(columns)}</section>`;
}

export function linkSection(results: Results): Html {
  const columns = pick(linkColumns, linkFields);
  const ranked = rankedLinks(results.links);
  const known = new Set(ranked);
  const rows = [...ranked, ...results.links.filter((link) => !known.has(link))];
  return html`<section class="sideways" aria-labelledby="links"><h2 id="links">Links</h2>
<p>Every link of every area, most utilised first; links without a limit of rate come last. All columns are in <code>links.arrow</code>.</p>${longTable({ id: 'all-links', caption: 'Links by utilisation in the busy hour', columns, rows, file: 'links.arrow', minor: linkMinor })}${glossary(columns)}</section>`;
}

export function systemSection(results: Results): Html | undefined {
  if (results.systems.length === 0) return undefined;
  const rows = systemsByLink(results.systems).flatMap((link) => link.systems);
  const columns = pick(systemColumns, systemFields);
  return html`<section class="sideways" aria-labelledby="systems"><h2 id="systems">Systems</h2>
<p>What each system adds to each link, in the area and hour in which all together load it most; the most utilised link first. Expected figures. All columns are in <code>systems.arrow</code>.</p>${longTable({ id: 'all-systems', caption: 'Systems on links', columns, rows, file: 'systems.arrow' })}${glossary(columns)}</section>`;
}

export function outOfScopeSection(results: Results): Html {
  const rows = results.outOfScope;
  return html`<section aria-labelledby="out-of-scope"><h2 id="out-of-scope">Out of scope</h2>${
    rows.length === 0
      ? html`<p>Every flow of the catalogue is in the run.</p>`
      : html`<p>${plural(rows.length, 'catalogue flow')} ${rows.length === 1 ? 'is' : 'are'} not in this run, and the verdict says nothing about them.</p>${byReason(rows)}<details><summary>All of them</summary>${longTable({ id: 'all-out-of-scope', caption: 'Catalogue flows that are out of scope', columns: pick(outOfScopeColumns, ['payload', 'useCase', 'section', 'by', 'reason', 'catalogueFlow']), rows, file: 'out-of-scope.arrow' })}</details>`
  }</section>`;
}

export function assumptionSection(assumptions: readonly Assumption[]): Html {
  return html`<section aria-labelledby="assumptions"><h2 id="assumptions">Assumptions</h2>
<p>Every default, choice and reading that entered the run. The key is where the scenario changes it, or the catalogue flow concerned.</p>${longTable({ id: 'all-assumptions', caption: 'Assumptions of the run', columns: pick(assumptionColumns, ['key', 'value', 'unit', 'kind', 'reason', 'source']), rows: assumptions, file: 'assumptions.arrow' })}</section>`;
}

function byReason(rows: readonly OutOfScope[]): Html {
  const groups = new Map<string, OutOfScope[]>();
  for (const row of rows) {
    const own = groups.get(row.reason);
    if (own === undefined) groups.set(row.reason, [row]);
    else own.push(row);
  }
  const ranked = [...groups].sort((a, b) => b[1].length - a[1].length || compareText(a[0], b[0]));
  return dataTable({
    id: 'out-of-scope-reasons',
    caption: 'Reasons, most frequent first',
    columns: [
      { heading: 'reason', numeric: false },
      { heading: 'left out by', numeric: false },
      { heading: 'flows', numeric: true },
      { heading: 'use cases', numeric: false },
    ],
    rows: ranked.map(([reason, own]) => [
      { content: reason },
      { content: [...new Set(own.map((row) => row.by))].join(', ') },
      { content: formatNumber(own.length) },
      { content: [...new Set(own.map((row) => row.useCase))].join(', ') },
    ]),
    shown: ranked.length,
    interactive: false,
  });
}
