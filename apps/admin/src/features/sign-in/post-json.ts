/** Sends JSON to a plain route of the API; throws an Error with the server's sentence when it refuses. */
export async function postJson(path: string, body: unknown): Promise<void> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const answer: unknown = await response.json().catch(() => null);
  throw new Error(
    sentenceOf(answer) ?? `The server answered ${response.status}. Nothing was changed.`,
  );
}

function sentenceOf(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null) return null;
  if ("message" in answer && typeof answer.message === "string") return answer.message;
  if ("error" in answer)
    return typeof answer.error === "string" ? answer.error : sentenceOf(answer.error);
  return null;
}
