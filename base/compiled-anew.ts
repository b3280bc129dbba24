/** A function compiled for one user of it alone. */
import { compileFunction } from 'node:vm';

/**
 * A copy of `maker`, whose text must use nothing but its arguments and what it declares. V8 takes what a function closes over as
 * constants, and all that hangs on them and never changes, down to the addresses of typed arrays, but only for the first function
 * that is made of a piece of source. Each copy is a piece of source of its own.
 */
export function compiledAnew<Given extends unknown[], Made>(
  maker: (...given: Given) => Made,
): (...given: Given) => Made {
  return compileFunction(`return ${maker};`)() as (...given: Given) => Made;
}
