// Node reads and parses the nearest package.json for every file it resolves. drizzle-orm's lists 179 kB of exports, so its
// hundred small files, and each of ours that imports it, cost two seconds of processor time and 200 MB at every start.
// A relative import inside it is simply the file beside it, and a bare one is the same file for every room.
import { registerHooks } from "node:module";

const bare = new Map();

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? "";
    if (specifier.startsWith(".") && parent.includes("/node_modules/")) {
      const always = specifier.endsWith(".mjs");
      const here = specifier.endsWith(".js") && parent.includes("/node_modules/drizzle-orm/");
      if (always || here)
        return { url: new URL(specifier, parent).href, format: "module", shortCircuit: true };
    }
    if (!/^drizzle-orm(\/|$)/.test(specifier) || context.conditions?.includes("require"))
      return next(specifier, context);
    const known = bare.get(specifier) ?? next(specifier, context);
    bare.set(specifier, known);
    return { ...known, shortCircuit: true };
  },
});
