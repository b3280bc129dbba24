/** The first of many whose keys change. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Tournament } from '../../sim/kernel/tournament.js';

const tournament = suite('Tournament');

tournament('knows the first of all after any changes of keys', () => {
  const moves = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: -50, max: 50 })));
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 21 }),
      moves,
      (keys, changes) => {
        const winner = new Tournament(keys.length, (a, b) => keys[a]! < keys[b]!);
        assert.is(keys[winner.winner], Math.min(...keys));
        for (const [player, key] of changes) {
          if (player >= keys.length) continue;
          keys[player] = key;
          winner.moved(player);
          assert.is(keys[winner.winner], Math.min(...keys));
        }
      },
    ),
  );
});

tournament.run();
