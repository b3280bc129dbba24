import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearestName } from '../../base/nearest.js';

const nearest = suite('nearestName');

nearest('prefers, of names equally far, the one nearest as typed', () => {
  const technologies = ['wi-sun-fsk-50', 'wi-sun-fsk-150', 'wi-sun-fsk-300'];
  assert.is(nearestName('wi-sun-fks-150', technologies), 'wi-sun-fsk-150');
  assert.is(nearestName('wi-sun-fks-150', [...technologies].reverse()), 'wi-sun-fsk-150');
});

nearest('takes a nearer name of any length', () => {
  assert.is(nearestName('rat', ['rates', 'cap', 'rate']), 'rate');
});

nearest('does not mind case and punctuation', () => {
  assert.is(nearestName('MTR_read', ['Mtr-read', 'Mtr-reed']), 'Mtr-read');
});

nearest('offers nothing where nothing is near', () => {
  assert.is(nearestName('windmill', ['NAN', 'WAN']), undefined);
});

nearest.run();
