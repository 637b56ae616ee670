import { ActionIcon, Group, Switch, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDownload, IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { download } from "../data-table/csv.ts";
import { HeldIcon } from "../HeldIcon.tsx";
import classes from "./LogView.module.css";

export interface LogViewProps {
  readonly name: string;
  readonly lines: readonly string[];
  /** More is expected: following starts switched on. */
  readonly live: boolean;
}

const LINE_HEIGHT_PX = 18;

/** Text of any length, only the lines in view drawn; follows its end, finds, and saves itself. */
export function LogView({ name, lines, live }: LogViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(live);
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_HEIGHT_PX,
    overscan: 30,
  });
  const found = useMemo(() => {
    const wanted = sought.trim().toLowerCase();
    if (wanted === "") return [];
    return lines.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? [index] : []));
  }, [lines, sought]);
  const hits = useMemo(() => new Set(found), [found]);
  const current = found[at];
  const noMatch =
    found.length > 0
      ? undefined
      : sought.trim() === ""
        ? "Type what to find first"
        : "No line has it";

  useEffect(() => {
    if (follow && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: "end" });
  }, [follow, lines.length, virtual]);

  const goTo = (position: number) => {
    if (found.length === 0) return;
    const next = (position + found.length) % found.length;
    setFollow(false);
    setAt(next);
    virtual.scrollToIndex(found[next] ?? 0, { align: "center" });
  };

  return (
    <div>
      <Group gap="xs" mb="xs">
        <TextInput
          size="xs"
          w={240}
          aria-label="Find in the log"
          placeholder="Find in the log"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={sought}
          onChange={(event) => {
            setSought(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") goTo(event.shiftKey ? at - 1 : at + 1);
          }}
        />
        <HeldIcon
          variant="default"
          size="input-xs"
          label="Match before"
          why={noMatch}
          onClick={() => goTo(at - 1)}
        >
          <IconChevronUp size={15} />
        </HeldIcon>
        <HeldIcon
          variant="default"
          size="input-xs"
          label="Next match"
          why={noMatch}
          onClick={() => goTo(at + 1)}
        >
          <IconChevronDown size={15} />
        </HeldIcon>
        <Text size="xs" c="dimmed" component="output" className="grow">
          {sought.trim() !== "" &&
            (found.length === 0 ? "no match" : `${at + 1} of ${found.length}`)}
        </Text>
        <Switch
          size="xs"
          label="Follow"
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
        <ActionIcon
          variant="default"
          size="input-xs"
          aria-label="Save the log"
          onClick={() => download(`${name}.log`, lines.join("\n"), "text/plain")}
        >
          <IconDownload size={15} />
        </ActionIcon>
      </Group>
      <div
        ref={frame}
        className={classes.frame}
        role="log"
        aria-label={`Log ${name}`}
        aria-live="off"
        // The text scrolls, so it must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onWheel={(event) => {
          if (event.deltaY < 0) setFollow(false);
        }}
      >
        <div
          style={{ height: virtual.getTotalSize(), position: "relative", minWidth: "max-content" }}
        >
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              className={[
                classes.line,
                hits.has(item.index)
                  ? item.index === current
                    ? classes.current
                    : classes.found
                  : "",
              ].join(" ")}
              style={{ transform: `translateY(${item.start}px)`, height: LINE_HEIGHT_PX }}
            >
              <span className={classes.number} aria-hidden>
                {item.index + 1}
              </span>
              {lines[item.index]}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
