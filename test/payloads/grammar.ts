import * as assert from 'uvu/assert';
import { GrammarError } from '../../payloads/grammar/text.js';

/** Asserts that a text is refused at a character (from 1) with an expectation that holds the words. */
export function refuses(parse: (text: string) => unknown, text: string, character: number, expected: string): void {
  try {
    parse(text);
  } catch (error) {
    assert.instance(error, GrammarError, `${text}: ${error}`);
    const { position, expected: said } = error as GrammarError;
    assert.is(position + 1, character, `${text}: ${(error as Error).message}`);
    assert.ok(said.includes(expected), `${text}: "${said}" does not say "${expected}"`);
    return;
  }
  assert.unreachable(`${JSON.stringify(text)} was accepted`);
}

/** A range of one value. */
export function exactly(value: number): { least: number; most: number } {
  return { least: value, most: value };
}
