import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reproduceCommand } from '../../reports/html/about.js';
import { reportPage } from '../../reports/html/page.js';
import type { Results } from '../../sim/results.js';
import { makeEmptyResults, makeHostileResults, makeResults } from './fixture.js';
import { type Element, elements, readMarkup, textOf } from './markup.js';

const results = makeResults();
const text = await reportPage(results);
const root = readMarkup(text);
const nodes = [...elements(root)];
const named = (name: string): Element[] => nodes.filter((element) => element.name === name);
const byId = (id: string): Element => nodes.find((element) => element.attributes.get('id') === id)!;

const page = suite('reportPage');

page('fetches nothing: no address but the names of XML namespaces', () => {
  const addresses = [...text.matchAll(/https?:\/\/[^"'\s<>)]*/g)].map(([address]) => address);
  assert.equal([...new Set(addresses)].sort(), ['http://www.w3.org/1999/xlink', 'http://www.w3.org/2000/svg']);
  const fetching = nodes.filter(
    ({ name, attributes }) => attributes.has('src') || name === 'link' || name === 'img' || name === 'iframe',
  );
  assert.equal(fetching, []);
  for (const link of named('a')) assert.match(link.attributes.get('href')!, /^#/);
});

page('allows its own script by hash and nothing else', () => {
  const [script, ...others] = named('script');
  assert.is(others.length, 0);
  const hash = createHash('sha256').update(textOf(script!)).digest('base64');
  const policy = named('meta')
    .find((meta) => meta.attributes.has('http-equiv'))!
    .attributes.get('content')!;
  assert.ok(policy.includes(`script-src 'sha256-${hash}'`) && policy.includes("default-src 'none'"));
});

page('tells the answer before anything else', () => {
  const fails = results.flows.filter((flow) => flow.verdict === 'fail').length;
  const answer = nodes.find((element) => element.attributes.get('class') === 'answer fail')!;
  assert.ok(textOf(answer).startsWith(`${fails} of the `));
  assert.ok(text.indexOf('class="answer') < text.indexOf('<svg'));
});

page('names every flow that fails, with its reason', () => {
  const table = textOf(byId('bad-flows')).replaceAll('\u00a0', ' ');
  for (const flow of results.flows.filter((one) => one.verdict === 'fail')) {
    assert.ok(table.includes(flow.payload) && table.includes(flow.verdictReason), flow.payload);
  }
});

page('holds every flow and every link', () => {
  const rows = (id: string): number => [...elements(byId(id))].filter((element) => element.name === 'tr').length - 1;
  assert.is(rows('all-flows'), results.flows.length);
  assert.is(rows('all-links'), results.links.length);
  assert.is(rows('all-assumptions'), results.assumptions.length);
});

page('headings descend one level at a time from a single first one', () => {
  const levels = nodes.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
  assert.is(levels.filter((level) => level === 1).length, 1);
  assert.is(levels[0], 1);
  levels.slice(1).forEach((level, i) => {
    assert.ok(level <= levels[i]! + 1);
  });
});

page('has the landmarks and a language', () => {
  for (const name of ['header', 'nav', 'main', 'footer']) assert.is(named(name).length, 1, name);
  assert.is(named('html')[0]!.attributes.get('lang'), 'en');
});

page('every table has a caption, and its header cells a scope', () => {
  for (const table of named('table')) {
    const inside = [...elements(table)];
    assert.is(inside.filter(({ name }) => name === 'caption').length, 1);
    for (const cell of inside.filter(({ name }) => name === 'th')) {
      assert.ok(['col', 'row'].includes(cell.attributes.get('scope') ?? ''));
    }
    const widths = inside
      .filter(({ name }) => name === 'tr')
      .map((row) => row.children.filter((child) => typeof child !== 'string').length);
    assert.is(new Set(widths).size, 1);
  }
});

page('ids are unique, and what is referred to is there', () => {
  const ids = nodes.flatMap(({ attributes }) => attributes.get('id') ?? []);
  assert.is(new Set(ids).size, ids.length);
  for (const { attributes } of nodes) {
    for (const key of ['aria-labelledby', 'aria-describedby', 'for']) {
      const id = attributes.get(key);
      if (id !== undefined) assert.ok(ids.includes(id), id);
    }
    const href = attributes.get('href') ?? attributes.get('xlink:href');
    if (href !== undefined) assert.ok(ids.includes(href.slice(1)), href);
  }
});

page('every picture is one image with a name, and the figures stand beside it', () => {
  for (const svg of named('svg')) assert.is(svg.attributes.get('role'), 'img');
  for (const figure of named('figure')) {
    assert.is([...elements(figure)].filter(({ name }) => name === 'svg').length, 2);
    assert.is([...elements(figure)].filter(({ name }) => name === 'table').length, 1);
  }
});

page('hostile names are text and nothing else', async () => {
  const hostile = `<script>alert(1)</script> "onmouseover="x" '&amp;<b> </style></svg><img src=x> ]]>--><!-- $& $1 \u2028`;
  const hurt = readMarkup(await reportPage(makeHostileResults(hostile)));
  const all = [...elements(hurt)];
  assert.is(all.filter(({ name }) => name === 'script').length, 1);
  assert.equal(
    all.filter(({ name }) => name === 'img'),
    [],
  );
  assert.equal(
    all.filter(({ attributes }) => [...attributes.keys()].some((key) => key.startsWith('on'))),
    [],
  );
  assert.is(textOf(all.find(({ name }) => name === 'h1')!), hostile);
});

page('the same results give the same page', async () => {
  assert.is(await reportPage(makeResults()), text);
});

page('an empty run is told as such', async () => {
  const empty = await reportPage(makeEmptyResults());
  assert.ok(empty.includes('No flow could be judged.'));
  readMarkup(empty);
});

page('an interrupted run says so at the top', async () => {
  const cut = await reportPage({ ...results, run: { ...results.run, exit: 'interrupted' } });
  assert.ok(cut.indexOf('interrupted') < cut.indexOf('<main'));
  assert.not.ok(text.includes('was interrupted'));
});

page('all passed is said only when nothing failed and nothing is undecided', async () => {
  const passing: Results = { ...results, flows: results.flows.filter((flow) => flow.verdict === 'pass') };
  const answer = await reportPage(passing);
  assert.ok(answer.includes(`All ${passing.flows.length} flows that could be judged meet their requirement.`));
});

page('stays under 3 MB for 500 flows and 1000 links', async () => {
  const repeat = <T>(rows: readonly T[], count: number, change: (row: T, i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => change(rows[i % rows.length]!, i));
  const large = await reportPage({
    ...results,
    flows: repeat(results.flows, 500, (flow, i) => ({ ...flow, flow: `${flow.flow} ${i}` })),
    links: repeat(results.links, 1000, (link, i) => ({ ...link, area: `dap ${i}` })),
  });
  assert.ok(large.length < 3e6, `${large.length}`);
});

page.run();

const command = suite('reproduceCommand');
command('gives scenario, seed and replications', () => {
  assert.is(reproduceCommand(results.run), 'fanplan run scenarios/first-look.yaml --seed 1 --replications 5');
});
command('names the engine when it is not the usual one', () => {
  assert.is(
    reproduceCommand({ ...results.run, engine: 'closed-form' }),
    'fanplan run scenarios/first-look.yaml --seed 1 --engine closed-form',
  );
});
command('quotes what a shell would read', () => {
  const run = { ...results.run, scenarioFile: "it's here/$HOME; x.yaml" };
  assert.ok(reproduceCommand(run).startsWith(`fanplan run 'it'\\''s here/$HOME; x.yaml' `));
});
command.run();
