import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A link to another thing's page; `href` comes from `pathOf`. */
export const NounLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link to={href} className="link">
    {children}
  </Link>
);
