import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario, simulate } from '../../pipeline.js';
import { runPictures } from '../../reports/charts/all.js';
import { layoutWidth } from '../../reports/charts/chart.js';
import { FONT_SIZE } from '../../reports/network/boxes.js';
import { compact, type Item } from '../../reports/network/compact.js';
import { loadClasses, strokeWidth } from '../../reports/network/draw.js';
import { networkGraph } from '../../reports/network/graph.js';
import { layOut, type Placed } from '../../reports/network/layout.js';
import { networkPicture } from '../../reports/network/picture.js';
import { renderSvg } from '../../reports/render.js';
import { textWidth } from '../../reports/text-width.js';
import type { Results } from '../../sim/results.js';
import { makeResults } from './fixture.js';
import { elements, readMarkup, textOf } from './markup.js';

async function closedForm(file: string, profile?: string): Promise<Results> {
  const text = readFileSync(join(packageRoot, 'scenarios', file), 'utf8');
  const own = profile === undefined ? text : text.replace(/^profile:.*$/m, `profile: ${profile}`);
  return (await simulate(compile(loadScenario({ text: own, file })), { engine: 'closed-form' }))!;
}

const cases: readonly (readonly [string, Results])[] = [
  ['first look', await closedForm('first-look.yaml')],
  ['a city at highload', await closedForm('city-highload.yaml')],
  ['AMI only, with a retailer', await closedForm('first-look.yaml', 'ARHEM3CvIIW')],
  ['DA only', await closedForm('first-look.yaml', 'DCSIRsF')],
  ['feeder devices by way of the DAP', await closedForm('first-look.yaml', 'AHEM3CdIW+DDAAD')],
];

const overlap = (a: Placed, b: Placed): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

const picture = suite('network picture');
for (const [label, results] of cases) {
  const graph = networkGraph(results)!;

  picture(`${label}: every link is in exactly one medium, and every medium is drawn once`, async () => {
    const drawn = graph.media.flatMap(({ links }) => links.map(({ link }) => link));
    assert.equal([...drawn].sort(), [...new Set(results.links.map(({ link }) => link))].sort());
    const svg = readMarkup(await renderSvg(networkPicture(graph, 'wide'), { use: 'alone' }));
    const named = [...elements(svg)].flatMap(({ attributes }) => attributes.get('data-links') ?? []);
    assert.equal(named.flatMap((names) => JSON.parse(names) as string[]).sort(), [...drawn].sort());
  });

  picture(`${label}: a medium shows the load of the busiest area`, () => {
    for (const medium of graph.media) {
      for (const { link, busyHourBps } of medium.links) {
        const rows = results.links.filter((row) => row.link === link);
        assert.is(busyHourBps, Math.max(...rows.map((row) => row.busyHourBps)), link);
      }
    }
  });

  picture(
    `${label}: every actor stands in one node of its domain, but those that only a field tool is plugged in at`,
    () => {
      const { actors, links } = results.network!;
      const shown = graph.nodes.flatMap((node) => node.actors.map(({ name }) => `${node.domain} ${name}`));
      assert.is(new Set(shown).size, shown.length);
      const tools = (ends: readonly (readonly [number, number])[]) =>
        ends.flat().some((actor) => actors[actor]!.depth < 0);
      const joined = new Set(links.filter(({ ends }) => !tools(ends)).flatMap(({ ends }) => ends.flat()));
      const expected = actors.filter(({ depth }, i) => depth < 0 || joined.has(i));
      assert.equal([...shown].sort(), expected.map(({ name, domain }) => `${domain} ${name}`).sort());
    },
  );

  for (const layout of ['wide', 'narrow'] as const) {
    picture(`${label}, ${layout}: no two boxes overlap, texts fit their boxes, lanes keep apart`, () => {
      const { nodes, media, lanes, width } = layOut(
        graph,
        layout === 'wide' ? 1022 : 592,
        layout === 'wide' ? 170 : 130,
      );
      const boxes = [...nodes, ...media];
      boxes.forEach((box, i) => {
        assert.ok(box.x - box.width / 2 >= 0 && box.x + box.width / 2 <= width + 1e-6);
        for (const other of boxes.slice(i + 1)) assert.not.ok(overlap(box, other), box.lines[0]!.text);
        for (const { text } of box.lines) assert.ok(textWidth(text, FONT_SIZE) <= box.width, text);
      });
      lanes.slice(1).forEach((lane, i) => {
        assert.ok(lane.top >= lanes[i]!.bottom - 1e-6, lane.name);
      });
    });
  }

  picture(`${label}: lines pass no box but those at their ends`, () => {
    const { nodes, media, joints } = layOut(graph, 1022, 170);
    const boxes = [...nodes, ...media];
    for (const { points } of joints) {
      for (const { x, y } of points.slice(1, -1)) {
        assert.not.ok(boxes.some((box) => Math.abs(box.x - x) < box.width / 2 && Math.abs(box.y - y) < box.height / 2));
      }
    }
  });

  picture(`${label}: text keeps 10 pixels on a page of ${layoutWidth.wide}`, () => {
    const width = Number(/ width="(\d+)"/.exec(networkPicture(graph, 'wide').svg())![1]);
    assert.ok((FONT_SIZE * layoutWidth.wide) / Math.max(width, layoutWidth.wide) >= 10, `${width}`);
  });
}

