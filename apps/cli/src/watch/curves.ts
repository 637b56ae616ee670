import { systemMetricPrefix } from "@preceptor/domain";

/** At most three losses, the training one first: what a person watches a run by. */
export function chooseCurves(keys: readonly string[]): string[] {
  const losses = keys.filter(
    (key) => !key.startsWith(systemMetricPrefix) && /(^|[/_])loss$/.test(key),
  );
  const isEvaluation = (key: string): number => (/eval|valid/.test(key) ? 1 : 0);
  return losses.sort((a, b) => isEvaluation(a) - isEvaluation(b) || (a < b ? -1 : 1)).slice(0, 3);
}

/** What the latest-figures lines show: losses first, then the script's other keys, the machine's last. */
export function inReadingOrder<M extends { readonly key: string }>(metrics: readonly M[]): M[] {
  const losses = chooseCurves(metrics.map(({ key }) => key));
  const rank = ({ key }: M): number =>
    losses.includes(key) ? losses.indexOf(key) : key.startsWith(systemMetricPrefix) ? 200 : 100;
  return [...metrics].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}
