import type { Figures } from '../figures/shape.js';

/** A protocol of an overhead stack: what it adds to the bytes that it is given. Sizes in bytes, times in seconds. */
export interface Layer {
  /** As written in a stack, e.g. `dtls1.2-ccm8`. */
  readonly name: string;
  readonly title: string;
  /** What other layers call it in `over`, e.g. `dtls`; variants of a protocol share it. */
  readonly kind: string;
  /** Kinds that it may stand on directly, i.e. that may be written before it; `link` is the technology itself. */
  readonly over: readonly string[];
  /** Inner first: what the message passes through on its way out. */
  readonly steps: readonly Step[];
  /** Messages back for what is sent. Absent: none of its own. */
  readonly acknowledgement?: Acknowledgement;
  /** Once per session, in order. Absent: none. */
  readonly setup?: readonly SetupMessage[];
  readonly keepAlive?: KeepAlive;
  /** Headers of layers further in that take fewer bytes on the medium, by their name. */
  readonly compresses?: Readonly<Record<string, number>>;
  /** What the layer leaves out, and which way that errs. */
  readonly leavesOut: string;
  /** Value as written and source of every number above, by its path, e.g. `steps.0.headerB`. */
  readonly figures: Figures;
}

/** Cuts what it is given into units and adds to each. */
export interface Step {
  readonly name: string;
  /** Joins what it is given first: a byte stream knows no messages. */
  readonly stream?: true;
  /** Header and trailer of each unit. */
  readonly headerB: number;
  /** Largest payload of a unit. Absent: none of its own. */
  readonly payloadB?: number;
  /**
   * What a unit must fit in besides: `packet`, what the technology's MTU and the layers outside leave; `frame`, the
   * payload of a frame of the technology.
   */
  readonly fits?: 'packet' | 'frame';
  /** All units but the last of a cut carry a multiple of this. */
  readonly alignB?: number;
  /** Added to the first and to each further unit where there is more than one. */
  readonly firstB?: number;
  readonly furtherB?: number;
  /** Checks within a unit: `checkB` for every `checkedB` bytes of payload or part thereof. */
  readonly checkedB?: number;
  readonly checkB?: number;
  /** Payload and `paddedWithB` together are padded to a multiple of this. */
  readonly padToB?: number;
  readonly paddedWithB?: number;
}

export interface Acknowledgement {
  /** One message back for so many units of the first step, or part thereof. */
  readonly every: number;
  /** As it leaves the layer, its own header included. */
  readonly sizeB: number;
}

export interface SetupMessage {
  /** `client` is the end that the message comes from. */
  readonly from: 'client' | 'server';
  /** As it leaves the layer, its own header included. */
  readonly sizeB: number;
}

export interface KeepAlive {
  readonly intervalS: number;
  /** As they leave the layer; an answer of 0 bytes is none. */
  readonly requestB: number;
  readonly answerB: number;
}

/** The layers and the short names that stand for one or several of them. */
export interface LayerLibrary {
  readonly layers: readonly Layer[];
  /** e.g. `https: [tls1.2, http]` */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}
