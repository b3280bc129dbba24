/** Sentences of the studies that search. */
import { type Finding, percent } from '../trial/findings.js';

/** `NAN dap up, dap 3` */
export function placeText({ link, area }: Pick<Finding, 'link' | 'area'>): string {
  return area === '' || link === '' ? link : `${link}, ${area}`;
}

/** Which payload on which link in which hour, and the figures. */
export function bindingText(finding: Finding): string {
  const { kind, payload, hour, loadCase, reason } = finding;
  const at = hour === '' ? '' : ` at ${hour}`;
  const left = leftText(finding);
  if (kind === 'headroom') {
    const mostly = payload === '' ? '' : `, mostly ${payload}`;
    return `headroom of ${placeText(finding)}${at} (${loadCase}${mostly}): ${reason}${left}`;
  }
  return `${payload} over ${placeText(finding)}${at} (${loadCase}): ${reason}${left}`;
}

/** By how much; what is undecided has neither missed nor made it, and the reason of a requirement that is missed has its figures. */
function leftText({ kind, outcome, slack }: Finding): string {
  if (Number.isNaN(slack) || outcome === 'undecided' || (kind === 'requirement' && outcome === 'fail')) return '';
  return slack < 0 ? `, missed by ${percent(-slack)}` : outcome === 'pass' ? `, ${percent(slack)} left` : '';
}
