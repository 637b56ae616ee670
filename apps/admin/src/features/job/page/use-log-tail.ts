import { useSubscription } from "@trpc/tanstack-react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { appendText, emptyLog } from "./log-lines.ts";

/** The whole log of one process, growing while it runs. A chunk that comes twice is taken once. */
export function useLogTail(attemptId: string, log: string) {
  const [{ text, droppedBytes }, setRead] = useState({
    text: emptyLog,
    offset: 0,
    droppedBytes: 0,
  });
  const tail = useSubscription(
    trpc.job.tail.subscriptionOptions(
      { attemptId, log, offset: 0 },
      {
        onData: ({ data }) =>
          setRead((before) =>
            data.nextOffset <= before.offset
              ? { ...before, droppedBytes: data.droppedBytes }
              : {
                  text: appendText(before.text, data.text),
                  offset: data.nextOffset,
                  droppedBytes: data.droppedBytes,
                },
          ),
      },
    ),
  );
  const lines = text.open === "" ? text.lines : [...text.lines, text.open];
  return {
    lines,
    /** What the process printed past the kept limit. */
    droppedBytes,
    error: tail.error,
    connecting: tail.status === "connecting" && lines.length === 0,
  };
}
