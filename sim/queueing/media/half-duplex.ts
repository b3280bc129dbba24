/**
 * Share of the messages of a half-duplex server before which it turns around: those that find it busy and come after one
 * of another link. With λ_l messages per second of link l, λ in all, and ρ0 the load without turn-arounds:
 * share = ρ·Σ_l (λ_l / λ)(1 − λ_l / λ), where ρ = ρ0 / (1 − τ·Σ_l λ_l(1 − λ_l / λ)) includes them.
 * The server is overloaded, ρ >= 1, when it is with a turn-around before every message that follows one of another link.
 * O(links). Source: balance of the server's time; FIFO, links in random order. Errs towards too much where messages of
 * one link come in a row.
 * @param perS messages per second of each link of the server
 */
export function turningShare(perS: readonly number[], load: number, turnaroundS: number): number {
  const total = perS.reduce((sum, one) => sum + one, 0);
  if (total === 0 || turnaroundS === 0) return 0;
  const changes = perS.reduce((sum, one) => sum + (one / total) * (1 - one / total), 0);
  const left = 1 - changes * total * turnaroundS;
  return changes * (left > 0 ? Math.min(1, load / left) : 1);
}
