/**
 * The first of a fixed number of players whose keys change: each plays against its neighbour, the winners against each other.
 * Unlike in a heap there is one entry for each player, and it is always up to date.
 *
 *            0              winner of all
 *        0       3
 *      0   1   2   3        players
 */
export class Tournament {
  private readonly rounds: Int32Array; // [1]: the winner; [n], the winner of [2n] and [2n + 1]
  private readonly players: number; // a power of 2, so that the players stand from there on
  private readonly before: (a: number, b: number) => boolean;

  /** @param before whether player a is before player b; asked again for a player only when it is `moved` */
  constructor(players: number, before: (a: number, b: number) => boolean) {
    this.before = before;
    this.players = 2 ** Math.ceil(Math.log2(Math.max(1, players)));
    this.rounds = new Int32Array(2 * this.players).fill(-1);
    for (let player = 0; player < players; player++) this.moved(player);
  }

  /** The player before all others. O(1). */
  get winner(): number {
    return this.rounds[1];
  }

  /** The key of `player` has changed. O(log players). */
  moved(player: number): void {
    const { rounds } = this;
    let n = this.players + player;
    rounds[n] = player;
    while (n > 1) {
      const a = rounds[n & ~1];
      const b = rounds[n | 1];
      n >>= 1;
      rounds[n] = b < 0 || (a >= 0 && this.before(a, b)) ? a : b;
    }
  }
}
