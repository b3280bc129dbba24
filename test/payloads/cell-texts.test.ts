/** The grammars against every cell that the source prints: test/fixtures/sg-network-cells.json holds all 206 rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { parseActors } from '../../payloads/grammar/actors.js';
import { parseHowOften } from '../../payloads/grammar/how-often.js';
import { parseLatency } from '../../payloads/grammar/latency.js';
import { parseLoadFlag } from '../../payloads/grammar/load-flag.js';
import { parseReliability } from '../../payloads/grammar/reliability.js';
import { parseSize } from '../../payloads/grammar/size.js';
import { fold } from '../../payloads/grammar/text.js';
import { parseWhen } from '../../payloads/grammar/when.js';
import type { Cells } from '../../payloads/types.js';

const fixture = join(packageRoot, 'test', 'fixtures', 'sg-network-cells.json');
const { rows } = JSON.parse(readFileSync(fixture, 'utf8')) as { rows: (Cells & { payload: string })[] };
const texts = (cell: keyof Cells) => [...new Set(rows.map((row) => row[cell]))];

const cells = suite('every printed cell');

cells('is of its grammar', () => {
  const parsers: Readonly<Record<keyof Cells, (text: string) => unknown>> = {
    baseload: parseLoadFlag,
    highload: parseLoadFlag,
    from: parseActors,
    to: parseActors,
    reliability: parseReliability,
    latency: parseLatency,
    when: parseWhen,
    howOften: parseHowOften,
    size: parseSize,
  };
  assert.is(rows.length, 206);
  for (const [cell, parse] of Object.entries(parsers)) {
    for (const text of texts(cell as keyof Cells)) assert.not.throws(() => parse(text), `${cell}: ${text}`);
  }
});

cells('of how often has as many terms as it has populations', () => {
  for (const text of texts('howOften')) {
    const bars = text.split('|').length - 1;
    assert.is(parseHowOften(text).length, Math.max(1, bars / 2), text);
  }
});

cells('loses nothing but commas and blanks when its alternatives are put together again', () => {
  const bare = (text: string) => fold(text).replace(/[,\s]/g, '');
  const parsers = {
    howOften: parseHowOften,
    latency: parseLatency,
    reliability: parseReliability,
    when: parseWhen,
    size: parseSize,
  };
  for (const [cell, parse] of Object.entries(parsers)) {
    for (const text of texts(cell as keyof Cells)) {
      const parts = parse(text).map((part: { text: string }) => part.text);
      assert.is(bare(parts.join(',')), bare(text), cell);
    }
  }
  for (const text of [...texts('from'), ...texts('to')])
    assert.is(bare(parseActors(text).flat().join(',')), bare(text));
});

cells('of latency has as many alternatives as it has upper ends', () => {
  for (const text of texts('latency')) assert.is(parseLatency(text).length, text.split('<').length - 1, text);
});

cells.run();
