import { Checkbox, Stack } from "@mantine/core";
import { roles } from "@preceptor/domain";
import type { ReactNode } from "react";
import { roleWords } from "./role-words.ts";

interface RolesInputProps {
  readonly value?: string[];
  readonly onChange?: (roles: string[]) => void;
  readonly error?: ReactNode;
  /** Where the roles are all that is asked. */
  readonly first?: boolean;
}

export const RolesInput = ({ first = false, ...field }: RolesInputProps) => (
  <Checkbox.Group
    label="Roles"
    description="One person may hold several; nobody votes on what they worked on"
    errorProps={{ mt: "xs" }}
    {...field}
  >
    <Stack gap={8} mt={8}>
      {roles.map((role, index) => (
        <Checkbox
          key={role}
          value={role}
          label={roleWords[role].label}
          description={roleWords[role].sentence}
          data-autofocus={(first && index === 0) || undefined}
        />
      ))}
    </Stack>
  </Checkbox.Group>
);
