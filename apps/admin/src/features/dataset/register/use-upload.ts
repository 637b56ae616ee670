import { useEffect, useRef, useState } from "react";
import { client } from "../../../api/client.ts";
import type { Outputs } from "../../../api/types.ts";
import type { ChosenFile } from "./files.ts";
import { type FileProgress, type Registration, uploadDataset } from "./upload.ts";

/** The upload of this page: how far each file is, start, and cancel, which gives the upload up. */
export function useUpload(onDone: (version: Outputs["dataset"]["finishUpload"]) => void) {
  const [progress, setProgress] = useState<readonly FileProgress[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  const begun = useRef<string | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const abandon = async () => {
    const uploadId = begun.current;
    begun.current = null;
    if (uploadId !== null) await client.dataset.abandonUpload.mutate({ uploadId });
  };
  const start = async (registration: Registration, files: readonly ChosenFile[]) => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setError(null);
    setProgress(
      files.map(({ path, file }) => ({
        path,
        sizeBytes: file.size,
        phase: "waiting",
        sentBytes: 0,
        error: null,
      })),
    );
    const announce = (path: string, change: Partial<FileProgress>) =>
      setProgress((before) =>
        before.map((one) => (one.path === path ? { ...one, ...change } : one)),
      );
    const onBegun = (uploadId: string) => {
      // Something was changed since the last try: its upload is not gone on with.
      if (begun.current !== uploadId) void abandon().catch(() => undefined);
      begun.current = uploadId;
    };
    try {
      const { signal } = controller;
      const version = await uploadDataset({ registration, files, signal, announce, onBegun });
      setBusy(false);
      if (version) onDone(version);
    } catch (failure) {
      setBusy(false);
      if (!controller.signal.aborted) setError(failure);
    }
  };
  const cancel = async () => {
    running.current?.abort();
    setProgress([]);
    await abandon().catch(setError);
  };
  return { progress, error, busy, start, cancel };
}
