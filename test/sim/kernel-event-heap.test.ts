import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EventHeap } from '../../sim/kernel/event-heap.js';

const byNumber = { before: (a: number, b: number) => a < b };

const heap = suite('EventHeap');

heap('takes by time, at equal times by the tie order, whatever is pushed and taken in between', () => {
  const operation = fc.oneof(
    fc.record({ timeS: fc.constantFrom(0, 1, 1, 2.5, 7, Number.MIN_VALUE) }),
    fc.constant('take' as const),
    fc.constant('look' as const),
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const tested = new EventHeap(byNumber, 1);
      const model: { timeS: number; item: number }[] = [];
      let items = 0;
      for (const op of operations) {
        if (op === 'look') {
          assert.is(tested.length, model.length);
        } else if (op === 'take') {
          model.sort((a, b) => a.timeS - b.timeS || a.item - b.item);
          assert.is(tested.nextS(), model[0]?.timeS ?? Number.POSITIVE_INFINITY);
          if (model.length > 0) assert.is(tested.take(), model.shift()!.item);
        } else {
          const item = (items++ * 7919) % 1000; // not in the order of insertion
          tested.push(op.timeS, item);
          model.push({ timeS: op.timeS, item });
        }
      }
      const left: number[] = [];
      tested.each((item) => left.push(item));
      assert.equal(
        left.sort((a, b) => a - b),
        model.map(({ item }) => item).sort((a, b) => a - b),
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

heap('a thousand ties come out in their order', () => {
  const tested = new EventHeap(byNumber);
  for (let i = 0; i < 1000; i++) tested.push(3600, (i * 617) % 1000);
  for (let i = 0; i < 1000; i++) {
    assert.is(tested.nextS(), 3600);
    assert.is(tested.take(), i);
  }
  assert.is(tested.nextS(), Number.POSITIVE_INFINITY);
});

heap.run();
