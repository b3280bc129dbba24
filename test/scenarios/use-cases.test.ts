import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withPrerequisites } from '../../scenarios/use-cases.js';
import { context, load, SIX_LINES } from './support.js';

const selection = (text: string) => {
  const { useCases, pulledIn } = load(`${SIX_LINES}useCases: ${text}\n`);
  return { useCases, pulledIn };
};

const chosen = suite('useCases');

chosen('all of them by default', () => {
  assert.equal(load(SIX_LINES).useCases, ['cust-info', 'dr-dlc', 'meter-reading', 'price']);
  assert.equal(load(SIX_LINES).pulledIn, []);
});

chosen('by id or by name, in any case', () => {
  assert.equal(selection('[meter-reading]').useCases, ['meter-reading']);
  assert.equal(selection('[meter reading]').useCases, ['meter-reading']);
});

chosen('prerequisites come along, theirs too, and each says who asked for it', () => {
  assert.equal(selection('[price]'), {
    useCases: ['cust-info', 'dr-dlc', 'meter-reading', 'price'],
    pulledIn: [
      { useCase: 'dr-dlc', by: 'price' },
      { useCase: 'cust-info', by: 'dr-dlc' },
      { useCase: 'meter-reading', by: 'cust-info' },
    ],
  });
});

chosen('what was chosen is not pulled in', () => {
  assert.equal(selection('[price, dr-dlc, cust-info, meter-reading]').pulledIn, []);
});

chosen('circles of prerequisites end', () => {
  const circle = [
    { id: 'a', name: 'A', section: '', prerequisites: ['b'], thirdParty: false },
    { id: 'b', name: 'B', section: '', prerequisites: ['a'], thirdParty: false },
  ];
  assert.equal(withPrerequisites(['a'], circle), { useCases: ['a', 'b'], pulledIn: [{ useCase: 'b', by: 'a' }] });
});

chosen('the order is that of the catalogue, whatever the order of choice', () => {
  const order = context.useCases.map(({ id }) => id);
  assert.equal(withPrerequisites([...order].reverse(), context.useCases).useCases, order);
});

chosen.run();
