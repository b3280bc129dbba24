/** Numbers and their units in the texts of a page. */
import type { Html } from './template.js';

/** What is left as it is: commands to copy, pictures, which break no lines, and what is not shown. */
const VERBATIM = /<(pre|code|style|script|svg)\b[\s\S]*?<\/\1>/.source;
const UNIT = /%|[kMGT]?bit\/s|[kMGT]?B|[mµ]?s|min|h|d|k?m/.source;
const TEXT = new RegExp(`${VERBATIM}|>[^<]+`, 'g');
const BEFORE_UNIT = new RegExp(`(\\d) (?=(?:${UNIT})(?![\\w/]))`, 'g');
const AFTER_SIGN = /± (?=[\d.∞])/g;

/**
 * A page whose lines do not break between a number and its unit, or after a ±: no-break spaces take the place of blanks in
 * its texts. Only pages have them; terminals, files of tables and what is copied from a page as a command do not. O(length).
 */
export function keepUnits(page: string): string {
  return page.replace(TEXT, (text) =>
    text.startsWith('>') ? text.replace(BEFORE_UNIT, '$1\u00a0').replace(AFTER_SIGN, '±\u00a0') : text,
  );
}

const kept = new WeakMap<Html, string>();

/** The same for a part of a page, found once: what is made first need not wait for the rest. */
export function partWithUnits(part: Html): string {
  const text = kept.get(part) ?? keepUnits(part.text);
  kept.set(part, text);
  return text;
}
