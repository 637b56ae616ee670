// A file of services that opens a transaction must also ask whether the caller may, and write the audit entry.
const OPENS = new Set(["transaction"]);
const AUTHORISES = new Set(["authorise", "authoriseAttempt", "authoriseSystem"]);
const RECORDS = new Set(["record"]);

/** `authorise(…)`, `db.transaction(…)`: the name that is called. */
function calledName({ callee }) {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type === "MemberExpression" && callee.property.type === "Identifier")
    return callee.property.name;
  return undefined;
}

export const transactionIsGuarded = {
  meta: {
    type: "problem",
    messages: {
      unauthorised:
        "This file opens a transaction and never calls authorise(…), authoriseAttempt(…) or authoriseSystem(…): anybody could do it.",
      unrecorded:
        "This file opens a transaction and never calls record(…): the change would leave no audit entry.",
    },
  },
  create(context) {
    const openings = [];
    const seen = { authorises: false, records: false, defines: false };
    return {
      CallExpression(node) {
        const name = calledName(node);
        if (OPENS.has(name)) openings.push(node);
        if (AUTHORISES.has(name)) seen.authorises = true;
        if (RECORDS.has(name)) seen.records = true;
      },
      // The file that gives services their `transaction` opens one for its callers, who answer for it.
      FunctionDeclaration(node) {
        if (OPENS.has(node.id?.name)) seen.defines = true;
      },
      "Program:exit"() {
        if (seen.defines) return;
        for (const node of openings) {
          if (!seen.authorises) context.report({ node, messageId: "unauthorised" });
          if (!seen.records) context.report({ node, messageId: "unrecorded" });
        }
      },
    };
  },
};
