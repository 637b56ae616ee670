import { orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { ServingHandle, Traffic, TrafficControl, TrafficPart } from "../provider.ts";
import { bringTraffic, changeTraffic, readEndpoint, trafficOf } from "./endpoint.ts";
import { deploymentName } from "./names.ts";
import { deploymentPath, type Place } from "./place.ts";
import { readState, type State } from "./state.ts";
import { assertTraffic, withMirror, withShare } from "./traffic.ts";
import { Nothing } from "./wire.ts";

const patienceMs = 10 * 60_000;

export function trafficControl(place: Place): TrafficControl {
  const change = async (
    handle: ServingHandle,
    wanted: (former: Traffic, name: string, state: State) => Traffic | Promise<Traffic>,
  ): Promise<Traffic> => {
    const state = await stateOf(place, handle);
    const name = deploymentName(state.deploymentId);
    const signal = AbortSignal.timeout(patienceMs);
    return changeTraffic(place, state.endpoint, signal, (former) => wanted(former, name, state));
  };
  return {
    async read(handle) {
      const found = await readEndpoint(place, (await stateOf(place, handle)).endpoint);
      return found === null ? { live: {}, mirror: {} } : trafficOf(found);
    },
    share: (handle, percent) => change(handle, (former, name) => withShare(former, name, percent)),
    mirror: (handle, percent) =>
      change(handle, (former, name) => withMirror(former, name, percent)),
    restore: (handle, wanted) =>
      change(handle, async (_former, _name, { endpoint }) => {
        assertTraffic(wanted);
        for (const name of [...Object.keys(wanted.live), ...Object.keys(wanted.mirror)])
          await assertThere(place, endpoint, name);
        return wanted;
      }),
    async bring(parts) {
      const [first] = parts;
      if (first === undefined) return true;
      const named = (percent: (part: TrafficPart) => number) =>
        Object.fromEntries(
          parts
            .filter((part) => percent(part) > 0)
            .map((part) => [deploymentName(part.handle.deploymentId), percent(part)]),
        );
      const wanted = {
        live: named((part) => part.percent),
        mirror: named((part) => part.mirrorPercent),
      };
      assertTraffic(wanted);
      return bringTraffic(place, (await stateOf(place, first.handle)).endpoint, wanted);
    },
  };
}

async function stateOf(place: Place, { deploymentId }: ServingHandle): Promise<State> {
  const known = await readState(place, deploymentId);
  if (known === null) throw new DomainError("not-found", "There is no such deployment.");
  return known.state;
}

async function assertThere({ client }: Place, endpoint: string, name: string): Promise<void> {
  const path = deploymentPath(endpoint, name);
  if ((await orNull(client.send({ method: "GET", path, schema: Nothing }))) !== null) return;
  throw new DomainError(
    "conflict",
    `The former traffic names ${name}, which is deployed no more: deploy it again first.`,
  );
}
