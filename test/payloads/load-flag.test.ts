import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLoadFlag } from '../../payloads/grammar/load-flag.js';
import { refuses } from './grammar.js';

const loadFlag = suite('parseLoadFlag');

loadFlag('reads X as on, 0 and blank as off', () => {
  assert.equal(['X', '0', '', ' '].map(parseLoadFlag), [{ on: true }, { on: false }, { on: false }, { on: false }]);
});

loadFlag('keeps the mode after a hyphen or a dash', () => {
  assert.equal(parseLoadFlag('X - DA Maint'), { on: true, qualifier: 'DA Maint' });
  assert.equal(parseLoadFlag('X – VVC'), { on: true, qualifier: 'VVC' });
});

loadFlag('says where a text stops making sense and what it expected there', () => {
  refuses(parseLoadFlag, 'Y', 1, 'X');
  refuses(parseLoadFlag, 'XX', 1, 'X');
  refuses(parseLoadFlag, 'X -', 4, 'a mode');
  refuses(parseLoadFlag, '0 - VVC', 3, 'the end');
});

loadFlag.run();
