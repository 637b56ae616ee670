// Rules of our own for oxlint. Plain JavaScript: oxlint loads it as it is.
import { transactionIsGuarded } from "./transaction-is-guarded.mjs";

export default {
  meta: { name: "preceptor" },
  rules: { "transaction-is-guarded": transactionIsGuarded },
};
