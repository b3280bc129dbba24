/** The long tables of the page: flows, links, what is out of scope, assumptions. */
import type { OutOfScope } from '../../sim/plan.js';
import type { Results } from '../../sim/results.js';
import {
  assumptionColumns,
  availabilityColumns,
  chainColumns,
  flowColumns,
  linkColumns,
  outOfScopeColumns,
  tierColumns,
} from '../columns.js';
import { formatNumber, plural } from '../format.js';
import { compareText, rankedLinks, worstFirst } from '../verdicts.js';
import { dataColumns, dataRow, filledColumns, glossary, pick } from './columns.js';
import { dataTable } from './data-table.js';
import { type Html, html } from './template.js';

const SHOWN = 50;
/** Rows that the page holds at most; files hold all. */
const MOST_ROWS = 1000;

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
  'late',
  'lost',
  'resent',
  'duplicates',
  'latencyMeanS',
  'latencyMeanHalfWidthS',
  'latencyP50S',
  'latencyP95S',
  'latencyP95HalfWidthS',
  'latencyP99S',
  'latencyMaxS',
  'closedFormLatencyS',
  'closedFormP95S',
  'closedFormHolds',
  'budgetS',
  'margin',
  'requiredReliability',
  'reliability',
  'reliabilityLow',
  'reliabilityHigh',
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
  'worstShareLow',
  'worstShareHigh',
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
  'reliabilityLow',
  'reliabilityHigh',
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

const minorFields = [
  'mode',
  'latencyMeanHalfWidthS',
  'latencyP95HalfWidthS',
  'latencyMaxS',
  'closedFormLatencyS',
  'closedFormP95S',
  'closedFormHolds',
  'reliabilityLow',
  'reliabilityHigh',
  'networks',
  'section',
  'copies',
  'offeredMessages',
  'closedFormBusyHourBps',
  'retries',
];

export function flowSection(results: Results): Html {
  const rows = [...results.flows].sort(worstFirst);
  const columns = filledColumns(pick(flowColumns, flowFields), rows);
  return html`<section class="sideways" aria-labelledby="flows"><h2 id="flows">Flows</h2>
<p>Every flow of the run, worst first. All columns are in <code>flows.arrow</code>.</p>${longTable(
    'all-flows',
    'Flows by verdict, then by margin',
    columns,
    rows,
    'flows.arrow',
  )}${glossary(columns)}</section>`;
}

export function tierSection(results: Results): Html | undefined {
  if (results.tiers.length === 0) return undefined;
  const rows = [...results.tiers].sort((a, b) => a.worstShare - a.requiredShare - (b.worstShare - b.requiredShare));
  const columns = filledColumns(pick(tierColumns, tierFields), rows);
  return html`<section class="sideways" aria-labelledby="tiers"><h2 id="tiers">Shares of devices within windows</h2>
<p>Requirements such as "98 % over a day": the share of originating devices that got a message through, repetitions included, in every such window of the run.</p>${longTable(
    'all-tiers',
    'Tiers, smallest distance to the required share first',
    columns,
    rows,
    'tiers.arrow',
  )}${glossary(columns)}</section>`;
}

export function availabilitySection(results: Results): Html | undefined {
  if (results.availability.length === 0) return undefined;
  const rows = [...results.availability].sort((a, b) => b.down - a.down || compareText(a.flow, b.flow));
  const columns = filledColumns(pick(availabilityColumns, availabilityFields), rows);
  return html`<section class="sideways" aria-labelledby="availability"><h2 id="availability">With links and nodes that fail</h2>
<p>Shares in time, simulated on the ordinary routes and on the fallback routes, weighted by the exact probabilities of the states; parts that routes share count once.</p>${longTable(
    'all-availability',
    'Flows whose route has parts that may fail, longest down first',
    columns,
    rows,
    'availability.arrow',
  )}${glossary(columns)}</section>`;
}

export function chainSection(results: Results): Html | undefined {
  if (results.chains.length === 0) return undefined;
  const columns = filledColumns(pick(chainColumns, chainFields), results.chains);
  return html`<section class="sideways" aria-labelledby="chains"><h2 id="chains">Chains</h2>
<p>Flows that pass one thing on: budgets add up over the legs, shares multiply. Beside the exact sums stand the sub-totals that the source prints, with the legs that they turn out to cover.</p>${longTable(
    'all-chains',
    'Chains, leg by leg',
    columns,
    results.chains,
    'chains.arrow',
  )}${glossary(columns)}</section>`;
}

export function linkSection(results: Results): Html {
  const columns = pick(linkColumns, linkFields);
  const ranked = rankedLinks(results.links);
  const known = new Set(ranked);
  const rows = [...ranked, ...results.links.filter((link) => !known.has(link))];
  return html`<section class="sideways" aria-labelledby="links"><h2 id="links">Links</h2>
<p>Every link of every area, most utilised first; links without a limit of rate come last. All columns are in <code>links.arrow</code>.</p>${longTable(
    'all-links',
    'Links by utilisation in the busy hour',
    columns,
    rows,
    'links.arrow',
  )}${glossary(columns)}</section>`;
}

export function outOfScopeSection(results: Results): Html {
  const rows = results.outOfScope;
  return html`<section aria-labelledby="out-of-scope"><h2 id="out-of-scope">Out of scope</h2>${
    rows.length === 0
      ? html`<p>Every flow of the catalogue is in the run.</p>`
      : html`<p>${plural(rows.length, 'catalogue flow')} ${rows.length === 1 ? 'is' : 'are'} not in this run, and the verdict says nothing about them.</p>${byReason(rows)}<details><summary>All of them</summary>${longTable(
          'all-out-of-scope',
          'Catalogue flows that are out of scope',
          pick(outOfScopeColumns, ['payload', 'useCase', 'section', 'reason', 'catalogueFlow']),
          rows,
          'out-of-scope.arrow',
        )}</details>`
  }</section>`;
}

export function assumptionSection(results: Results): Html {
  return html`<section aria-labelledby="assumptions"><h2 id="assumptions">Assumptions</h2>
<p>Every default, choice and reading that entered the run. The key is where the scenario changes it, or the catalogue flow concerned.</p>${longTable(
    'all-assumptions',
    'Assumptions of the run',
    pick(assumptionColumns, ['key', 'value', 'unit', 'kind', 'reason', 'source']),
    results.assumptions,
    'assumptions.arrow',
  )}</section>`;
}

function longTable(
  id: string,
  caption: string,
  columns: ReturnType<typeof pick>,
  rows: readonly object[],
  file: string,
): Html {
  if (rows.length === 0) return html`<p>None.</p>`;
  const held = rows.slice(0, MOST_ROWS);
  return html`${
    held.length < rows.length
      ? html`<p>The page holds the first ${formatNumber(held.length)} of ${formatNumber(rows.length)} rows; <code>${file}</code> holds all.</p>`
      : undefined
  }${dataTable({
    id,
    caption,
    columns: dataColumns(columns, minorFields),
    rows: held.map((row) => dataRow(row, columns)),
    shown: SHOWN,
    interactive: true,
  })}`;
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
      { heading: 'flows', numeric: true },
      { heading: 'use cases', numeric: false },
    ],
    rows: ranked.map(([reason, own]) => [
      { content: reason },
      { content: formatNumber(own.length) },
      { content: [...new Set(own.map((row) => row.useCase))].join(', ') },
    ]),
    shown: ranked.length,
    interactive: false,
  });
}
