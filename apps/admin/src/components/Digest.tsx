import { CopyableId } from "./CopyableId.tsx";

/** The first twelve hex digits; the whole digest on hover, and copied when pressed. */
export function Digest({ value }: { value: string | null | undefined }) {
  if (!value) return <>–</>;
  const hex = value.startsWith("sha256:") ? value.slice(7) : value;
  return <CopyableId value={value} shown={`sha256:${hex.slice(0, 12)}…`} what="digest" />;
}
