import { NavLink } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { useMe } from "../api/me.ts";
import { navigationItems } from "./navigation-items.ts";

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { pathname } = useLocation();
  const { actions } = useMe();
  const shown = navigationItems.filter(
    (item) => item.action === null || actions.includes(item.action),
  );
  return (
    <nav aria-label="Main">
      {shown.map((item) => {
        const active = item.href === "/" ? pathname === "/" : pathname.startsWith(item.href);
        return (
          <NavLink
            key={item.href}
            component={Link}
            to={item.href}
            label={item.label}
            leftSection={<item.icon size={18} stroke={1.6} aria-hidden />}
            active={active}
            aria-current={active ? "page" : undefined}
            onClick={onNavigate}
            variant="light"
            style={{ borderRadius: 4 }}
            py={7}
          />
        );
      })}
    </nav>
  );
}
