import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findings, linkLabel, verdictOrder } from '../../reports/verdicts.js';
import { makeEmptyResults, makeResults } from './fixture.js';

const results = makeResults();
const found = suite('findings');

found('the fixture has verdicts of every kind', () => {
  const { counts } = findings(results);
  for (const verdict of verdictOrder) assert.ok(counts[verdict] > 0, verdict);
});

found('every flow is counted once', () => {
  const { counts } = findings(results);
  assert.is(
    verdictOrder.reduce((sum, verdict) => sum + counts[verdict], 0),
    results.flows.length,
  );
});

found('flows come smallest margin first, those without one last', () => {
  const { failing, tightest, undecided } = findings(results);
  for (const flows of [failing, undecided, tightest]) {
    const margins = flows.map((flow) => flow.margin).filter((margin) => !Number.isNaN(margin));
    assert.equal(
      margins,
      [...margins].sort((a, b) => a - b),
    );
    assert.equal(
      flows.slice(margins.length).filter((flow) => !Number.isNaN(flow.margin)),
      [],
    );
  }
});

found('the order does not depend on the order of the rows', () => {
  const reversed = { ...results, flows: [...results.flows].reverse(), links: [...results.links].reverse() };
  assert.equal(findings(reversed), findings(results));
});

found('busiest links: one per network and direction, none busier in its group', () => {
  const { busiest } = findings(results);
  const keys = busiest.map((link) => `${link.network} ${link.direction}`);
  assert.is(new Set(keys).size, keys.length);
  for (const link of results.links.filter((one) => Number.isFinite(one.rateBps))) {
    const best = busiest.find((one) => one.network === link.network && one.direction === link.direction)!;
    assert.ok(best.busyHourUtilisation >= link.busyHourUtilisation);
  }
});

found('links without a limit of rate cannot be busy', () => {
  assert.equal(
    findings(results).busiest.filter((link) => link.network === 'Internet'),
    [],
  );
});

found('nothing in, nothing out', () => {
  const { failing, undecided, tightest, busiest } = findings(makeEmptyResults());
  assert.equal([failing, undecided, tightest, busiest], [[], [], [], []]);
});

found.run();

const label = suite('linkLabel');
label('names the area where a link stands more than once', () => {
  const [central, local] = [results.links[0]!, results.links.find((link) => link.area === 'dap 4')!];
  assert.is(linkLabel(central), 'LAN up');
  assert.is(linkLabel(local), 'WAN up, dap 4');
});
label.run();
