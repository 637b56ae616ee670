import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { navigationItems } from "./navigation-items.ts";

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** `?` opens the help; `g` and then a letter goes to a screen. Silent while somebody types. */
export function useShortcuts({ onHelp }: { onHelp: () => void }): void {
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === "?") return onHelp();
      const item = navigationItems.find(({ key }) => key === event.key);
      if (item && event.timeStamp < goUntil) void router.navigate({ href: item.href });
      goUntil = event.key === "g" ? event.timeStamp + 1200 : 0;
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router, onHelp]);
}
