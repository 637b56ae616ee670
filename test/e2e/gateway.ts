import { until } from "./until.ts";

const question = {
  role: "user",
  content: "patient 63 F\nday 5\nproblem: gout M10.9\ngout lab: urate\ngout medication:",
};

/** The gateway as a program meets it that has nothing but an API key. */
export interface Caller {
  readonly gatewayUrl: string;
  readonly key: string;
}

const call = ({ gatewayUrl, key }: Caller, body: object): Promise<Response> =>
  fetch(`${gatewayUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [question], max_tokens: 12, ...body }),
  });

/** The answer, once this model version gives it: routes follow the database. */
export const ask = (caller: Caller, purpose: string, servedBy: string): Promise<string> =>
  until(`an answer from ${servedBy}`, async () => {
    const response = await call(caller, { model: purpose });
    const { choices } = (await response.json()) as { choices?: { message: { content: string } }[] };
    const by = response.headers.get("x-preceptor-model") ?? "";
    if (!response.ok || by !== servedBy) return null;
    return choices?.[0]?.message.content ?? "";
  });

/** The text of a streamed answer, put together from its events, and whether it was ended as it must be. */
export async function askStreaming(
  caller: Caller,
  purpose: string,
): Promise<{ text: string; events: number; ended: boolean }> {
  const response = await call(caller, { model: purpose, stream: true });
  const data = (await response.text())
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).trim());
  const pieces = data
    .filter((text) => text !== "[DONE]")
    .map((text) => JSON.parse(text) as { choices?: { delta?: { content?: string } }[] })
    .map((event) => event.choices?.[0]?.delta?.content ?? "");
  return { text: pieces.join(""), events: data.length, ended: data.at(-1) === "[DONE]" };
}

export async function listModels({ gatewayUrl, key }: Caller): Promise<string[]> {
  const response = await fetch(`${gatewayUrl}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map((model) => model.id);
}

export const statusFor = async (caller: Caller, model: string): Promise<number> =>
  (await call(caller, { model })).status;
