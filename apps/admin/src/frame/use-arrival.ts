import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** Where what held the focus is gone with its screen, the focus goes to the new screen, not to the top of the frame. */
export function useArrival(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        // The first screen leaves it where a browser begins: before the link that skips the frame.
        if (fromLocation === undefined || !pathChanged) return;
        if (document.activeElement === document.body)
          document.getElementById("main")?.focus({ preventScroll: true });
      }),
    [router],
  );
}
