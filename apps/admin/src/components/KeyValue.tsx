import { Fragment, type ReactNode } from "react";
import classes from "./KeyValue.module.css";

type Entry = readonly [string, ReactNode];

/** Names and values, in two columns. An entry that is null, false or empty is left out. */
export const KeyValue = ({
  items,
}: {
  items: readonly (Entry | null | undefined | false | "")[];
}) => (
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
