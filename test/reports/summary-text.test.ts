import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SummaryStyle, summaryText } from '../../reports/summary-text.js';
import { makeEmptyResults, makeResults } from './fixture.js';

const style = (width: number): SummaryStyle => ({
  width,
  good: String,
  bad: String,
  warn: String,
  strong: String,
  faint: String,
});
const results = makeResults();
const summary = suite('summaryText');

summary('begins with the verdicts and ends with the report', () => {
  const lines = summaryText(results, 'results/x', style(100)).split('\n');
  assert.match(lines[0]!, /^124 flows: \d+ fail, \d+ undecided, \d+ pass/);
  assert.is(lines.at(-1), `Report: ${join('results/x', 'report.html')}`);
});

summary('keeps within the width, down to narrow terminals', () => {
  for (const width of [40, 60, 80, 120]) {
    const body = summaryText(results, 'r', style(width)).split('\n').slice(1, -3);
    for (const line of body) assert.ok(line.length <= width, `${width}: ${line}`);
  }
});

summary('names the flow that fails worst', () => {
  const worst = results.flows.reduce((a, b) => (b.margin < a.margin ? b : a));
  assert.ok(summaryText(results, 'r', style(100)).includes(worst.payload));
});

summary('adds no colour of its own', () => {
  assert.not.match(summaryText(results, 'r', style(100)), new RegExp(String.fromCharCode(27)));
});

summary('marks failing with the colour for bad', () => {
  const marked = summaryText(results, 'r', { ...style(100), bad: (text) => `<${text}>` });
  assert.match(marked, /<\d+ fail>/);
});

summary('says how systems share a link, and nothing of links that one has for itself', () => {
  const text = summaryText(results, 'r', style(100));
  assert.match(text, /Systems on shared links\n.* at \d\d:00 .*\n +sg-network 75 %, ami-d3 25 %/);
  const alone = { ...results, systems: results.systems.filter(({ system }) => system === 'sg-network') };
  assert.not.match(summaryText(alone, 'r', style(100)), /Systems/);
});

summary('an empty run has nothing to judge', () => {
  assert.is(summaryText(makeEmptyResults(), 'r', style(80)).split('\n')[0], '0 flows: nothing to judge');
});

summary.run();