picture('load and utilisation stand beside every shared medium, so that colour is not needed', async () => {
  const graph = networkGraph(cases[0]![1])!;
  const texts = [...elements(readMarkup(networkPicture(graph, 'wide').svg()))]
    .filter(({ name }) => name === 'text')
    .map(textOf);
  for (const direction of ['↓', '↑'])
    assert.ok(texts.some((text) => new RegExp(`^${direction} [\\d.]+ k?bit/s, `).test(text)));
  for (const [, name] of loadClasses) assert.ok(texts.includes(name));
});

picture('the same results give the same picture', () => {
  const draw = (): string => networkPicture(networkGraph(cases[0]![1])!, 'wide').svg();
  assert.is(draw(), draw());
});

picture('results that do not say who stands where have no picture', () => {
  assert.not.ok(runPictures(makeResults()).some((make) => make('wide').name === 'network'));
});

picture('hostile names are text', () => {
  const hostile = '<script>"&\'';
  const [, results] = cases[0]!;
  const network = {
    ...results.network!,
    actors: results.network!.actors.map((actor) => ({ ...actor, name: hostile, domain: hostile })),
  };
  const svg = networkPicture(networkGraph({ ...results, network })!, 'wide').svg();
  assert.not.ok([...elements(readMarkup(svg))].some(({ name }) => name === 'script'));
});
picture.run();

const width = suite('strokeWidth');
width('never shrinks as the load grows, and is drawn for any load', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        return strokeWidth(less) >= 1 && strokeWidth(less) <= strokeWidth(more) && strokeWidth(more) <= 13;
      },
    ),
  );
  assert.ok(strokeWidth(1e3) < strokeWidth(1e4) && strokeWidth(1e6) < strokeWidth(1e7));
});
width.run();

const narrowed = suite('compact');
narrowed('keeps order and room, within the width or the widest row', () => {
  const item = fc.record({
    x: fc.double({ min: 0, max: 2000, noNaN: true }),
    width: fc.double({ min: 1, max: 200, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(fc.array(item, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), (drawn) => {
      const rows = drawn.map((row) => row.map((one): Item => ({ ...one, ties: [] })).sort((a, b) => a.x - b.x));
      const [above, below] = [rows[0]![0]!, rows.at(-1)!.at(-1)!];
      above.ties.push({ to: below, weight: 2 });
      const limit = compact(rows, 2000, 500);
      assert.is(limit, Math.max(500, ...rows.map((row) => row.reduce((sum, one) => sum + one.width, 0))));
      for (const row of rows) {
        let end = 0;
        for (const one of row) {
          assert.ok(one.x - one.width / 2 >= end - 1e-6);
          end = one.x + one.width / 2;
        }
        assert.ok(end <= limit + 1e-6);
      }
    }),
    { numRuns: 50 },
  );
});
narrowed.run();
