import { Fragment, type ReactNode } from "react";
import classes from "./KeyValue.module.css";

/** Names and values, in two columns. A null entry is left out. */
export const KeyValue = ({ items }: { items: readonly (readonly [string, ReactNode] | null)[] }) => (
  <dl className={classes.list}>
    {items.map(
      (item) =>
        item && (
          <Fragment key={item[0]}>
            <dt>{item[0]}</dt>
            <dd>{item[1]}</dd>
          </Fragment>
        ),
    )}
  </dl>
);
