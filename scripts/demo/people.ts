import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "@preceptor/domain";
import type { Stack } from "../stack.ts";
import { anyone, post, signIn, type Person } from "./client.ts";

const cast = {
  operator: { name: "Olivia Okonjo", email: "operator@meridian.example", roles: ["operator"] },
  engineer: {
    name: "Ines Engel",
    email: "engineer@meridian.example",
    roles: ["engineer", "board"],
  },
  clinician: { name: "Dr Amara Lind", email: "clinical-lead@meridian.example", roles: ["board"] },
  validator: { name: "Jonas Weber", email: "validator@meridian.example", roles: ["board"] },
  auditor: { name: "Ruth Adler", email: "auditor@meridian.example", roles: ["auditor"] },
} as const satisfies Record<string, { name: string; email: string; roles: readonly Role[] }>;
export type Part = keyof typeof cast;
export type People = Record<Part, Person>;

/** Makes the demonstration's people through the one-time links a real installation uses, or signs the same ones in again. */
export async function gatherPeople(stack: Stack, dataDir: string): Promise<People> {
  const file = join(dataDir, "demo-people.json");
  if (stack.firstAdminLink !== undefined) await foundHospital(stack, file);
  if (!existsSync(file)) {
    throw new Error(
      `${dataDir} holds an installation that the demonstration did not make. Set PRECEPTOR_DATA_DIR to an empty folder and run it there.`,
    );
  }
  const passwords: Record<Part, string> = JSON.parse(readFileSync(file, "utf8"));
  const people = await Promise.all(
    Object.entries(cast).map(
      async ([part, who]) =>
        [part, await signIn(stack.apiUrl, { ...who, password: passwords[part as Part] })] as const,
    ),
  );
  return Object.fromEntries(people) as People;
}

async function foundHospital(stack: Stack, file: string): Promise<void> {
  const passwords = Object.fromEntries(
    Object.keys(cast).map((part) => [part, `${part}-${randomBytes(6).toString("hex")}`]),
  ) as Record<Part, string>;
  const token = new URL(stack.firstAdminLink ?? "").searchParams.get("token");
  const { operator, ...others } = cast;
  await post(`${stack.apiUrl}/api/setup`, {
    token,
    name: operator.name,
    email: operator.email,
    password: passwords.operator,
    organization: "Meridian Hospital (synthetic)",
  });
  writeFileSync(file, JSON.stringify(passwords, null, 2), { mode: 0o600 });
  chmodSync(file, 0o600);
  const admin = await signIn(stack.apiUrl, { ...operator, password: passwords.operator });
  for (const [part, who] of Object.entries(others)) {
    const { url } = await admin.api.access.invite.mutate({
      name: who.name,
      email: who.email,
      roles: [...who.roles],
    });
    const token = new URL(url).searchParams.get("token") ?? "";
    await anyone(stack.apiUrl).access.acceptInvitation.mutate({
      token,
      password: passwords[part as Part],
    });
  }
}
