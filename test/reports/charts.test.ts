import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chartMakers } from '../../reports/charts/all.js';
import { busyHour } from '../../reports/charts/busy-hour.js';
import type { Layout } from '../../reports/charts/chart.js';
import { compliance } from '../../reports/charts/compliance.js';
import { hourlyLoad } from '../../reports/charts/hourly-load.js';
import { latency } from '../../reports/charts/latency.js';
import { darkRules } from '../../reports/charts/theme.js';
import { utilisation } from '../../reports/charts/utilisation.js';
import { renderSvg } from '../../reports/render.js';
import type { Results } from '../../sim/results.js';
import { makeEmptyResults, makeHostileResults, makeResults } from './fixture.js';
import { elements, readMarkup, textOf } from './markup.js';

const results = makeResults();
const layouts: readonly Layout[] = ['wide', 'narrow'];

/** As the closed form gives it: loads, no counts and no percentiles. */
const closedForm: Results = {
  ...results,
  run: { ...results.run, engine: 'closed-form' },
  flows: results.flows.map((flow) => ({
    ...flow,
    latencyMeanS: Number.NaN,
    latencyP50S: Number.NaN,
    latencyP95S: Number.NaN,
    latencyP99S: Number.NaN,
    margin: Number.NaN,
    verdict: 'not judged',
  })),
};

/** A link far past its rate, and a flow that it never delivers. */
const overloaded: Results = {
  ...closedForm,
  links: results.links.map((link, i) => (i === 0 ? { ...link, busyHourUtilisation: 3.5, utilisation: 2 } : link)),
  flows: results.flows.map((flow) => ({
    ...flow,
    closedFormLatencyS: Number.POSITIVE_INFINITY,
    latencyMeanS: Number.NaN,
  })),
};

/** The clocks go back at 02:00: that label comes twice. */
const autumn: Results = {
  ...results,
  run: { ...results.run, horizonS: 25 * 3600 },
  hours: results.hours.flatMap((hour) =>
    hour.bin < 2 ? [hour] : hour.bin === 2 ? [hour, { ...hour, bin: 3 }] : [{ ...hour, bin: hour.bin + 1 }],
  ),
};

const cases: readonly (readonly [string, Results])[] = [
  ['believable results', results],
  ['no results', makeEmptyResults()],
  ['closed form only', closedForm],
  ['an overloaded link', overloaded],
  ['a day of 25 hours', autumn],
  ['hostile names', makeHostileResults(`<script>"&'\\</script> \u2028`)],
];

const all = suite('every chart');
for (const makeChart of chartMakers) {
  for (const [label, given] of cases) {
    const { name } = makeChart(given, 'wide');
    all(`${name} compiles and draws ${label} without a warning`, async () => {
      for (const layout of given === results ? layouts : (['narrow'] as const)) {
        const svg = await renderSvg(makeChart(given, layout), { use: 'alone' });
        assert.not.match(svg, /NaN|undefined|Infinity/);
        const root = readMarkup(svg);
        assert.equal(
          [...elements(root)].filter((element) => element.name === 'script'),
          [],
        );
      }
    });
  }
}

all('the same chart is drawn as the same text', async () => {
  for (const makeChart of chartMakers) {
    const once = await renderSvg(makeChart(results, 'wide'), { use: 'alone' });
    assert.is(await renderSvg(makeChart(makeResults(), 'wide'), { use: 'alone' }), once);
  }
});

all('every colour has its counterpart for dark grounds', async () => {
  const rules = darkRules('svg');
  for (const makeChart of chartMakers) {
    const svg = await renderSvg(makeChart(results, 'wide'), { use: 'alone' });
    for (const [, colour] of svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g))
      assert.ok(rules.includes(`"${colour}"`), colour);
  }
});

all('a chart without data says so instead of showing an empty frame', async () => {
  for (const makeChart of chartMakers) {
    const svg = readMarkup(await renderSvg(makeChart(makeEmptyResults(), 'wide'), { use: { id: 'x' } }));
    const texts = [...elements(svg)].filter((element) => element.name === 'text').map(textOf);
    assert.is(texts.length, 1);
    assert.match(texts[0]!, /^No .*\.$/);
  }
});

all('a picture has a role, a title and a description', async () => {
  const chart = utilisation(results, 'wide');
  const svg = [...elements(readMarkup(await renderSvg(chart, { use: { id: 'u' } })))];
  assert.is(svg[0]!.attributes.get('role'), 'img');
  assert.is(svg[0]!.attributes.get('aria-labelledby'), 'u-title');
  assert.is(textOf(svg.find((element) => element.attributes.get('id') === 'u-title')!), chart.title);
  assert.is(textOf(svg.find((element) => element.attributes.get('id') === 'u-desc')!), chart.description);
});

