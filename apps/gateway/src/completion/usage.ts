import { z } from "zod";

export interface TokenUsage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}
export const noUsage: TokenUsage = { promptTokens: null, completionTokens: null };

const Count = z.number().int().nonnegative().nullable().catch(null);
const Answer = z.object({
  choices: z.array(z.unknown()).catch([]),
  usage: z.object({ prompt_tokens: Count, completion_tokens: Count }),
});

/** The usage in an answer or a chunk of one, and whether the chunk holds nothing else; null when it has none. */
export function usageIn(json: string): { usage: TokenUsage; alone: boolean } | null {
  if (!json.includes('"usage"')) return null;
  try {
    const { usage, choices } = Answer.parse(JSON.parse(json));
    const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
    return { usage: { promptTokens, completionTokens }, alone: choices.length === 0 };
  } catch {
    return null;
  }
}
