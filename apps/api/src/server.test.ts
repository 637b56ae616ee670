import { request } from "node:http";
import { expect, test } from "vitest";
import type { ApiKey, Me, Member } from "@preceptor/domain";
import {
  anEdge,
  anInvited,
  asker,
  PASSWORD,
  type Refused,
  setUp,
  signIn,
} from "./testing/an-edge.ts";

test("an empty installation is set up once through its link, and then people sign in", async () => {
  const edge = await anEdge();
  await expect(asker(edge, {}).query("access.me")).rejects.toMatchObject({
    status: 401,
    data: { domainCode: "unauthenticated" },
  });
  const olga = await setUp(edge);
  const me = await olga.query<Me>("access.me");
  expect(me).toMatchObject({
    user: { email: "olga@example.org" },
    organization: { name: "Meridian Hospital" },
    roles: ["operator"],
  });
  const again = await fetch(`${edge.url}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      token: olga.setUpToken,
      name: "Mallory",
      email: "m@example.org",
      password: PASSWORD,
      organization: "Mine",
    }),
  });
  expect(again.status).toBe(403);
  const targets = await olga.query<{ name: string }[]>("computeTarget.list");
  expect(targets.map((t) => t.name)).toEqual(["local"]);
});

test("a role that does not allow it is refused in words; one person may hold several roles", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const ben = await anInvited(edge, olga, "Ben", "board", "auditor");
  expect((await ben.query<Me>("access.me")).roles).toEqual(["board", "auditor"]);
  await expect(
    ben.mutate("access.invite", { name: "X", email: "x@example.org", roles: ["board"] }),
  ).rejects.toMatchObject({ status: 403, message: expect.stringContaining("access:manage") });
  const members = await ben.query<Member[]>("access.members");
  const { userId } = members.find((m) => m.name === "Olga Operator") ?? { userId: "" };
  await expect(
    olga.mutate("access.setRoles", { userId, roles: ["engineer"] }),
  ).rejects.toMatchObject({ status: 409, data: { fields: [{ field: "roles" }] } });
});

test("an invitation works once, and nobody can use it to change a known person's password", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const { url } = await olga.mutate<{ url: string }>("access.invite", {
    name: "Ada",
    email: "Ada@example.org",
    roles: ["engineer"],
  });
  const token = new URL(url).searchParams.get("token");
  const anyone = asker(edge, {});
  expect(await anyone.query("access.invitation", { token })).toMatchObject({
    email: "ada@example.org",
    organization: "Meridian Hospital",
  });
  await anyone.mutate("access.acceptInvitation", { token, password: PASSWORD });
  await expect(
    anyone.mutate("access.acceptInvitation", { token, password: "another password" }),
  ).rejects.toMatchObject({ status: 404 });
  await signIn(edge, "ada@example.org");
});

test("an API key is shown once and can be revoked", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const made = await olga.mutate<{ id: string; key: string }>("access.createApiKey", {
    name: "ward 3",
  });
  expect(made.key).toMatch(/^pk_.{40,}/);
  await olga.mutate("access.revokeApiKey", { id: made.id });
  const [listed] = await olga.query<ApiKey[]>("access.apiKeys");
  expect(listed).toMatchObject({ id: made.id, enabled: false });
  expect(JSON.stringify(listed)).not.toContain(made.key);
});

test("what is wrong with an input is said by field, an unknown failure never shows its text", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const refused = await olga
    .mutate("access.invite", { name: "", email: "no", roles: [], extra: 1 })
    .catch((error: Refused) => error);
  expect(refused).toMatchObject({ status: 400 });
  const fields = (refused as Refused).data.fields as { field: string }[];
  expect(fields.map((f) => f.field).sort()).toEqual(["email", "extra", "name", "roles"]);
  await edge.ownerSql`alter table apikey rename to gone`;
  const failed = await olga.query("access.apiKeys").catch((error: Refused) => error);
  expect(failed).toMatchObject({ status: 500, message: expect.stringMatching(/^Something went/) });
  expect(JSON.stringify((failed as Refused).data)).not.toMatch(/apikey|relation|select/);
  expect(JSON.stringify(edge.said)).toContain("a procedure failed");
});

test.each(["/api/trpc/access.invite", "/api/2.0/mlflow/runs/log-batch", "/api/setup"])(
  "a body of 50 MB to %s is refused before it is read",
  async (path) => {
    const edge = await anEdge();
    const size = 50_000_000;
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
    let sent = 0;
    const asking = request(`${edge.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": size },
    });
    asking.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on("error", reject);
    const chunk = Buffer.alloc(64_000, 32);
    const push = (): void => {
      while (!asking.destroyed && sent < 3_000_000) {
        sent += chunk.length;
        if (!asking.write(chunk)) return void asking.once("drain", push);
      }
    };
    push();
    const answer = await promise;
    asking.destroy();
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("1 MB");
    expect(sent).toBeLessThan(size / 10);
  },
);

test("better-auth's own ways to change people and organizations are not reachable, nor is a foreign origin", async () => {
  const edge = await anEdge();
  await setUp(edge);
  for (const path of ["sign-up/email", "organization/create", "update-user", "delete-user"]) {
    const response = await fetch(`${edge.url}/api/auth/${path}`, { method: "POST" });
    expect([path, response.status]).toEqual([path, 404]);
  }
  const foreign = await fetch(`${edge.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://evil.example" },
    body: JSON.stringify({ email: "olga@example.org", password: PASSWORD }),
  });
  expect(foreign.status).toBe(403);
});

test("the CLI signs in by the device flow and then asks with a bearer", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${edge.url}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const answer: Record<string, string> = JSON.parse(await response.text());
    return { status: response.status, body: answer };
  };
  const { body: code } = await post("device/code", { client_id: "preceptor-cli" });
  expect(code.verification_uri).toBe(`${edge.origin}/device`);
  const asking = {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: code.device_code,
    client_id: "preceptor-cli",
  };
  expect((await post("device/token", asking)).body.error).toBe("authorization_pending");
  const looked = await fetch(`${edge.url}/api/auth/device?user_code=${code.user_code}`, {
    headers: olga.headers,
  });
  expect(looked.status).toBe(200);
  const mine = { ...olga.headers, origin: edge.origin };
  const approved = await post("device/approve", { userCode: code.user_code }, mine);
  expect(approved.status).toBe(200);
  await edge.sql`update device_code set last_polled_at = null`;
  const { body: given } = await post("device/token", asking);
  const me = await asker(edge, { authorization: `Bearer ${given.access_token}` }).query<Me>(
    "access.me",
  );
  expect(me.user.email).toBe("olga@example.org");
});
