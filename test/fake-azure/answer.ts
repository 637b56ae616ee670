/** What a route answers; the server writes it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out, the answer has no body. */
  readonly body?: unknown;
}

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body,
  headers,
});

/** Thrown by a route to refuse, in the shape of Azure Resource Manager's errors. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  answer(): Answer {
    const { status, headers, code, message } = this;
    return { status, headers, body: { error: { code, message, details: [] } } };
  }
}

/** The workspace service calls whatever the caller did wrong a UserError. */
export const userError = (message: string, status = 400): Refusal =>
  new Refusal(status, "UserError", message);

export const notFound = (what: string): Refusal =>
  new Refusal(404, "UserError", `Not found: ${what} does not exist in this workspace.`);
