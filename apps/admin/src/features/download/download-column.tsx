import { downloadActions, type DownloadSource } from "@preceptor/domain";
import { useMay } from "../../api/me.ts";
import type { Column } from "../../components/data-table/column.ts";
import { DownloadFile } from "./DownloadFile.tsx";

/** The column of a list of files with which those who may take them away do; for others there is none. */
export function useDownloadColumn(
  from: DownloadSource,
  id: string,
): readonly Column<{ readonly path: string }>[] {
  if (!useMay(downloadActions[from])) return [];
  return [
    {
      key: "download",
      header: "Actions",
      width: 130,
      whole: true,
      cell: (file) => <DownloadFile from={from} id={id} path={file.path} />,
    },
  ];
}
