/** Relative difference below which two figures are equal, so that rounding does not pick one. */
const TIE = 1e-9;
/** Of figures near zero. */
const LEAST = 1e-15;

/** The least of some figures, each with a name; of equal ones that of the first name in order. */
export class Worst<T> {
  least = Number.POSITIVE_INFINITY;
  item: T | undefined;
  readonly #tie: number;
  #name = '';

  /** @param tie relative difference of figures that are equal */
  constructor(tie: number = TIE) {
    this.#tie = tie;
  }

  /** NaN is no figure. */
  offer(figure: number, name: string, item: T): void {
    if (Number.isNaN(figure)) return;
    if (this.item !== undefined) {
      const near = this.#tie * Math.abs(this.least) + LEAST;
      const isEqual = figure === this.least || (near < Infinity && Math.abs(figure - this.least) <= near);
      if (isEqual ? name >= this.#name : figure > this.least) return;
    }
    this.least = figure;
    this.item = item;
    this.#name = name;
  }
}