all('figures have as many cells as columns', () => {
  for (const makeChart of chartMakers) {
    const { figures } = makeChart(results, 'wide');
    assert.ok(figures.rows.length > 0);
    for (const row of figures.rows) assert.is(row.length, figures.columns.length);
  }
});
all.run();

const valuesOf = (spec: object): Record<string, unknown>[] =>
  (spec as { data: { values: Record<string, unknown>[] } }).data.values;

const hourly = suite('hourlyLoad');
hourly('has one value per hour, network and direction that carries anything', () => {
  assert.is(valuesOf(hourlyLoad(results, 'wide').spec).length, 24 * 11);
});
hourly('the closed form is bytes over the seconds of the hour, also where the run ends within it', () => {
  const cut: Results = {
    ...results,
    run: { ...results.run, horizonS: 1800 },
    hours: results.hours.filter((hour) => hour.bin === 0),
  };
  const [first] = valuesOf(hourlyLoad(cut, 'wide').spec);
  assert.is(first!['closedFormBps'], (results.hours[0]!.closedFormBytes * 8) / 1800);
});
hourly('an hour that comes twice stays two hours', () => {
  const { figures } = hourlyLoad(autumn, 'wide');
  assert.equal(figures.rows.map((row) => row[0]).slice(1, 5), ['01:00', '02:00', '02:00', '03:00']);
});
hourly.run();

const links = suite('utilisation');
links('shows the 30 most utilised links, highest first', () => {
  const shares = valuesOf(utilisation(results, 'wide').spec).map((value) => value['busyHour'] as number);
  assert.is(shares.length, 30);
  assert.equal(
    shares,
    [...shares].sort((a, b) => b - a),
  );
  const finite = results.links.filter((link) => Number.isFinite(link.rateBps));
  assert.is(shares[0], Math.max(...finite.map((link) => link.busyHourUtilisation)));
});
links.run();

const delays = suite('latency');
delays('starts with the flow that misses its budget most', () => {
  const [first] = latency(results, 'wide').figures.rows;
  const worst = results.flows.reduce((a, b) => (b.margin < a.margin ? b : a));
  assert.is(first![0], worst.payload);
});
delays('falls back to the closed form where nothing was simulated', () => {
  const means = valuesOf(latency(closedForm, 'wide').spec).map((value) => value['mean']);
  const known = new Set(results.flows.map((flow) => flow.closedFormLatencyS));
  assert.ok(means.length > 0 && means.every((mean) => known.has(mean as number)));
});
delays('an endless latency has no place on the axis', () => {
  assert.equal(latency(overloaded, 'wide').figures.rows, []);
});
delays.run();

const matrix = suite('compliance');
matrix('a flow counts once in every network that it crosses', () => {
  const { figures } = compliance(results, 'wide');
  const counted = figures.rows.reduce((sum, row) => sum + Number(row[2]), 0);
  assert.is(
    counted,
    results.flows.reduce((sum, flow) => sum + flow.networks.split(', ').length, 0),
  );
});
matrix('a cell has the worst verdict of its flows', () => {
  const chart = compliance(results, 'wide');
  valuesOf(chart.spec).forEach((value, i) => {
    const [useCase, network] = chart.figures.rows[i]!;
    const own = results.flows.filter(
      (flow) => flow.useCase === useCase && flow.networks.split(', ').includes(network!),
    );
    assert.is(
      value['worst'] === 'fail',
      own.some((flow) => flow.verdict === 'fail'),
    );
  });
});
matrix.run();

const parts = suite('busyHour');
parts('segments of a network fill it without gap or overlap', () => {
  const layers = (busyHour(results, 'wide').spec as { layer: { data: { values: Record<string, number>[] } }[] }).layer;
  const rows = new Map<number, Record<string, number>[]>();
  for (const value of layers[0]!.data.values) rows.set(value['row']!, [...(rows.get(value['row']!) ?? []), value]);
  assert.is(rows.size, 11);
  for (const segments of rows.values()) {
    assert.is(segments[0]!['from'], 0);
    segments.slice(1).forEach((segment, i) => {
      assert.is(segment['from'], segments[i]!['to']);
    });
    assert.is(segments.at(-1)!['to'], 1);
  }
});
parts.run();
