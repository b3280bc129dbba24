/**
 * What a study hands over: everything that its report, its files and its lines on the terminal are made from, as plain
 * values. Studies fill it; reports know no study.
 */
import type { Assumption } from '../../sim/plan.js';
import type { EngineName, Verdict } from '../../sim/results.js';
import type { PictureMaker } from '../charts/chart.js';
import type { Column } from '../columns.js';

export const STUDY_VERSION = 1;

export interface StudyReport {
  readonly info: StudyInfo;
  /** Heading of the report, e.g. `NAN of Springfield: the smallest rate`. */
  readonly title: string;
  /** What the study is about, under the heading: profile, load, what is varied. */
  readonly facts: readonly Fact[];
  readonly answer: Answer;
  /** The verdict line by line, the most important first: one per load case, technology or candidate. */
  readonly findings: readonly Finding[];
  /** What binds, one sentence each: which payload on which link in which hour, and by how much the next smaller step fails. */
  readonly binding: readonly string[];
  /** Heading over them; default: `What binds`. */
  readonly bindingTitle?: string;
  readonly pictures: readonly PictureMaker[];
  readonly tables: readonly StudyTable[];
  /** Of every run of the study; what differs between runs says for which it holds. */
  readonly assumptions: readonly Assumption[];
  /** How the answer was found, a paragraph each. */
  readonly method: readonly string[];
  /** A page to be signed. */
  readonly statement?: Statement;
  /** Further files of the folder, by path, e.g. `found.yaml`: the scenario with the sizes found. */
  readonly files?: ReadonlyMap<string, string | Uint8Array>;
}

/** From what, with what and how the study was made: as much as is needed to get it again. */
export interface StudyInfo {
  readonly verb: string;
  /** The command line that gives the study again; see `commandLine`. */
  readonly command: string;
  readonly scenarios: readonly { readonly name: string; readonly file: string; readonly hash: string }[];
  readonly catalogueHash: string;
  readonly engine: EngineName;
  readonly seed: string;
  /** Of each simulated candidate; 0 in closed form. */
  readonly replications: number;
  readonly exit: 'done' | 'interrupted';
  /** Wall clock: stands in study.json only, so that the same study gives the same report. */
  readonly timing: { readonly startedAt: string; readonly wallS: number };
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Answer {
  /** `none`: the study compares and does not judge. */
  readonly verdict: 'pass' | 'fail' | 'undecided' | 'none';
  /** One or two short sentences. */
  readonly text: string;
}

export interface Finding {
  readonly verdict?: Verdict;
  readonly text: string;
  /** Why, in small print. */
  readonly detail?: string;
}

export interface StudyTable {
  /** Name of its files without the ending: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** How to read it, one or two sentences. */
  readonly description: string;
  /** Made with `columns<Row>()`. */
  readonly columns: readonly Column[];
  /** In the order in which they are to be read. */
  readonly rows: readonly object[];
  /** Names of the columns that the page shows, the first of which names the row; files hold all. Default: all. */
  readonly shown?: readonly string[];
  /** Names of shown columns that paper leaves out. */
  readonly minor?: readonly string[];
}

/** What somebody puts a name to. */
/** A sentence of a statement; what forbids it, a line each. */
export interface Stated {
  readonly sentence: string;
  readonly missing: readonly string[];
}

export interface Statement {
  readonly title: string;
  /** What is stated, a paragraph each; also what is not. */
  readonly text: readonly Stated[];
  /** Scope, inputs, range choices, results: what the signature stands for. Hashes and command are added. */
  readonly terms: readonly Fact[];
  /** Who signs, e.g. `For the vendor`. */
  readonly signatories: readonly string[];
}
