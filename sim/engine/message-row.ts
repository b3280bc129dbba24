/**
 * A message of the table (messages.ts) is a row of 16 whole numbers and a row of 8 floats: two cache lines, or three where a row
 * lies across an edge. In columns it would be one line for each number; most of what an event needs of its message has not been
 * looked at for long, since the message waited for its time meanwhile. Measured: a day of metropolis.yaml took 97 and 101 s of CPU
 * in place of 105 and 106 s, ten AMI days 3% less.
 *
 *   messages.ints[(m << INTS) | HOP]   messages.floats[(m << FLOATS) | ARRIVE_S]
 */

/** Whole numbers of a row, and floats, as powers of two. */
export const INTS = 4;
export const FLOATS = 3;

/** `uints`: row of the source instances (program.ts): name, size, class. */
export const SOURCE_INSTANCE = 0;
/** `uints`: number within the source instance, or a hash for caused messages: with the above a message's identity. */
export const NUMBER = 1;
/** `uints`: area instance that it is bound to. */
export const INSTANCE = 2;
/** `uints`: device within that instance. */
export const DEVICE = 3;

/** `ints`: the hop it is on; ~root while it is about to take its root hop. */
export const HOP = 4;
/** `ints`: the link copy that carries it, UNSENT, -2 - run for a message from another cell (runs.ts), or SPECIAL and below. */
export const CHANNEL = 5;
/** `ints`: the message behind it in its channel, or of those HANDED with it, NONE; links the free rows as well. */
export const NEXT = 6;
/** `ints`: the message behind it in the queue of its transmitter; HANDED: which list it is in (handed.ts). */
export const NEXT_WAITING = 7;
/** `ints`: row of the messages that somebody waits for (NONE): the message itself, its copies and its answers have it. */
export const PENDING = 8;
/** `ints`: hops that took no time since the last that did, up to MOST_STEPS: orders cause before effect within one instant. */
export const STEPS = 9;
/** `ints`: how often the application has sent it again. */
export const ATTEMPT = 10;
/** `ints`: Part; all on free rows. */
export const PART = 11;
/** `ints`: row of `carriers`: only of messages on a hop with a hold (framing.ts), arbitrary on others. */
export const CARRIER = 12;
/** `ints`, of what is sent in frames on the current hop (services.ts): frames that are through or given up. */
export const NEXT_FRAME = 13;
/** `ints`, likewise: frames sent, repetitions included. */
export const FRAMES_SENT = 14;
/** `ints`, likewise, 1: a frame was lost and not repeated. */
export const FRAME_FAILED = 15;

/** `floats`: when the source handed it on. */
export const CREATED_S = 0;
/** `floats`: the event that began it, for flows with a deadline after one; CREATED_S where there is none. */
export const ORIGIN_S = 1;
/**
 * `floats`: its next event: its emission, or its arrival at the end of the current hop; while it waits for a priority
 * transmitter, when it began to wait.
 */
export const ARRIVE_S = 2;
/** `floats`: end of its transmission on the current hop: its transmitter is free of it. */
export const END_S = 3;
/** `floats`: its size on the current hop, overhead included. */
export const BYTES = 4;
/** `floats`: bytes sent on the current hop in pieces before the one under way (priority, quantum). */
export const SENT_B = 5;
/** `floats`: time that its frames have taken of the medium on the current hop (services.ts). */
export const AIRTIME_S = 6;
/** `floats`, hops that cut through: when the last of its frames is there to be sent. */
export const WHOLE_S = 7;
