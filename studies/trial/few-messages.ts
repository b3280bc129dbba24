/** Verdicts that rest on few messages, in a search: luck must not decide where a network begins to be large enough. */
import type { FlowResult } from '../../sim/results.js';
import type { Finding } from './findings.js';

/**
 * A flow of a handful of messages passes when all of them are in time, whatever the network: 20 of 20 happen twice in
 * three times with 98 % in time. Here the closed form, which knows what is expected rather than what happened, has to
 * agree: where it holds and says the opposite, the flow is undecided, which brings more replications.
 * @param closedForm its findings of flows, where it holds; Simulated verdicts on enough messages stand against it.
 */
export function withClosedForm(flow: FlowResult, closedForm: Finding | undefined): FlowResult {
  const { verdict, evidence, verdictReason } = flow;
  const isContradicted =
    evidence === 'few' &&
    closedForm !== undefined &&
    (verdict === 'pass' || verdict === 'fail') &&
    closedForm.outcome !== verdict;
  if (!isContradicted) return flow;
  return {
    ...flow,
    verdict: 'undecided',
    evidence: '',
    verdictReason: `${verdictReason}; the closed form contradicts: ${closedForm.reason}`,
  };
}
