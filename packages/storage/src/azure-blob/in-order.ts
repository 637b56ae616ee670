import { Readable } from "node:stream";

export interface Part {
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}
export interface PartsInOrder {
  readonly parts: Iterator<Part>;
  readonly partsInFlight: number;
  /** Asked once a part; its bytes are taken as fast as they come. `closed` is for a part that is no longer wanted and has not come whole. */
  open(part: Part, closed: AbortSignal): Promise<NodeJS.ReadableStream>;
  /** Sees each piece as it is handed on, in order. */
  onPiece(piece: Buffer): void;
  /** After the last piece; what it throws is the stream's failure, and its end is never said. */
  onEnd(): void;
  /** What a failure is told as. */
  inOurWords(error: unknown): unknown;
}
interface Reading {
  readonly pieces: Buffer[];
  missing: number;
  failure: Error | null;
  readonly closed: AbortController;
}

/**
 * Reads parts at the same time and hands their pieces on in order, as the network gave them: put together first, the copies and what is left
 * of them to collect cost more than the network. Holds no more than the parts in flight, since the next is asked for when the first is
 * handed on whole; so no source is ever made to wait.
 */
export function inOrder(from: PartsInOrder): Readable {
  const ahead: Reading[] = [];
  let wanted = false;
  let handing = false;
  let over = false;

  function openNext(): void {
    const { value: part, done } = from.parts.next();
    if (done) return;
    const reading: Reading = {
      pieces: [],
      missing: part.end - part.start,
      failure: null,
      closed: new AbortController(),
    };
    ahead.push(reading);
    const fail = (error: unknown): void => {
      if (reading.missing === 0) return;
      reading.failure ??= asError(error);
      handOn();
    };
    const cut = () => fail(new Error("the connection was cut in the middle of a part"));
    from.open(part, reading.closed.signal).then((source) => {
      source.on("data", (piece: Buffer) => {
        reading.pieces.push(piece);
        reading.missing -= piece.length;
        if (reading.missing < 0) fail(new Error("a part came with more bytes than were asked for"));
        if (reading === ahead[0]) handOn();
      });
      source.on("error", fail).once("end", cut).once("close", cut);
    }, fail);
  }

  function handOn(): void {
    // Whoever is handed a piece may ask for the next at once.
    if (handing || over) return;
    handing = true;
    try {
      while (wanted && !over && handOnPiece());
    } finally {
      handing = false;
    }
  }

  /** Whether there may be more to hand on. */
  function handOnPiece(): boolean {
    const [first] = ahead;
    if (first === undefined) return finish();
    const piece = first.pieces.shift();
    if (piece !== undefined) {
      from.onPiece(piece);
      wanted = false;
      if (stream.push(piece)) wanted = true;
      return true;
    }
    if (first.failure !== null) stream.destroy(asError(from.inOurWords(first.failure)));
    if (first.missing !== 0) return false;
    ahead.shift();
    openNext();
    return true;
  }

  function finish(): false {
    over = true;
    try {
      from.onEnd();
      stream.push(null);
    } catch (error) {
      stream.destroy(asError(error));
    }
    return false;
  }

  const stream = new Readable({
    highWaterMark: 1024 * 1024,
    read() {
      wanted = true;
      handOn();
    },
    destroy(error, done) {
      over = true;
      for (const { missing, closed } of ahead.splice(0)) if (missing > 0) closed.abort();
      done(error);
    },
  });
  for (let n = 0; n < Math.max(1, from.partsInFlight); n++) openNext();
  return stream;
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
