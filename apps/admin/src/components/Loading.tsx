import { Box, type BoxProps, Skeleton, type SkeletonProps, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";

interface LoadingProps extends Pick<BoxProps, "h" | "w" | "maw" | "className"> {
  /** For who does not see the grey shape: "Loading the lineage". */
  readonly what: string;
  /** Shapes like what will take their place; without them, one of the given size. */
  readonly children?: ReactNode;
}

/** Holds the place of what is on its way, and says so: a bare skeleton may carry no name. */
export const Loading = ({ what, children, ...size }: LoadingProps) => (
  <Box component="output" display="block" aria-busy="true" {...size}>
    <VisuallyHidden>{what}</VisuallyHidden>
    {children ?? <Shape h="100%" />}
  </Box>
);

/** One grey shape, for the eye alone. */
export const Shape = (props: SkeletonProps) => <Skeleton aria-hidden {...props} />;
