/** Texts of the picture's boxes, wrapped, and the room that they take. */
import { formatBps, formatNumber, formatShare } from '../format.js';
import { textWidth } from '../text-width.js';
import { type ActorNode, busiestOf, type Medium, type MediumLink } from './graph.js';

export const FONT_SIZE = 12;
export const LINE_HEIGHT = 15;
const PADDING_X = 9;
const PADDING_Y = 6;

export interface Box {
  readonly lines: readonly BoxLine[];
  readonly width: number;
  readonly height: number;
}

export interface BoxLine {
  readonly text: string;
  readonly bold: boolean;
}

/** Actors with their counts, one a line; systems that stand once run on. */
export function nodeBox({ actors }: ActorNode, mostWidth: number): Box {
  const counted = actors.filter(({ count }) => count !== 1);
  const single = actors.filter(({ count }) => count === 1).map(({ name }) => name);
  const names = [
    ...(single.length > 1 ? [single.map(unbroken).join(', ')] : single),
    ...counted.map(({ name, count }) => (count === 0 ? name : `${name} ×\u00a0${formatNumber(count)}`)),
  ];
  const room = (single.length > 3 ? 2 : 1) * mostWidth - 2 * PADDING_X; // long lists rather wide than high
  return boxOf(names.flatMap((name) => wrapped(name, room)).map((text) => ({ text, bold: false })));
}

/** Name and places of a medium, then its load and utilisation in either direction. */
export function mediumBox({ network, places, links }: Medium): Box {
  const name = `${network}${places > 1 ? ` × ${formatNumber(places)}` : ''}${links.length > 2 ? `, ${links.length} links` : ''}`;
  if (links.length > 2) return boxOf([{ text: name, bold: true }, line('busiest: ', busiestOf(links)!)]);
  return boxOf([{ text: name, bold: true }, ...links.map((link) => line(arrow[link.direction] ?? '', link))]);
}

const arrow: Readonly<Record<string, string>> = { down: '↓ ', up: '↑ ', across: '' };

/** Bold from where queues grow steeply: grey paper must show it. */
function line(before: string, { busyHourBps, utilisation }: MediumLink): BoxLine {
  if (!(busyHourBps > 0)) return { text: `${before}nothing sent`, bold: false };
  const share = Number.isFinite(utilisation) ? `, ${formatShare(utilisation)}` : '';
  return { text: `${before}${formatBps(busyHourBps)}${share}`, bold: utilisation >= 0.7 };
}

function boxOf(lines: readonly BoxLine[]): Box {
  const widths = lines.map(({ text, bold }) => textWidth(text, FONT_SIZE) * (bold ? 1.06 : 1));
  return {
    lines,
    width: Math.ceil(Math.max(...widths)) + 2 * PADDING_X,
    height: lines.length * LINE_HEIGHT + 2 * PADDING_Y,
  };
}

/** A name that stands among others is not broken. */
function unbroken(name: string): string {
  return name.replace(/ /g, '\u00a0');
}

/** Lines that break at blanks; a word that is too long keeps a line of its own. */
function wrapped(text: string, mostWidth: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ +/).filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, FONT_SIZE) <= mostWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
