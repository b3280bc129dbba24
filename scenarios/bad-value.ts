import type { Problem } from '../base/yaml.js';

/** A value that the user can mend; the loader adds the place and reports it as a diagnostic. */
export class BadValue extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'BadValue';
    this.problem = problem;
  }
}
