import { InvalidArgumentError } from 'commander';

/** A count of at least one. @throws InvalidArgumentError, which commander tells with the option */
export function wholeNumber(text: string): number {
  return atLeast(1, text);
}

/** A count that may be zero. @throws InvalidArgumentError */
export function wholeNumberOrZero(text: string): number {
  return atLeast(0, text);
}

function atLeast(least: number, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  }
  return value;
}
