import { connect, type AddressInfo } from "node:net";
import fastify from "fastify";
import { expect, onTestFinished, test, vi } from "vitest";
import { linger } from "./linger.ts";

test.each(["before", "after"])(
  "a body given up %s it is refused leaves nothing that fails when its time is over",
  async (when) => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const server = fastify();
    onTestFinished(() => server.close());
    const given = Promise.withResolvers<unknown>();
    server.addHook("onRequest", async (request, reply) => {
      if (when === "after") linger(request, reply);
      // Whoever stops reading destroys the request, which then knows its socket no more.
      for await (const chunk of request.raw) {
        request.raw.once("close", () => given.resolve(String(chunk)));
        break;
      }
      if (when === "before") linger(request, reply);
      return reply.code(400).send({ message: "row 1 is not a JSON object" });
    });
    await server.listen({ port: 0, host: "127.0.0.1" });
    const client = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
    client.write("POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 50000000\r\n\r\nthe beginning");
    onTestFinished(() => void client.destroy());
    expect(await given.promise).toBe("the beginning");
    expect(() => vi.runAllTimers()).not.toThrow();
  },
);
