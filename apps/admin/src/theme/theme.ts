import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Petrol: the one colour of things that can be pressed. Kept apart from the colours of states. */
const petrol: MantineColorsTuple = [
  "#e8f6f8",
  "#d3eaee",
  "#a6d4dc",
  "#75bdc9",
  "#4fa9b9",
  "#379daf",
  "#2490a3",
  "#127a8c",
  "#0f6672",
  "#07505b",
];
const ink: MantineColorsTuple = [
  "#d5dade",
  "#b3bac1",
  "#939ca5",
  "#66707b",
  "#454e58",
  "#333b44",
  "#232a32",
  "#1a2027",
  "#13181e",
  "#0d1116",
];

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { petrol, dark: ink },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 360 } },
    Paper: { defaultProps: { withBorder: true, p: "md" } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end" } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { "aria-label": "Close" },
      },
    },
  },
});

/** Surfaces and state colours of both schemes; every text colour here has at least 4.5:1 on its surface. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#5a656f",
    "--mantine-color-placeholder": "#66717b",
    "--mantine-color-error": "#b3261e",
    "--surface-page": "#f6f8f9",
    "--surface-raised": "#ffffff",
    "--surface-sunken": "#eef2f4",
    "--line": "#dde3e7",
    "--state-active": "#1558b0",
    "--state-waiting": "#566069",
    "--state-done": "#1a6b3c",
    "--state-failed": "#b3261e",
    "--state-unknown": "#8a5300",
    "--link": "#0b5c68",
    "--mantine-color-green-light": "#e6f4ec",
    "--mantine-color-green-light-color": "#1a6b3c",
    "--mantine-color-yellow-light": "#fdf3e0",
    "--mantine-color-yellow-light-color": "#8a5300",
    "--mantine-color-red-light": "#fdecea",
    "--mantine-color-red-light-color": "#b3261e",
  },
  dark: {
    "--mantine-color-body": "#13181e",
    "--mantine-color-dimmed": "#98a3ad",
    "--mantine-color-placeholder": "#8a96a1",
    "--mantine-color-error": "#ff8f86",
    "--surface-page": "#0d1116",
    "--surface-raised": "#13181e",
    "--surface-sunken": "#1a2027",
    "--line": "#2a323b",
    "--state-active": "#7fb3f5",
    "--state-waiting": "#a4afb8",
    "--state-done": "#6fcf97",
    "--state-failed": "#ff8f86",
    "--state-unknown": "#f2b84b",
    "--link": "#6cc7d6",
    "--mantine-color-green-light": "#14291f",
    "--mantine-color-green-light-color": "#6fcf97",
    "--mantine-color-yellow-light": "#2d2413",
    "--mantine-color-yellow-light-color": "#f2b84b",
    "--mantine-color-red-light": "#331a1a",
    "--mantine-color-red-light-color": "#ff8f86",
  },
});
