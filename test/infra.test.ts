import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout } from "./architecture/source.ts";
import { findMisfits, findTraps, infra, parse, readBicep, readFile, setIn } from "./infra/bicep.ts";
import { accessTable, givenTo, programs, readBy } from "./infra/programs.ts";

const files = readBicep();
const compiler = spawnSync("bicep", ["--version"], { encoding: "utf8" });

/** As Azure publishes them. */
const BUILT_IN_ROLES: Record<string, string> = {
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  "Azure AI Enterprise Network Connection Approver": "b556d68e-0be0-4f35-a333-ad7ee1ce17ea",
  "AzureML Compute Operator": "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815",
  "AzureML Data Scientist": "f6c7c914-8db3-469d-8ca1-694a8f32e121",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "Key Vault Administrator": "00482a5a-887f-4fb3-b363-3b7fe8e74483",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  "Storage Blob Delegator": "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
};

/** Made by a module of ours, where no built-in role is as small. */
const OWN_ROLES = ["Endpoint caller", "Endpoint key reader"];

const EXAMPLES: Record<string, string> = {
  PRECEPTOR_DOWNLOADS: "api",
  DATABASE_URL: "postgres://preceptor_app:x@db.example.org/preceptor?sslmode=verify-full",
  PRECEPTOR_SECRET: "0123456789012345678901234567890123456789",
  PRECEPTOR_PUBLIC_URL: "https://preceptor.example.org",
  PRECEPTOR_LOG_LEVEL: "info",
  PRECEPTOR_STORAGE_ENDPOINT: "https://account.blob.core.windows.net/",
  PRECEPTOR_STORAGE_CONTAINER: "preceptor",
  AZURE_CLIENT_ID: "00000000-0000-4000-8000-000000000000",
};

/** What `main.ts` of a program reads before it serves anything. */
const STARTS: Record<(typeof programs)[number], string> = {
  api: "storage(env); azure(env);",
  worker: "storage(env); azure(env);",
  gateway: "azure(env);",
};

test("every module is there, gets what it takes and nothing else, and gives what is read from it", () => {
  expect(files.length).toBeGreaterThan(15);
  expect(findMisfits(files)).toEqual([]);
});

test.each([
  { fault: "does not get location", body: "name: 'x'\n  params: {\n    size: 1\n  }" },
  { fault: "gets colour", body: "params: {\n    location: 'x'\n    colour: 'y'\n  }" },
  { fault: "has no output key", body: "params: {\n    location: store.outputs.key\n  }" },
])("a planted misfit is found: $fault", ({ fault, body }) => {
  const target = parse("modules/store.bicep", "param location string\nparam size int = 3\n");
  const main = parse("main.bicep", `module store 'modules/store.bicep' = {\n  ${body}\n}\n`);
  expect(findMisfits([main, target]).join()).toContain(fault);
});

test("nothing waits for what is not there, or reads outputs of what a parameter may leave out", () => {
  expect(files.flatMap(findTraps)).toEqual([]);
});

test.each([
  { fault: "waits for gone", body: "  dependsOn: [gone]" },
  { fault: "reads outputs of gone", body: "  params: { id: gone.outputs.id }" },
  { fault: "even where it is not made", body: "  params: { id: maybe.outputs.id }" },
])("a planted trap is found: $fault", ({ fault, body }) => {
  const maybe = "module maybe 'maybe.bicep' = if (wanted) {\n}\n";
  const file = parse("main.bicep", `${maybe}module user 'user.bicep' = {\n${body}\n}\n`);
  expect(findTraps(file).join()).toContain(fault);
  const guarded = parse(
    "main.bicep",
    `${maybe}output id string = wanted ? maybe.outputs.id : ''\n`,
  );
  expect(findTraps(guarded)).toEqual([]);
});

test("the example sets parameters that exist, and all that have no value of their own", () => {
  const set = setIn(readFileSync(join(infra, "main.bicepparam"), "utf8"));
  const params = files[0]?.params ?? new Map();
  expect(set.filter((name) => !params.has(name))).toEqual([]);
  const needed = [...params].filter(([, { required }]) => required).map(([name]) => name);
  expect(needed.length).toBeGreaterThan(0);
  expect(needed.filter((name) => !set.includes(name))).toEqual([]);
});

