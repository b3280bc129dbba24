import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { html, trusted } from '../../reports/html/template.js';
import { elements, readMarkup, textOf } from './markup.js';

/** Texts full of what means something in markup. */
const nasty = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '=', '/', ' ', 'a', '&lt;', '\u2028') });
const template = suite('html');

template('any text comes back from an element and from an attribute as it went in', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const [element] = [...elements(readMarkup(html`<p title="${text}">${text}</p>`.text))];
      return textOf(element!) === text && element!.attributes.get('title') === text;
    }),
  );
});

template('markup inside markup is not escaped again', () => {
  assert.is(
    html`<ul>${['a', '<'].map((text) => html`<li>${text}</li>`)}</ul>`.text,
    '<ul><li>a</li><li>&lt;</li></ul>',
  );
});

template('nothing for undefined, a figure for a number', () => {
  assert.is(html`${undefined}${0}`.text, '0');
});

template('only what is trusted passes as it is', () => {
  assert.is(html`${trusted('<b>')}${'<b>'}`.text, '<b>&lt;b&gt;');
});

template.run();
