import type { LinkResult, Results } from '../../sim/results.js';
import { formatBps, formatShare, withHalfWidth } from '../format.js';
import { highUtilisation, linkLabel, rankedLinks } from '../verdicts.js';
import { percentLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { namedRows } from './row-names.js';
import { amber, blue, emptySpec, fittedFrame, ink, muted, orange } from './theme.js';

const NAME = 'utilisation';
const TITLE = 'Utilisation of links';
const MOST_LINKS = 30;

/** Busy-hour utilisation of the 30 most utilised links, with the mean of the whole run beside it. */
export function utilisation(results: Results, layout: Layout): Chart {
  const ranked = rankedLinks(results.links).filter((link) => link.busyHourUtilisation > 0);
  const links = ranked.slice(0, MOST_LINKS);
  const scope =
    links.length < ranked.length
      ? `The ${links.length} most utilised of ${ranked.length} links`
      : 'All links with a finite rate that carry anything';
  const description = `${scope}: bars are the busy hour with its 95 % interval, ticks the mean of the run; 100 % is the rate of the link.`;
  const base = {
    name: NAME,
    title: TITLE,
    description,
    figures: {
      columns: figureColumns('link', '#busy hour', '#mean', '#rate', 'busy hour at'),
      rows: links.map((link) => [
        linkLabel(link),
        withHalfWidth(link.busyHourUtilisation, link.busyHourUtilisationHalfWidth, '1'),
        withHalfWidth(link.utilisation, link.utilisationHalfWidth, '1'),
        formatBps(link.rateBps),
        link.busyHour,
      ]),
    },
  };
  if (links.length === 0) {
    return { ...base, spec: emptySpec(TITLE, description, 'No link with a finite rate carried anything.', layout) };
  }
  const values = links.map((link, i) => ({
    row: i,
    name: linkLabel(link),
    busyHour: link.busyHourUtilisation,
    ...ends(link),
    mean: Number.isFinite(link.utilisation) ? link.utilisation : null,
    level: levelOf(link),
    note: noteOf(link, layout),
  }));
  const { height, yOffset, y, layers } = namedRows(links.map(linkLabel), layout);
  const present = levels.filter(([level]) => values.some((value) => value.level === level));
  const most = Math.max(...values.map(({ end }) => end));
  return {
    ...base,
    spec: {
      ...fittedFrame(TITLE, description, layout, height),
      data: { values },
      encoding: {
        y,
        x: {
          field: 'busyHour',
          type: 'quantitative',
          title: 'utilisation, share of the rate',
          scale: { domain: [0, Math.max(1, most) * (layout === 'wide' ? 1.25 : 1.4)], nice: false },
          axis: { labelExpr: percentLabels, tickCount: layout === 'wide' ? 10 : 3 },
        },
      },
      layer: [
        {
          mark: { type: 'bar', height: 14, yOffset },
          encoding: {
            color: {
              field: 'level',
              type: 'nominal',
              title: null,
              scale: { domain: present.map(([level]) => level), range: present.map(([, colour]) => colour) },
              legend: { columns: layout === 'wide' ? 3 : 1, symbolType: 'square' },
            },
          },
        },
        {
          mark: { type: 'tick', thickness: 2, size: 14, color: ink, yOffset },
          encoding: { x: { field: 'mean', type: 'quantitative' } },
        },
        ...(errorBars({ values, along: 'x', low: 'low', high: 'high', axis: { type: 'quantitative' }, yOffset }) as []),
        {
          mark: { type: 'rule', color: muted, strokeDash: [4, 3] },
          encoding: { x: { datum: 1 }, y: { value: 0 }, y2: { value: 'height' } },
        },
        {
          mark: { type: 'text', align: 'left', dx: 6, dy: yOffset, color: ink, fontSize: 12 },
          encoding: { x: { field: 'end', type: 'quantitative' }, text: { field: 'note', type: 'nominal' } },
        },
        ...layers,
      ],
    },
  };
}

/** The interval of the busy hour, and the place behind which there is room for words. */
function ends({ busyHourUtilisation: value, busyHourUtilisationHalfWidth: half }: LinkResult) {
  return Number.isFinite(half)
    ? { low: Math.max(0, value - half), high: value + half, end: value + half }
    : { low: null, high: null, end: value };
}

const levels = [
  ['below 70 %', blue],
  ['70 % to 100 %', amber],
  ['100 % and above', orange],
] as const;

function levelOf(link: LinkResult): (typeof levels)[number][0] {
  const place = link.busyHourUtilisation >= 1 ? 2 : link.busyHourUtilisation >= highUtilisation ? 1 : 0;
  return levels[place][0];
}

function noteOf(link: LinkResult, layout: Layout): string {
  const share = formatShare(link.busyHourUtilisation);
  const hour = link.busyHour === '' ? '' : ` at ${link.busyHour}`; // empty: nothing was sent
  return layout === 'wide' ? `${share} of ${formatBps(link.rateBps)}${hour}` : share;
}
