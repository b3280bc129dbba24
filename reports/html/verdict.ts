/** The first screen: does the network meet its requirements, what does not, how close is the rest, what is busiest. */
import type { EngineName, FlowResult, Results } from '../../sim/results.js';
import { formatBps, formatNumber, formatSeconds, formatShare, plural } from '../format.js';
import { type Findings, findings, linkLabel, typicalLatencyS, verdictOrder } from '../verdicts.js';
import { badge } from './badge.js';
import { type DataCell, dataTable } from './data-table.js';
import { type Html, html } from './template.js';

const MOST_BAD = 12;
const MOST_TIGHT = 8;
const MOST_BUSY = 8;

export function verdictSection(results: Results): Html {
  const found = findings(results);
  const bad = [...found.failing, ...found.undecided];
  return html`<section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>
<p class="answer ${answerClass(found)}">${answer(found)}</p>
<ul class="counts">${verdictOrder
    .filter((verdict) => found.counts[verdict] > 0)
    .map((verdict) => html`<li>${badge(verdict)} <b>${formatNumber(found.counts[verdict])}</b></li>`)}</ul>
${busiestSentence(found)}${leftOut(results, found)}
${bad.length === 0 ? undefined : badTable(bad, results.run.engine)}
<div class="pair">${found.tightest.length === 0 ? undefined : tightTable(found.tightest, results.run.engine)}${
    found.busiest.length === 0 ? undefined : busiestTable(found)
  }</div></section>`;
}

function answer({ counts }: Findings): string {
  const judged = counts.pass + counts.fail + counts.undecided;
  if (judged === 0) return 'No flow could be judged.';
  const ofJudged = `of the ${plural(judged, 'flow')} that could be judged`;
  const undecided =
    counts.undecided === 0
      ? ''
      : `, ${formatNumber(counts.undecided)} ${counts.undecided === 1 ? 'is' : 'are'} undecided`;
  if (counts.fail > 0)
    return `${formatNumber(counts.fail)} ${ofJudged} ${counts.fail === 1 ? 'misses its requirement' : 'miss their requirement'}${undecided}.`;
  if (counts.undecided > 0)
    return `None ${ofJudged} misses its requirement, but ${formatNumber(counts.undecided)} ${counts.undecided === 1 ? 'is' : 'are'} undecided.`;
  return judged === 1
    ? 'The flow that could be judged meets its requirement.'
    : `All ${formatNumber(judged)} flows that could be judged meet their requirement.`;
}

function answerClass({ counts }: Findings): string {
  if (counts.fail > 0) return 'fail';
  return counts.undecided > 0 || counts.pass === 0 ? 'undecided' : 'pass';
}

function busiestSentence({ busiest }: Findings): Html | undefined {
  const link = busiest[0];
  if (link === undefined) return undefined;
  return html`<p>The busiest link is <b>${linkLabel(link)}</b>: ${formatShare(link.busyHourUtilisation)} of ${formatBps(link.rateBps)} in its busy hour (${link.busyHour}).</p>`;
}

/** What the verdict does not speak about. */
function leftOut(results: Results, { counts, fewMessages }: Findings): Html {
  const silent = counts['not exercised'];
  const unjudged = counts['not judged'];
  const parts = [
    ...(silent === 0
      ? []
      : [html`${plural(silent, 'flow')} sent nothing and ${silent === 1 ? 'is' : 'are'} not exercised`]),
    ...(unjudged === 0
      ? []
      : [html`${plural(unjudged, 'flow')} could not be judged in a run of ${formatSeconds(results.run.horizonS)}`]),
    ...(results.outOfScope.length === 0
      ? []
      : [
          html`${plural(results.outOfScope.length, 'catalogue flow')} ${results.outOfScope.length === 1 ? 'is' : 'are'} <a href="#out-of-scope">out of scope</a>`,
        ]),
  ];
  const uncovered =
    parts.length === 0
      ? undefined
      : html`<p>The verdict does not cover everything: ${parts.map((part, i) => html`${i === 0 ? '' : '; '}${part}`)}.</p>`;
  return html`${undecidedHint(results, counts.undecided)}${fewHint(fewMessages)}${uncovered}`;
}

function undecidedHint(results: Results, undecided: number): Html | undefined {
  if (undecided === 0) return undefined;
  return results.run.engine === 'closed-form'
    ? html`<p>The closed form knows mean latencies only; a simulation can decide what it leaves undecided.</p>`
    : html`<p>The interval of undecided flows holds the required share; more replications or a longer run narrow it.</p>`;
}

/** Rare payloads pass when all their messages are in time; the reader must know how little that shows. */
function fewHint(few: number): Html | undefined {
  if (few === 0) return undefined;
  return html`<p>${formatNumber(few)} of those that pass ${few === 1 ? 'rests' : 'rest'} on few messages: all or nearly all were in time, but fewer than would show the required share by their number alone (column <i>evidence</i>). More replications, a longer run or scheduled events add messages.</p>`;
}

function badTable(flows: readonly FlowResult[], engine: EngineName): Html {
  const rest = flows.length - MOST_BAD;
  return html`<h3>What fails or is undecided</h3>${dataTable({
    id: 'bad-flows',
    caption: 'Flows that fail or are undecided, smallest margin first',
    columns: [
      { heading: 'payload', numeric: false },
      { heading: 'verdict', numeric: false },
      { heading: 'budget', numeric: true },
      { heading: 'p95 or mean', numeric: true },
      { heading: 'why', numeric: false, prose: true },
      { heading: 'from → to', numeric: false },
    ],
    rows: flows.map((flow) => [
      { content: flow.payload },
      { content: badge(flow.verdict) },
      ...latencyCells(flow, engine),
      { content: flow.verdictReason },
      { content: `${flow.from} → ${flow.to}` },
    ]),
    shown: rest > 3 ? MOST_BAD : flows.length,
    interactive: false,
  })}`;
}

function latencyCells(flow: FlowResult, engine: EngineName): DataCell[] {
  return [{ content: formatSeconds(flow.budgetS) }, { content: formatSeconds(typicalLatencyS(flow, engine)) }];
}

function tightTable(flows: readonly FlowResult[], engine: EngineName): Html {
  return html`<div><h3>Closest to the budget among those that pass</h3>${dataTable({
    id: 'tight-flows',
    caption: 'Flows that pass, smallest margin first',
    columns: [
      { heading: 'payload', numeric: false },
      { heading: 'budget', numeric: true },
      { heading: 'p95 or mean', numeric: true },
      { heading: 'margin', numeric: true },
    ],
    rows: flows
      .slice(0, MOST_TIGHT)
      .map((flow) => [{ content: flow.payload }, ...latencyCells(flow, engine), { content: formatShare(flow.margin) }]),
    shown: MOST_TIGHT,
    interactive: false,
  })}</div>`;
}

function busiestTable({ busiest }: Findings): Html {
  return html`<div><h3>Busiest link of the busiest networks</h3>${dataTable({
    id: 'busiest-links',
    caption: 'The most utilised link of each network and direction in its busy hour',
    columns: [
      { heading: 'link', numeric: false },
      { heading: 'utilisation', numeric: true },
      { heading: 'rate', numeric: true },
      { heading: 'busy hour', numeric: false },
    ],
    rows: busiest
      .slice(0, MOST_BUSY)
      .map((link) => [
        { content: linkLabel(link) },
        { content: formatShare(link.busyHourUtilisation) },
        { content: formatBps(link.rateBps) },
        { content: link.busyHour },
      ]),
    shown: MOST_BUSY,
    interactive: false,
  })}</div>`;
}
