import { setTimeout as wait } from "node:timers/promises";

const question = {
  role: "user",
  content: "patient 63 F\nday 5\nproblem: gout M10.9\ngout lab: urate\ngout medication:",
};

async function call(gatewayUrl: string, key: string, body: object): Promise<Response> {
  return fetch(`${gatewayUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [question], max_tokens: 12, ...body }),
  });
}

/** Asks until the gateway answers from this model version: routes follow the database within a second. */
export async function ask(
  gatewayUrl: string,
  key: string,
  model: string,
  servedBy: string,
): Promise<string> {
  const end = performance.now() + 20_000;
  for (;;) {
    const response = await call(gatewayUrl, key, { model });
    const text = await response.text();
    if (response.ok && response.headers.get("x-preceptor-model") === servedBy)
      return JSON.parse(text).choices[0].message.content;
    if (performance.now() > end)
      throw new Error(
        `The gateway does not answer from ${servedBy}: ${response.status} ${text.slice(0, 200)}`,
      );
    await wait(200);
  }
}

/** Number of events a streamed answer came in; it must end with [DONE]. */
export async function askStreaming(
  gatewayUrl: string,
  key: string,
  model: string,
): Promise<number> {
  const response = await call(gatewayUrl, key, { model, stream: true });
  const events = (await response.text()).split("\n").filter((line) => line.startsWith("data:"));
  if (events.at(-1)?.trim() !== "data: [DONE]")
    throw new Error(`The streamed answer did not end: ${response.status}`);
  return events.length;
}

export async function listModels(gatewayUrl: string, key: string): Promise<string[]> {
  const response = await fetch(`${gatewayUrl}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok) throw new Error(`/v1/models answered ${response.status}`);
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map((model) => model.id);
}

/** Status of a call that must not succeed. */
export async function refusedStatus(
  gatewayUrl: string,
  key: string,
  model: string,
): Promise<number> {
  const { status } = await call(gatewayUrl, key, { model });
  if (status < 400) throw new Error(`${model} was answered although nobody promoted it.`);
  return status;
}
