import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as row from '../../sim/engine/message-row.js';
import { Messages } from '../../sim/engine/messages.js';

const { INTS, FLOATS, ...places } = row;
const FLOATS_OF_A_ROW = ['CREATED_S', 'ORIGIN_S', 'ARRIVE_S', 'END_S', 'BYTES', 'SENT_B', 'AIRTIME_S', 'WHOLE_S'];

const rows = suite('a row of the table of messages');

rows('has a place for each of its numbers, and none for two', () => {
  const names = Object.keys(places) as (keyof typeof places)[];
  const floats = names.filter((name) => FLOATS_OF_A_ROW.includes(name)).map((name) => places[name]);
  const ints = names.filter((name) => !FLOATS_OF_A_ROW.includes(name)).map((name) => places[name]);
  const upTo = (count: number) => Array.from({ length: count }, (_, place) => place);
  assert.equal(
    floats.sort((a, b) => a - b),
    upTo(2 ** FLOATS),
  );
  assert.equal(
    ints.sort((a, b) => a - b),
    upTo(2 ** INTS),
  );
});

rows('keeps what it holds when the table grows', () => {
  const messages = new Messages(new Uint32Array(1), 4);
  const handles = Array.from({ length: 4 }, () => messages.allocate());
  for (const m of handles) {
    messages.uints[(m << INTS) | row.NUMBER] = 0xffff_fff0 + m;
    messages.ints[(m << INTS) | row.HOP] = ~m;
    messages.floats[(m << FLOATS) | row.ARRIVE_S] = m + 0.5;
  }
  handles.push(messages.allocate());
  assert.is(messages.rows, 8);
  assert.is(new Set(handles).size, 5);
  for (const m of handles.slice(0, 4)) {
    assert.is(messages.uints[(m << INTS) | row.NUMBER], 0xffff_fff0 + m);
    assert.is(messages.ints[(m << INTS) | row.HOP], ~m);
    assert.is(messages.floats[(m << FLOATS) | row.ARRIVE_S], m + 0.5);
  }
});

rows('has its own copy of what it was copied from', () => {
  const messages = new Messages(new Uint32Array(1), 4);
  const m = messages.allocate();
  messages.uints[(m << INTS) | row.DEVICE] = 7;
  messages.floats[(m << FLOATS) | row.WHOLE_S] = 1.5;
  const copy = messages.clone(m);
  messages.uints[(m << INTS) | row.DEVICE] = 8;
  assert.is(messages.uints[(copy << INTS) | row.DEVICE], 7);
  assert.is(messages.floats[(copy << FLOATS) | row.WHOLE_S], 1.5);
});

rows.run();
