import { Tooltip } from "@mantine/core";
import { formatBytes, formatCount } from "./format.ts";

export const Bytes = ({ value }: { value: number | null | undefined }) =>
  value === null || value === undefined ? (
    <>–</>
  ) : (
    <Tooltip label={`${formatCount(value)} bytes`}>
      <span className="figures">{formatBytes(value)}</span>
    </Tooltip>
  );
