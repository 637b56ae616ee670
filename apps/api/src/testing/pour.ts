import { connect } from "node:net";

interface Pouring {
  readonly method: "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** What the body begins with; blanks follow. */
  readonly first?: string;
  readonly sizeBytes: number;
}
export interface Poured {
  /** Everything the server said, headers included; empty where the connection was reset before. */
  readonly said: string;
  readonly sentBytes: number;
}

/** A client that sends as fast as the wire takes and listens only besides: until it is answered, cut off or done. */
export async function pour(url: string, given: Pouring): Promise<Poured> {
  const { hostname, port, pathname, search } = new URL(url);
  const { first = "", sizeBytes } = given;
  const headers = { host: "x", "content-length": String(sizeBytes), ...given.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  const chunk = Buffer.alloc(64_000, 32);
  let said = "";
  let sentBytes = first.length;
  const push = (): void => {
    while (!socket.destroyed && said === "" && sentBytes < sizeBytes) {
      const part = chunk.subarray(0, sizeBytes - sentBytes);
      sentBytes += part.length;
      if (!socket.write(part)) return void socket.once("drain", push);
    }
  };
  socket.write(`${given.method} ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n${first}`);
  push();
  await new Promise<void>((resolve) => {
    socket.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [head, body] = said.split("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(head ?? "")?.[1]);
      if (body !== undefined && Buffer.byteLength(body) >= length) resolve();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve());
  });
  socket.destroy();
  return { said, sentBytes };
}
