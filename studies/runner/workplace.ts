/** Where a study keeps its finished replications, while it works and afterwards. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../base/diagnostics.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { FolderStore, fileName, type ReplicationStore } from './store.js';

const FOLDER = 'replications';

/**
 * While a study that writes `results/x` works, what it has finished stands in `results/x.unfinished`; the same command goes
 * on from there. Once it is done, the replications stand in `results/x/replications`, from where it can be extended.
 */
export class Workplace implements ReplicationStore {
  /** Beside the results. */
  readonly unfinished: string;
  readonly #own: FolderStore;
  readonly #earlier: FolderStore | undefined;
  readonly #used = new Map<string, FolderStore>();

  /** @param resume look into the finished study as well; without it a finished study is computed anew */
  constructor(folder: string, resume: boolean) {
    const plain = folder.replace(/[\\/]+$/, '');
    this.unfinished = `${plain}.unfinished`;
    this.#own = new FolderStore(join(this.unfinished, FOLDER));
    this.#earlier = resume ? new FolderStore(join(plain, FOLDER)) : undefined;
  }

  /** Replications of an earlier attempt, or of the finished study, from which this one can go on. */
  get found(): number {
    return this.#own.count() + (this.#earlier?.count() ?? 0);
  }

  has(address: string, replication: number): boolean {
    return this.#own.has(address, replication) || this.#earlier?.has(address, replication) === true;
  }

  get(address: string, replication: number): ReplicationStats | undefined {
    for (const store of [this.#own, this.#earlier]) {
      const stats = store?.get(address, replication);
      if (store === undefined || stats === undefined) continue;
      this.#used.set(fileName(address, replication), store);
      return stats;
    }
    return undefined;
  }

  put(address: string, stats: ReplicationStats): void {
    this.#own.put(address, stats);
  }

  /** What was read of it, by path within the folder of the results: the replications that the results rest on. */
  files(): Map<string, Uint8Array> {
    const names = [...this.#used.keys()].sort();
    return new Map(names.map((name) => [`${FOLDER}/${name}`, readFileSync(join(this.#used.get(name)!.folder, name))]));
  }

  /** The results are written: what was kept beside them goes. */
  close(): void {
    if (!existsSync(this.unfinished)) return;
    try {
      rmSync(this.unfinished, { recursive: true, force: true });
    } catch (error) {
      throw new AccessError(`${this.unfinished} is left behind: ${(error as Error).message}`);
    }
  }
}
