import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashOf } from '../../payloads/hash.js';

const hash = suite('hashOf');

hash('is the SHA-256 of the JSON with sorted keys', () => {
  // sha256sum of {"a":[1,{"c":3,"d":2}],"b":"x"}
  assert.is(hashOf({ b: 'x', a: [1, { d: 2, c: 3 }] }), hashOf({ a: [1, { c: 3, d: 2 }], b: 'x' }));
  assert.is(
    hashOf({ b: 'x', a: [1, { d: 2, c: 3 }] }),
    '493dfafcb63f097aaa7446279e89485dc52ced3f12f991a4bca47e39b572b076',
  );
});

hash('differs when a list is in another order', () => {
  assert.is.not(hashOf([1, 2]), hashOf([2, 1]));
});

hash.run();
