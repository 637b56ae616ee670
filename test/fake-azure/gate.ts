import { Refusal } from "./answer.ts";
import type { FakeRequest } from "./router.ts";
import { checkToken } from "./token.ts";
import type { World } from "./world.ts";

const management = ["https://management.azure.com", "https://management.core.windows.net"];
const machineLearning = ["https://ml.azure.com"];

/** What Resource Manager checks before a request reaches the service: token, version, subscription, group, workspace. */
export function passGate(world: World, request: FakeRequest): void {
  const path = request.url.pathname;
  if (path.startsWith("/history/"))
    return checkToken(world, request, [...management, ...machineLearning]);
  checkToken(world, request, management);
  if (!request.url.searchParams.has("api-version"))
    throw new Refusal(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  checkScope(world, path);
}

function checkScope({ names }: World, path: string): void {
  const [, , subscription = "", , group, , , kind, workspace] = path.split("/");
  const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
  if (!same(subscription, names.subscriptionId))
    throw new Refusal(
      404,
      "SubscriptionNotFound",
      `The subscription '${subscription}' could not be found.`,
    );
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\//i.test(path)) return;
  if (!same(group, names.resourceGroup))
    throw new Refusal(
      404,
      "ResourceGroupNotFound",
      `Resource group '${group}' could not be found.`,
    );
  if (same(kind, "workspaces") && !same(workspace, names.workspace))
    throw new Refusal(
      404,
      "ResourceNotFound",
      `The Resource 'Microsoft.MachineLearningServices/workspaces/${workspace}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    );
}
