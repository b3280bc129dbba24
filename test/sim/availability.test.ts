import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Part, routeProbabilities } from '../../sim/availability.js';

const routes = suite('routeProbabilities');
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

routes('of one route is the product of its parts', () => {
  const parts = [
    { name: 'WAN', up: 0.999 },
    { name: 'DAP', up: 0.9995 },
  ];
  near(routeProbabilities([parts])[0]!, 0.999 * 0.9995);
});

routes('count a part that both routes share once', () => {
  const dap = { name: 'DAP', up: 0.99 };
  const own = [dap, { name: 'W', up: 0.9 }];
  const other = [dap, { name: 'IW', up: 0.8 }];
  const [up, onFallback] = routeProbabilities([own, other]);
  near(up!, 0.99 * 0.9);
  near(onFallback!, 0.99 * 0.1 * 0.8);
});

routes('of a fallback through the same parts is 0', () => {
  const parts = [{ name: 'W', up: 0.9 }];
  near(routeProbabilities([parts, parts])[1]!, 0);
});

routes('are those of all states of the parts, one by one', () => {
  const part = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    up: fc.constantFrom(0, 0.3, 0.9, 0.999, 1),
  });
  // One name is one part: all have the availability of the first of that name.
  const anyRoutes = fc.array(fc.array(part, { maxLength: 4 }), { minLength: 1, maxLength: 3 }).map((all) => {
    const first = new Map<string, Part>();
    for (const one of all.flat()) if (!first.has(one.name)) first.set(one.name, one);
    return { routes: all.map((route) => route.map(({ name }) => first.get(name)!)), parts: [...first.values()] };
  });
  fc.assert(
    fc.property(anyRoutes, ({ routes, parts }) => {
      const expected = routes.map(() => 0);
      for (let state = 0; state < 2 ** parts.length; state++) {
        const isUp = (one: Part) => ((state >> parts.indexOf(one)) & 1) === 1;
        const probability = parts.reduce((product, one) => product * (isUp(one) ? one.up : 1 - one.up), 1);
        const used = routes.findIndex((route) => route.every(isUp));
        if (used >= 0) expected[used]! += probability;
      }
      routeProbabilities(routes).forEach((probability, r) => {
        near(probability, expected[r]!);
      });
    }),
    { seed: 1, numRuns: 300 },
  );
});

routes.run();
