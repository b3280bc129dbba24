/** Where the numbers come from: the head of the page, the method, and how to get the same numbers again. */
import type { Results, RunInfo } from '../../sim/results.js';
import { commandLine } from '../command-line.js';
import { formatNumber, formatSeconds, plural } from '../format.js';
import { type Html, html } from './template.js';

export function pageHeader(results: Results): Html {
  const { run } = results;
  return html`<header><p class="product">fanplan report</p><h1>${run.scenario}</h1>
<dl class="facts">
<div><dt>Profile</dt><dd>${run.profile}</dd></div>
<div><dt>Load</dt><dd>${run.load}</dd></div>
<div><dt>Period</dt><dd>${formatSeconds(run.horizonS)} from ${run.startLocal.slice(0, 16).replace('T', ' ')} (${run.zone})</dd></div>
<div><dt>Computed by</dt><dd>${computedBy(run)}</dd></div>
${results.deployment.length === 0 ? undefined : html`<div class="long"><dt>Deployment</dt><dd>${results.deployment.map(({ name, count }, i) => html`${i === 0 ? '' : ', '}${formatNumber(count)} ${name}`)}</dd></div>`}
</dl>${run.exit === 'interrupted' ? html`<p class="answer undecided" role="note">The run was interrupted: only the replications that were finished are counted.</p>` : undefined}</header>`;
}

function computedBy(run: RunInfo): string {
  switch (run.engine) {
    case 'simulation':
      return `simulation, ${plural(run.replications, 'replication')}`;
    case 'simjs':
      return `reference simulation (simjs), ${plural(run.replications, 'replication')}`;
    case 'closed-form':
      return 'closed form, nothing simulated';
  }
}

export function methodSection(results: Results): Html {
  const simulated = results.run.engine !== 'closed-form';
  return html`<section aria-labelledby="method"><h2 id="method">Method</h2>
<p>The requirements catalogue and the deployment give a plan: sources of messages, the links that each message crosses, and
the queue in front of every transmitter. ${
    simulated
      ? html`The plan was simulated event by event, ${plural(results.run.replications, 'time')} with independent random numbers. ${warmedUp(results.run)}`
      : html`This report holds the closed form of that plan: expected loads from rates and windows, and mean latencies from queueing formulas.`
  }</p>
<ul>
<li><b>Latency</b> runs from the sending actor handing the message on until the receiving actor has it, over every hop between.</li>
${simulated ? simulatedVerdicts : closedFormVerdicts}
<li><b>Not exercised</b> means that nothing was sent; <b>not judged</b> that the requirement's window is longer than the run, or
that the source states no share; <b>no budget</b> that the source states no latency. None of them counts as a pass.</li>
<li><b>The busy hour</b> of a link is its clock hour with the highest mean load.</li>
${simulated ? html`<li><b>Closed form</b> figures are computed from the same plan without simulation; where the approximation holds the two should agree within chance.</li>` : undefined}
${closedFormLimits(results)}
</ul></section>`;
}

/** Where the closed form does not hold, and what does. */
function closedFormLimits(results: Results): Html | undefined {
  const beyond = results.flows.filter(
    ({ closedFormHolds, verdict }) => closedFormHolds !== 'valid' && verdict !== 'not exercised',
  );
  if (beyond.length === 0) return undefined;
  const kinds = [...new Set(beyond.map(({ closedFormHolds }) => closedFormHolds))].sort();
  const counts = kinds.map(
    (kind) =>
      `${formatNumber(beyond.filter(({ closedFormHolds }) => closedFormHolds === kind).length)} ${limits[kind] ?? kind}`,
  );
  const reasons = [...new Set(beyond.map(({ closedFormReason }) => closedFormReason))].slice(0, MOST_REASONS);
  const advice =
    results.run.engine === 'closed-form' ? 'Simulate for these.' : 'For these the simulated figures count.';
  return html`<li><b>The closed form does not hold</b> for ${plural(beyond.length, 'flow')}: ${counts.join(', ')}. ${advice} For instance: ${reasons.join('; ')}.</li>`;
}

const MOST_REASONS = 3;
const limits: Readonly<Record<string, string>> = {
  burst: 'meet bursts, whose queues it does not know',
  overload: 'cross an overloaded link',
  outside: 'cross a medium beyond the range of its formula',
};

const simulatedVerdicts = html`<li><b>A flow passes</b> when the lower end of the 95 % interval of its share delivered within the budget reaches the required
share, and <b>fails</b> when the upper end does not; otherwise it is <b>undecided</b>. Lost messages, late ones and those still in
flight past their budget all count against it. The interval is that of the mean share over replications.</li>
<li><b>Margin</b> is the part of the budget that is left at the 95th percentile, or at the mean where messages are few.</li>
<li><b>Percentiles</b> are shown only where at least 10 / (1 − q) messages stand behind them.</li>`;

const closedFormVerdicts = html`<li><b>A flow fails</b> when a link on its way is overloaded in its busy hour, or when the mean latency alone exceeds the
budget; otherwise it is <b>undecided</b>, since a mean does not tell which share is in time.</li>
<li><b>Margin</b> is the part of the budget that is left at the mean latency of the busy hour.</li>`;

function warmedUp(run: RunInfo): string {
  return run.warmUpDays.some((days) => days > 0)
    ? 'Whole days were run first and discarded, with their queues kept, so that the measured run does not begin in an empty network.'
    : 'The measured run begins in an empty network.';
}

export function reproduceSection(results: Results): Html {
  const { run } = results;
  const facts: [string, string][] = [
    ['Scenario file', run.scenarioFile],
    ['Scenario SHA-256', run.scenarioHash],
    ['Catalogue SHA-256', run.catalogueHash],
    ['Seed', run.seed],
    ['Warm-up', warmUp(run)],
    ['fanplan', run.fanplan],
    ['Node.js', run.node],
    [
      'Counted',
      `${plural(run.counts.messages, 'message')}, ${plural(run.counts.hops, 'hop')}, ${plural(run.counts.events, 'event')} (${formatNumber(run.counts.ties)} at the same instant as another)`,
    ],
    ['Started', run.timing.startedAt],
    ['Took', `${formatSeconds(run.timing.wallS)}, of which ${formatSeconds(run.timing.simulationS)} simulation`],
  ];
  return html`<section aria-labelledby="reproduce"><h2 id="reproduce">How to reproduce</h2>
<pre><code>${reproduceCommand(run)}</code></pre>
<p>The same scenario, catalogue and seed give the same tables, byte for byte, on the same major version of Node.js.</p>
<dl class="terms hashes">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}

function warmUp(run: RunInfo): string {
  const days = [...new Set(run.warmUpDays)].sort((a, b) => a - b);
  if (days.length === 0) return 'none';
  const text = days.length === 1 ? plural(days[0]!, 'day') : `${days[0]} to ${days.at(-1)} days`;
  return `${text} before each replication`;
}

/** The command line that gives these results again, quoted for a POSIX shell. */
export function reproduceCommand(run: RunInfo): string {
  const words = ['fanplan', 'run', run.scenarioFile, '--seed', run.seed];
  if (run.engine !== 'simulation') words.push('--engine', run.engine);
  if (run.engine !== 'closed-form') words.push('--replications', String(run.replications));
  return commandLine(words);
}
