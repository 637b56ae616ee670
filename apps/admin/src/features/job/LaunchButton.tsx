import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../api/me.ts";
import { pathOf } from "../../frame/paths.ts";

export function LaunchButton() {
  if (!useMay("job:submit")) return null;
  return (
    <Button component={Link} to={pathOf.launch()} leftSection={<IconPlus size={16} aria-hidden />}>
      Launch a job
    </Button>
  );
}