const published = join(
  checkout,
  "../shared/specs/azure-machinelearning/specification/machinelearningservices/resource-manager",
  "Microsoft.MachineLearningServices/stable/2024-04-01",
);
test.skipIf(!existsSync(published))(
  "types of Azure ML at the published version are in its description, and a rule is written as it says",
  () => {
    const text = globSync("*.json", { cwd: published }).map((name) =>
      readFileSync(join(published, name), "utf8"),
    );
    const known = text.join("\n").toLowerCase();
    const ours = files
      .flatMap((file) => file.resourceTypes)
      .filter(({ version }) => version === "2024-04-01");
    expect(ours.length).toBeGreaterThan(0);
    for (const { type } of ours) {
      const [, , ...noun] = type.toLowerCase().split("/");
      expect(known).toContain(`/workspaces/{workspacename}/${noun.join("/")}/{`);
    }
    const workspace = readFile("modules/workspace.bicep").text;
    for (const word of ["isolationMode", "outboundRules", "serviceResourceId", "subresourceTarget"])
      expect([workspace.includes(`${word}:`), known.includes(`"${word.toLowerCase()}"`)]).toEqual([
        true,
        true,
      ]);
  },
);

test("what serves privately is reached and reaches: the models by a rule, the endpoints by the private endpoint of their workspace", () => {
  const main = files[0]?.text ?? "";
  const serving = files[0]?.statements.find(({ name }) => name === "servingWorkspace")?.text ?? "";
  expect(serving).toContain("serviceId: data.outputs.id, target: 'blob'");
  expect(serving).toContain("publicAccess: false");
  expect(main).toContain("{ name: 'ml-serving', groupId: 'amlworkspace' }");
  // What is reached, what it is and which zones it is named in are three lists in one order.
  const count = (list: string): number =>
    files[0]?.statements.find(({ name }) => name === list)?.text.match(/^ {2}[[{\w]/gm)?.length ??
    0;
  expect(count("endpoints")).toBeGreaterThan(5);
  expect(count("services")).toBe(count("endpoints"));
  expect(count("zones")).toBe(count("endpoints") + 1);
  const approves = accessTable().rows.filter(({ role }) => role.endsWith("Connection Approver"));
  expect(approves.map(({ identity, scope }) => `${identity} ${scope}`)).toEqual([
    "workspace data-account",
    "workspace serving-workspace",
  ]);
  expect(accessTable().text).toContain("(row.role != approver || !empty(servingWorkspaceName))");
});

test("who makes clusters may join one subnet of the network, and read and change nothing of it", () => {
  const { text, statements } = readFile("modules/subnet-joiner.bicep");
  expect(text.match(/'Microsoft\.Network\/[^@]*?'/g)).toEqual([
    "'Microsoft.Network/virtualNetworks/read'",
    "'Microsoft.Network/virtualNetworks/join/action'",
    "'Microsoft.Network/virtualNetworks/subnets/read'",
    "'Microsoft.Network/virtualNetworks/subnets/join/action'",
  ]);
  const scopes = ["onNetwork", "onSubnet"].map((name) => {
    const assigned = statements.find((one) => one.name === name)?.text ?? "";
    return /scope: (\w+)[^]*roleDefinitionId: (\w+)\.id/.exec(assigned)?.slice(1);
  });
  expect(scopes).toEqual([
    ["network", "onNetworkRole"],
    ["subnet", "onSubnetRole"],
  ]);
  expect(files[0]?.statements.find(({ name }) => name === "subnetJoiner")?.text).toContain(
    "principalId: principalIds.api",
  );
});

test("programs run from a digest unless the deployment says that it is a trial", () => {
  const main = readFile("main.bicep").text;
  expect(main).toContain("param requireDigests bool = true");
  for (const program of [...programs, "migrations"])
    expect(main).toContain(`'@\${imageDigests.${program}}' : ':\${imageTag}'`);
  const images = files.flatMap(({ text }) => text.match(/\/preceptor-\w+.*'/g) ?? []);
  expect(images.length).toBe(4);
  for (const image of images)
    expect(image).toMatch(/preceptor-\w+\$\{(images\.\w+|migrationsImage)\}'/);
});

test("each resource type has one dated version, and no module is left over", () => {
  const versions = new Map<string, Set<string>>();
  for (const { type, version } of files.flatMap((file) => file.resourceTypes)) {
    expect(version).toMatch(/^20\d\d-\d\d-\d\d(-preview)?$/);
    versions.set(type, (versions.get(type) ?? new Set()).add(version));
  }
  expect([...versions].filter(([, each]) => each.size > 1)).toEqual([]);
  const used = new Set(files.flatMap((file) => file.modules.map((module) => module.path)));
  expect(files.map((file) => file.path).filter((path) => !used.has(path))).toEqual(["main.bicep"]);
});

test("a right names an identity, a scope that is assigned, a role by its published id, and why", () => {
  const { roles, rows, text } = accessTable();
  expect(Object.fromEntries(roles)).toEqual(BUILT_IN_ROLES);
  expect(rows.length).toBe(text.match(/^ {2}\{ identity:/gm)?.length);
  const identities = files[0]?.text.match(/^var programs = \[(.*)\]$/m)?.[1]?.match(/\w+/g);
  for (const { identity, scope, role } of rows) {
    expect(identities).toContain(identity);
    expect([...roles.keys(), ...OWN_ROLES]).toContain(role);
    const condition = scope.startsWith("secret:")
      ? "startsWith(row.scope, 'secret:')"
      : `row.scope == '${scope}'`;
    expect(text).toContain(condition);
  }
  expect(new Set(rows.map((row) => `${row.identity} ${row.scope} ${row.role}`)).size).toBe(
    rows.length,
  );
  const used = new Set(rows.map((row) => row.role));
  expect([...roles.keys(), ...OWN_ROLES].filter((role) => !used.has(role))).toEqual([]);
  const loops = [...text.matchAll(/^var (\w+Rows) = /gm)].map(([, name]) => name);
  expect(
    loops.filter((name) => !new RegExp(`for .* in ${name}: \\{\\n    scope:`).test(text)),
  ).toEqual([]);
});

test("nobody but the table gives rights, and the control plane gets none that could give more", () => {
  const givers = files.filter((file) =>
    file.text.includes("Microsoft.Authorization/roleAssignments@"),
  );
  expect(givers.map((file) => file.path)).toEqual([
    "modules/access.bicep",
    "modules/quota-reader.bicep",
    "modules/subnet-joiner.bicep",
  ]);
  const wide = accessTable().rows.filter((row) =>
    /^(Contributor|Key Vault Administrator)$/.test(row.role),
  );
  expect(new Set(wide.map((row) => row.identity))).toEqual(new Set(["workspace"]));
  expect(wide.filter((row) => !/^(workspace-|insights)/.test(row.scope))).toEqual([]);
});

test.each([...programs, "migrations" as const])(
  "%s is given exactly the secrets its identity may read",
  (program) => {
    const allowed = accessTable().rows.filter(
      (row) => row.identity === program && row.scope.startsWith("secret:"),
    );
    expect(givenTo(program).secrets).toEqual(
      allowed.map((row) => row.scope.slice("secret:".length)).toSorted(),
    );
  },
);

test("only migrations see the owner of the tables, and the gateway never sees the private key", () => {
  for (const program of programs)
    expect(givenTo(program).secrets).not.toContain("database-owner-url");
  expect(givenTo("gateway").secrets).not.toContain("signing-key");
  expect(givenTo("gateway").variables).not.toContain("PRECEPTOR_SIGNING_KEY_FILE");
});

test.each([...programs, "migrations" as const])(
  "%s reads every variable it is given",
  (program) => {
    const { variables } = givenTo(program);
    expect(variables).toContain("DATABASE_URL");
    expect(variables.filter((name) => !readBy(program).has(name))).toEqual([]);
  },
);

test("the gateway may ask served models and do nothing else with the workspace", () => {
  const rows = accessTable().rows.filter(({ identity }) => identity === "gateway");
  for (const workspace of ["workspace", "serving-workspace"])
    expect(rows.filter(({ scope }) => scope === workspace).map(({ role }) => role)).toEqual(
      OWN_ROLES,
    );
  const elsewhere = rows.filter(({ scope }) => !/^(secret:|(serving-)?workspace$)/.test(scope));
  expect(elsewhere.map(({ scope }) => scope)).toEqual(["apps-registry"]);
  const { text } = readFile("modules/endpoint-caller.bicep");
  expect(text.match(/'Microsoft\.MachineLearningServices\/.*'/g)).toEqual([
    "'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'",
  ]);
  const keys = readFile("modules/endpoint-key-reader.bicep").text;
  expect(keys.match(/'Microsoft\.MachineLearningServices\/.*'/g)).toEqual([
    "'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read'",
    "'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action'",
  ]);
  // Entra tokens are the rule: nobody reads keys unless the deployment says so.
  expect(readFile("main.bicep").text).toContain("param endpointKeyRole string = ''");
});

test("what ends by itself is what the adapter says may be made again or is over, and is named as Azure allows", () => {
  const { text } = readFile("main.bicep");
  const prefixes = [...text.matchAll(/prefix: '\$\{dataContainer\}\/(.+)'/g)].map(([, at]) => at);
  expect(prefixes).toEqual(["preceptor/inputs/", "preceptor/attempts/"]);
  const names = readFileSync(join(checkout, "packages/compute/src/azure-ml/names.ts"), "utf8");
  for (const prefix of prefixes) expect(names).toContain(`\`${prefix}\${`);
  const rules = [text, readFile("modules/storage.bicep").text].flatMap((each) =>
    [...each.matchAll(/name: '(.+)'\n\s+(?:enabled: true|prefix: )/g)].map(([, name]) => name),
  );
  expect(rules.length).toBeGreaterThan(1);
  for (const rule of rules) expect(rule).toMatch(/^[A-Za-z0-9]{1,256}$/);
});

test.each(programs)("%s can read its settings from what it is given", (program) => {
  const { variables, values } = givenTo(program);
  const env = (without?: string) =>
    Object.fromEntries(
      variables
        .filter((name) => name !== without)
        .map((name) => [name, values[name] ?? EXAMPLES[name] ?? "/x"]),
    );
  const needed = ["DATABASE_URL", "PRECEPTOR_AZURE_CREDENTIAL"];
  const code = `
    const { readConfig } = await import("./apps/${program}/src/config.ts");
    const { readStorageChoice: storage } = await import("./packages/storage/src/choice.ts");
    const { connectAzure: azure } = await import("./packages/azure/src/connection.ts");
    const refusals = JSON.parse(process.argv[1]).map((env) => {
      try {
        readConfig(env);
        ${STARTS[program]}
        return "";
      } catch (error) {
        return error.message;
      }
    });
    console.log(JSON.stringify(refusals));`;
  const envs = JSON.stringify([env(), ...needed.map(env)]);
  // A process that has nothing of this one's environment.
  const args = ["--input-type=module", "-e", code, envs];
  const { stdout } = spawnSync(process.execPath, args, { cwd: checkout, env: {} });
  const [refusal, ...refusals]: string[] = JSON.parse(String(stdout));
  expect(refusal).toBe("");
  for (const [at, name] of needed.entries()) expect(refusals[at]).toContain(name);
});

test("the example environment explains every variable a program reads, and no other", () => {
  const lines = readFileSync(join(infra, "example.env"), "utf8").split("\n");
  const explained = lines.flatMap((line, at) => {
    const name = /^#? ?([A-Z_]+)=/.exec(line)?.[1];
    return name !== undefined && lines[at - 1]?.startsWith("# ") ? [name] : [];
  });
  const read = new Set(
    [...programs, "migrations" as const].flatMap((program) => [...readBy(program)]),
  );
  expect(explained.toSorted()).toEqual([...read].toSorted());
});

test("no secret is written down: they are secure parameters, and come from the environment of who deploys", () => {
  const plain = files.flatMap(({ path, params }) =>
    [...params]
      .filter(
        ([name, { secure }]) =>
          !secure && /password|secret$|signing|servingKey|databaseU/i.test(name),
      )
      .map(([name]) => `${path}: ${name}`),
  );
  expect(plain).toEqual([]);
  const leaks = /-----BEGIN|AccountKey=|listKeys\(/;
  expect(files.filter((file) => leaks.test(file.text)).map((file) => file.path)).toEqual([]);
  const values = readFileSync(join(infra, "main.bicepparam"), "utf8");
  const secure = [...(files[0]?.params ?? [])].filter(([, param]) => param.secure);
  for (const [name] of secure)
    expect(values).toMatch(new RegExp(`^param ${name} = readEnvironmentVariable\\(`, "m"));
});

test("the images are built from files that exist, on the Node of package.json, and run as an ordinary user", () => {
  const text = readFileSync(join(infra, "container/Containerfile"), "utf8");
  const manifest: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(checkout, "package.json"), "utf8"),
  );
  expect(text).toContain(`ARG NODE_TAG=${manifest.devDependencies.node}-`);
  // Without a digest the name of the base is no name, and the build stops at its first line.
  expect(text).toMatch(/^ARG NODE_DIGEST\nARG NODE_IMAGE=node:\$\{NODE_TAG\}@\$\{NODE_DIGEST\}$/m);
  expect(
    text.match(/^FROM .*/gm)?.filter((line) => !/^FROM (\$\{NODE_IMAGE\}|base) /.test(line)),
  ).toEqual([]);
  const needed: string[] = [];
  for (const [, sources = ""] of text.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const source of sources.split(" ")) needed.push(source);
  for (const [, entry = ""] of text.matchAll(/^CMD \[.*"([^"]+)"\]$/gm)) needed.push(entry);
  expect(needed.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  const listed = new Set([...text.matchAll(/^COPY (\S+package\.json) /gm)].map(([, path]) => path));
  const rooms = globSync(["apps/*/package.json", "{scripts,test}/package.json"], { cwd: checkout });
  expect(rooms.filter((room) => !listed.has(room))).toEqual([]);
  const base = text.slice(text.indexOf(" AS base"));
  expect(base).toMatch(/^USER node$/m);
  expect(base).not.toMatch(/^USER root|^ADD |curl |_SECRET=|PASSWORD=/m);
});

// The compiler is no npm package: where somebody installed it, it has the last word.
test.skipIf(compiler.status !== 0)("the Bicep compiler accepts everything", () => {
  for (const args of [
    ["build", "main.bicep", "--stdout"],
    ["lint", "main.bicep"],
  ]) {
    const { status, stderr } = spawnSync("bicep", args, { cwd: infra, encoding: "utf8" });
    expect(stderr).not.toMatch(/: (Error|Warning) /);
    expect(status).toBe(0);
  }
});
