import { Button, Loader } from "@mantine/core";
import type { LinkDownload } from "@preceptor/domain";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { trpc } from "../../api/client.ts";
import { notifyError } from "../../components/notify.ts";

/** Saves one file. The link is asked for when pressed: it lives for minutes, and who was given it is written down. */
export function DownloadFile({ from, id, path }: LinkDownload) {
  const link = useMutation(
    trpc.download.link.mutationOptions({
      onSuccess: ({ url, fileName }) => save(url, fileName),
      onError: (error) => notifyError(`${path} was not downloaded`, error),
    }),
  );
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={link.isPending ? <Loader size={13} /> : <IconDownload size={13} aria-hidden />}
      // Not `loading`: that disables the button, and the focus would be nowhere.
      aria-busy={link.isPending}
      onClick={() => {
        if (!link.isPending) link.mutate({ from, id, path });
      }}
      aria-label={`Download ${path}`}
    >
      Download
    </Button>
  );
}

/** The answer says that it is to be saved, so the page stays where it is. */
function save(url: string, fileName: string): void {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = fileName;
  anchor.rel = "noreferrer";
  anchor.click();
}
