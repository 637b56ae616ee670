import { Tooltip } from "@mantine/core";
import { formatBytes, formatCount } from "./format.ts";

export const Bytes = ({ value }: { value: number | null | undefined }) =>
  value === null || value === undefined ? (
    <>–</>
  ) : (
    <Tooltip label={`${formatCount(value)} bytes`}>
      <span style={{ whiteSpace: "nowrap" }}>{formatBytes(value)}</span>
    </Tooltip>
  );
