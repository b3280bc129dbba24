/**
 * Share of the messages of a half-duplex server before which it turns around: those that come after one of another link.
 * Of link l with λ_l of λ messages per second 1 − λ_l / λ, of all 1 − Σ_l (λ_l / λ)².
 * O(links). Source: links in random order. Errs towards too much where messages of one link come in a row.
 * @param perS messages per second of each link of the server
 */
export function turningShare(perS: readonly number[]): number {
  const total = perS.reduce((sum, one) => sum + one, 0);
  return total > 0 ? 1 - perS.reduce((sum, one) => sum + (one / total) ** 2, 0) : 0;
}
