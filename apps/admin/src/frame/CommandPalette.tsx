import "@mantine/spotlight/styles.css";
import { Spotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowRight, IconKeyboard, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { furtherScreens, navigationItems } from "./navigation-items.ts";
import { pathOf } from "./paths.ts";

interface Command {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly run: () => void;
  readonly icon: typeof IconPlus;
}

/** Ctrl/⌘-K: goes anywhere, starts what may be started, and finds things by name or id. */
export default function CommandPalette({ onHelp }: { onHelp: () => void }) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 180);
  const router = useRouter();
  const { actions } = useMe();
  const found = useQuery({
    ...trpc.search.find.queryOptions({ text: asked }),
    enabled: asked.length >= 2,
    placeholderData: (previous) => previous,
  });
  const go = (href: string) => () => void router.navigate({ href });
  const commands: Command[] = [
    ...(actions.includes("job:submit")
      ? [
          {
            key: "launch",
            label: "Launch a job",
            detail: "Command",
            run: go(pathOf.launch()),
            icon: IconPlus,
          },
        ]
      : []),
    ...[...navigationItems, ...furtherScreens]
      .filter((item) => item.action === null || actions.includes(item.action))
      .map((item) => ({
        key: item.href,
        label: item.label,
        detail: "key" in item ? `Go to · g ${item.key}` : "Go to",
        run: go(item.href),
        icon: item.icon,
      })),
    { key: "help", label: "Keyboard help", detail: "Command · ?", run: onHelp, icon: IconKeyboard },
  ].filter((command) => command.label.toLowerCase().includes(text.trim().toLowerCase()));
  const things = asked.length >= 2 ? (found.data ?? []) : [];
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={["mod + K"]}
      clearQueryOnClose
      centered={false}
      yOffset="12dvh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      attributes={{ content: { "aria-label": "Search and commands" } }}
    >
      <Spotlight.Search
        placeholder="Search by name or id, or type a command"
        aria-label="Search by name or id, or type a command"
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList style={{ maxHeight: "60dvh", overflowY: "auto" }}>
        {things.length > 0 && (
          <Spotlight.ActionsGroup label="Found">
            {things.map((thing) => (
              <Spotlight.Action
                key={`${thing.kind}:${thing.id}`}
                label={thing.label}
                description={`${thing.kind} · ${thing.detail}`}
                leftSection={<IconArrowRight size={18} stroke={1.6} />}
                onClick={go(thing.href)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label="Commands">
            {commands.map((command) => (
              <Spotlight.Action
                key={command.key}
                label={command.label}
                description={command.detail}
                leftSection={<command.icon size={18} stroke={1.6} />}
                onClick={command.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {things.length === 0 && commands.length === 0 && (
          <Spotlight.Empty>
            {found.isFetching ? "Searching…" : "Nothing by this name or id. Try part of a name."}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
