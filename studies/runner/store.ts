/** Finished replications, kept so that work that was stopped goes on, and a finished study can be extended. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AccessError } from '../../base/diagnostics.js';
import type { ReplicationStats } from '../../sim/replication.js';

export interface ReplicationStore {
  has(address: string, replication: number): boolean;
  /** Undefined when it is not there, or not whole. */
  get(address: string, replication: number): ReplicationStats | undefined;
  put(address: string, stats: ReplicationStats): void;
}

/** Keeps replications for one study only. */
export class MemoryStore implements ReplicationStore {
  readonly #kept = new Map<string, ReplicationStats>();

  has(address: string, replication: number): boolean {
    return this.#kept.has(fileName(address, replication));
  }

  get(address: string, replication: number): ReplicationStats | undefined {
    return this.#kept.get(fileName(address, replication));
  }

  put(address: string, stats: ReplicationStats): void {
    this.#kept.set(fileName(address, stats.replication), stats);
  }
}

const ENDING = '.replication';
const LENGTH_OF_NAME = 24;
/** Counters are mostly zeros: the fastest level takes them to a tenth. */
const LEVEL = 1;
const HASH_B = 32;

/**
 * Keeps replications in a folder, a file each: SHA-256 of the rest, then the statistics, compressed. A file is written
 * beside its place and moved there, so that one of the name is whole; one whose hash differs counts as not there.
 */
export class FolderStore implements ReplicationStore {
  readonly folder: string;
  /** Names known to be whole. */
  readonly #whole = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  has(address: string, replication: number): boolean {
    return this.#whole.has(fileName(address, replication)) || this.get(address, replication) !== undefined;
  }

  get(address: string, replication: number): ReplicationStats | undefined {
    const name = fileName(address, replication);
    let content: Buffer;
    try {
      content = readFileSync(join(this.folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new AccessError(`${join(this.folder, name)} cannot be read: ${(error as Error).message}`);
    }
    const packed = content.subarray(HASH_B);
    if (!hashOf(packed).equals(content.subarray(0, HASH_B))) return undefined;
    this.#whole.add(name);
    return deserialize(inflateRawSync(packed)) as ReplicationStats;
  }

  /** @throws AccessError when the disk refuses */
  put(address: string, stats: ReplicationStats): void {
    const name = fileName(address, stats.replication);
    const packed = deflateRawSync(serialize(stats), { level: LEVEL });
    const fresh = join(this.folder, `.${name}.${process.pid}`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(fresh, Buffer.concat([hashOf(packed), packed]));
      renameSync(fresh, join(this.folder, name));
    } catch (error) {
      rmSync(fresh, { force: true });
      throw new AccessError(`${this.folder} cannot be written: ${(error as Error).message}`);
    }
    this.#whole.add(name);
  }

  /** How many are kept, whole or not; for messages. */
  count(): number {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith(ENDING)).length;
    } catch {
      return 0;
    }
  }
}

/** `ADDRESS-NUMBER.replication` */
export function fileName(address: string, replication: number): string {
  return `${address.slice(0, LENGTH_OF_NAME)}-${replication}${ENDING}`;
}

function hashOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
