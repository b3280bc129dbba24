import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compiledAnew } from '../../base/compiled-anew.js';

const anew = suite('compiledAnew');

function counter(from: { value: number }, step: number): () => number {
  return () => {
    from.value += step;
    return from.value;
  };
}

anew('makes what the maker makes, of the same arguments', () => {
  const from = { value: 40 };
  const made = compiledAnew(counter)(from, 2);
  assert.is(made(), 42);
  assert.is(counter(from, 1)(), 43);
  assert.is(made(), 45);
});

anew('is a function of its own each time', () => {
  assert.is.not(compiledAnew(counter), compiledAnew(counter));
});

anew.run();
