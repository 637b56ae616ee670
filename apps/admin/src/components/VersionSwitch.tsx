import { Select } from "@mantine/core";
import type { Instant } from "../api/types.ts";
import { formatExact } from "./format.ts";

interface VersionSwitchProps {
  readonly version: number;
  readonly versions: readonly { version: number; createdAt: Instant }[];
  readonly onChange: (version: number) => void;
}

/** Which version the page shows; the newest is marked as such. */
export function VersionSwitch({ version, versions, onChange }: VersionSwitchProps) {
  const newest = Math.max(...versions.map((one) => one.version));
  return (
    <Select
      size="xs"
      w={150}
      aria-label="Version"
      allowDeselect={false}
      data={[...versions]
        .sort((a, b) => b.version - a.version)
        .map((one) => ({
          value: String(one.version),
          label: `version ${one.version}${one.version === newest ? " (newest)" : ""}`,
          title: formatExact(one.createdAt),
        }))}
      value={String(version)}
      onChange={(value) => value && onChange(Number(value))}
      comboboxProps={{ width: 190, position: "bottom-start" }}
    />
  );
}
