/** Claims that were proved or not; the last line that it prints is `N passed, N failed`. */

const SHOWN = 5;

export class Ledger {
  private passed = 0;
  private failed = 0;

  /** A claim holds when it has no counterexample; the first ones are shown. */
  claim(title: string, counterexamples: readonly string[]): void {
    if (counterexamples.length === 0) {
      this.passed++;
      console.log(`ok    ${title}`);
      return;
    }
    this.failed++;
    console.log(`FAIL  ${title}: ${counterexamples.length} counterexamples`);
    for (const text of counterexamples.slice(0, SHOWN)) console.log(`        ${text}`);
    if (counterexamples.length > SHOWN) console.log(`        and ${counterexamples.length - SHOWN} more`);
  }

  /** Prints the sum and sets the exit code. */
  close(): void {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
