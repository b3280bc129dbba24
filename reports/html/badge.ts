import type { Verdict } from '../../sim/results.js';
import { type Html, html } from './template.js';

/** A verdict as a word on a tint; the word alone tells. */
export function badge(verdict: Verdict): Html {
  return html`<span class="badge ${verdict.replace(/ /g, '-')}">${verdict}</span>`;
}
