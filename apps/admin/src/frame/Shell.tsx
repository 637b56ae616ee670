import { AppShell, Burger, Group, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { AccountMenu } from "./AccountMenu.tsx";
import { Bell } from "./Bell.tsx";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import { Mark } from "./Mark.tsx";
import { Navigation } from "./Navigation.tsx";
import { OrganizationSwitch } from "./OrganizationSwitch.tsx";
import { SearchButton } from "./SearchButton.tsx";
import { useArrival } from "./use-arrival.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const CommandPalette = lazy(() => import("./CommandPalette.tsx"));
const KeyboardHelp = lazy(() => import("./KeyboardHelp.tsx"));

export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
  const { pathname } = useLocation();
  useShortcuts({ onHelp: help.open });
  useArrival();
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 208, breakpoint: "sm", collapsed: { mobile: !menuOpen } }}
        padding={{ base: "md", md: "lg" }}
      >
        <AppShell.Header className="no-print">
          <Group h="100%" px="md" gap="sm" wrap="nowrap">
            <Burger
              opened={menuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={menuOpen ? "Close the navigation" : "Open the navigation"}
            />
            <Link
              to="/"
              aria-label="Preceptor, overview"
              style={{ display: "flex", color: "inherit", textDecoration: "none" }}
            >
              <Group gap={8} wrap="nowrap">
                <Mark />
                <Text fw={650} visibleFrom="sm">
                  Preceptor
                </Text>
              </Group>
            </Link>
            <OrganizationSwitch />
            <div className="grow" />
            <SearchButton />
            <Bell />
            <ColorSchemeToggle />
            <AccountMenu onHelp={help.open} />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" className="no-print">
          <AppShell.Section grow component={ScrollArea}>
            <Navigation onNavigate={menu.close} />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} key={pathname.split("/")[1]}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <Suspense fallback={null}>
        <CommandPalette onHelp={help.open} />
        {helpOpen && <KeyboardHelp onClose={help.close} />}
      </Suspense>
    </>
  );
}
