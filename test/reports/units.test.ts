import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keepUnits } from '../../reports/html/units.js';

const units = suite('keepUnits');
const NBSP = '\u00a0';

units('ties numbers to every unit that reports write, and the sign of an interval to its number', () => {
  for (const unit of ['%', 'bit/s', 'kbit/s', 'Gbit/s', 'B', 'MB', 's', 'ms', 'µs', 'min', 'h', 'd', 'm', 'km']) {
    assert.is(keepUnits(`<td>at most 1.5 ${unit}, then</td>`), `<td>at most 1.5${NBSP}${unit}, then</td>`);
  }
  assert.is(keepUnits('<p>221 ms ± 4.1 ms</p>'), `<p>221${NBSP}ms ±${NBSP}4.1${NBSP}ms</p>`);
});

units('leaves other words after numbers', () => {
  for (const text of ['1000 endpoints', '2 days', '3 misses', '30 minutes', '5 bits', '4 hops', '2 B/s']) {
    assert.is(keepUnits(`<p>${text}</p>`), `<p>${text}</p>`);
  }
});

units('leaves what is copied, drawn or not shown: commands, code, pictures, attributes, style and script', () => {
  for (const page of [
    "<pre>fanplan run a.yaml --until 'ci(p95) < 5 %'</pre>",
    '<p><code>delay: 5 ms</code></p>',
    '<svg><text>5 ms</text></svg>',
    '<td data-v="5 ms">a</td>',
    '<style>a { margin: 1 m }</style><script>x = 5 % 3 > 2 % 1</script>',
  ]) {
    assert.is(keepUnits(page), page);
  }
  assert.is(
    keepUnits('<code>5 ms</code><b>5 ms</b><pre>6 s</pre>'),
    `<code>5 ms</code><b>5${NBSP}ms</b><pre>6 s</pre>`,
  );
});

units.run();
