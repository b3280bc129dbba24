import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Chart, Layout } from '../../reports/charts/chart.js';
import { type Estimate, estimateText } from '../../reports/charts/estimate.js';
import { growth } from '../../reports/charts/growth.js';
import { margins } from '../../reports/charts/margins.js';
import { pareto } from '../../reports/charts/pareto.js';
import { ranked } from '../../reports/charts/ranked.js';
import { sweep } from '../../reports/charts/sweep.js';
import { darkRules } from '../../reports/charts/theme.js';
import { tornado } from '../../reports/charts/tornado.js';
import { renderSvg } from '../../reports/render.js';
import { elements, readMarkup, textOf } from './markup.js';
import { studyCharts } from './study-charts.js';

const layouts: readonly Layout[] = ['wide', 'narrow'];
const hostile = `<script>"&'\\</script> \u2028`;

const textsOf = (svg: string): string[] =>
  [...elements(readMarkup(svg))].filter(({ name }) => name === 'text').map(textOf);
const draw = (chart: Chart): Promise<string> => renderSvg(chart, { use: 'alone' });

const all = suite('charts of studies');
for (const [label, make] of Object.entries(studyCharts)) {
  all(`${label} compiles and draws without a warning, at both widths`, async () => {
    for (const layout of layouts) {
      const svg = await draw(make(layout, 'plain'));
      assert.not.match(svg, /NaN|undefined|Infinity/);
      assert.ok(textsOf(svg).length > 5);
    }
  });

  all(`${label} takes hostile names as text`, async () => {
    const svg = await draw(make('narrow', hostile));
    const names = [...elements(readMarkup(svg))].map(({ name }) => name);
    assert.not.ok(names.includes('script'));
  });

  all(`${label} without anything to draw says so`, async () => {
    const svg = await renderSvg(make('wide', 'plain', 'nothing'), { use: { id: 'x' } });
    const texts = textsOf(svg);
    assert.is(texts.length, 1);
    assert.match(texts[0]!, /^No .*\.$/);
  });

  all(`${label} leaves out what is not finite and says how many, or that nothing is left`, async () => {
    const svg = await draw(make('wide', 'plain', 'endless'));
    assert.not.match(svg, /NaN|undefined|Infinity/);
  });

  all(`${label} has figures for those who cannot see it`, () => {
    const { figures } = make('wide', 'plain');
    assert.ok(figures.rows.length > 0);
    for (const row of figures.rows) assert.is(row.length, figures.columns.length);
  });

  all(`${label} has only colours with a counterpart for dark grounds`, async () => {
    const rules = darkRules('svg');
    const svg = await draw(make('wide', 'plain'));
    for (const [, colour] of svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)) {
      assert.ok(rules.includes(`"${colour}"`), colour);
    }
  });
}
all.run();

/** Number of lines, bars and ticks that a chart draws as marks: an error bar is a line and two caps. */
const marks = async (chart: Chart): Promise<number> =>
  [...elements(readMarkup(await draw(chart)))]
    .filter(({ attributes }) => /mark-(rule|rect) role-mark/.test(attributes.get('class') ?? ''))
    .reduce((sum, group) => sum + group.children.length, 0);

const bars = suite('error bars');
const exact: Estimate = { value: 2 };
const known: Estimate = { value: 2, low: 1.5, high: 2.5, samples: 5 };
const words = { name: 'x', title: 'X', description: 'Y.' };
const quantity = { title: 'p95', unit: 's' };

bars('stand where an interval is known and nowhere else', async () => {
  for (const along of ['ranked', 'sweep'] as const) {
    const chart = (y: Estimate): Chart =>
      along === 'ranked'
        ? ranked({ ...words, value: quantity, items: [{ label: 'a', value: y }] }, 'wide')
        : sweep({ ...words, x: quantity, y: quantity, series: [{ label: 'a', points: [{ x: 1, y }] }] }, 'wide');
    assert.is((await marks(chart(known))) - (await marks(chart(exact))), 3, along);
  }
});

bars('estimates name their interval and the samples behind it', () => {
  assert.is(
    estimateText({ value: 0.221, low: 0.217, high: 0.225, samples: 5 }, 's'),
    '221 ms (217 ms to 225 ms, n = 5)',
  );
  assert.is(estimateText({ value: 0.5, low: Number.NaN, high: Number.NaN }, '1'), '50 %');
  assert.is(estimateText({ value: 3 }, 'USD/year'), '3');
});
bars.run();

const order = suite('what is drawn');
order('tornado: the longest bar first, limited to 20, and says so', () => {
  const inputs = Array.from({ length: 30 }, (_, i) => ({
    label: `input ${i}`,
    least: { setting: 'a', result: { value: 10 - i } },
    most: { setting: 'b', result: { value: 10 } },
  }));
  const chart = tornado({ ...words, result: quantity, base: { value: 10 }, inputs }, 'wide');
  assert.equal(
    chart.figures.rows.map(([label]) => label),
    Array.from({ length: 20 }, (_, i) => `input ${29 - i}`),
  );
  assert.match(chart.description, /^The 20 inputs with the longest bars of 30/);
});

order('tornado: a limit far off is told and not drawn, so that bars keep their length', () => {
  const inputs = [
    { label: 'a', least: { setting: 'x', result: { value: 1 } }, most: { setting: 'y', result: { value: 2 } } },
  ];
  const chart = (value: number): Chart =>
    tornado({ ...words, result: quantity, base: { value: 1.5 }, inputs, limit: { label: 'budget', value } }, 'wide');
  assert.ok(JSON.stringify(chart(2.5).spec).includes('"label":"budget"'));
  assert.not.ok(JSON.stringify(chart(60).spec).includes('"label":"budget"'));
  assert.match(chart(60).description, /far off: budget at 1 min/);
});

order('pareto: the front is numbered along x, the rest follows', () => {
  const point = (label: string, x: number, y: number, front: boolean) => ({
    label,
    x: { value: x },
    y: { value: y },
    front,
  });
  const points = [
    point('c', 3, 1, true),
    point('dominated', 3, 3, false),
    point('a', 1, 3, true),
    point('b', 2, 2, true),
  ];
  const chart = pareto({ ...words, x: quantity, y: quantity, points }, 'wide');
  assert.equal(
    chart.figures.rows.map(([number, label]) => `${number} ${label}`),
    ['1 a', '2 b', '3 c', ' dominated'],
  );
});

order('growth: the year in which a class runs out is written at its point', async () => {
  const years = [2026, 2027, 2028].map((year, i) => ({ year, utilisation: { value: 0.5 + 0.15 * i } }));
  const chart = growth({ ...words, headroom: 0.7, classes: [{ label: 'NAN up', years, exhausted: 2028 }] }, 'wide');
  const texts = textsOf(await draw(chart));
  assert.is(texts.filter((text) => text === '2028').length, 2); // on the axis and at the point
  assert.ok(texts.some((text) => text.includes('headroom, 70 %')));
});

order('margins: far beyond the budget is drawn at the edge and told in full', () => {
  const rows = [{ label: 'read', margins: [{ value: -8 }, { value: 0.9 }] }];
  const chart = margins({ ...words, candidates: ['a', 'b'], rows }, 'wide');
  assert.equal(chart.figures.rows, [['read', '−800 %', '90 %']]);
  const { values } = (chart.spec as { data: { values: { margin: number }[] } }).data;
  assert.equal(
    values.map(({ margin }) => margin),
    [-1, 0.9],
  );
});
order.run();
