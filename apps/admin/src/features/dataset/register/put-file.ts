import { sentence } from "../../../api/error.ts";

interface PutFile {
  readonly uploadId: string;
  readonly path: string;
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** Sends one file. XMLHttpRequest, since fetch does not say how much of a body has gone. */
export const putFile = ({ uploadId, path, file, signal, onProgress }: PutFile): Promise<void> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () =>
      request.status < 300 ? done() : fail(new Error(messageIn(request.responseText))),
    );
    request.addEventListener("error", () =>
      fail(new Error("The connection broke off. What has arrived is kept; send again to go on.")),
    );
    request.addEventListener("abort", () => fail(new DOMException("cancelled", "AbortError")));
    request.open(
      "PUT",
      `/api/uploads/${encodeURIComponent(uploadId)}/file?path=${encodeURIComponent(path)}`,
    );
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
    if (signal.aborted) stop();
  });

function messageIn(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === "object" && answer !== null && "message" in answer)
      return sentence(String(answer.message));
  } catch {
    // Not an answer of ours, e.g. a proxy's page.
  }
  return "The server refused the file and gave no reason.";
}
