import { Paper, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatCount } from "../../components/format.ts";

interface TileProps {
  readonly label: string;
  readonly value: number;
  readonly href: string;
  readonly tone?: "failed" | "unknown" | undefined;
}

export const Tile = ({ label, value, href, tone }: TileProps) => (
  <Paper component={Link} to={href} py="sm" style={{ textDecoration: "none", color: "inherit" }}>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fz={26} fw={600} lh={1.2} c={tone ? `var(--state-${tone})` : "inherit"}>
      {formatCount(value)}
    </Text>
  </Paper>
);
