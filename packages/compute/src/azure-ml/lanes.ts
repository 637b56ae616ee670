/** So many of a target's attempts are looked into at the same time: thousands may end together, and each end has reasons to read. */
const lanes = 16;

/** `Promise.all` of a map in the items' order, with a few at a time. */
export async function inLanes<T, R>(
  items: readonly T[],
  work: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) done[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}
