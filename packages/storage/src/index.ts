export * from "./choice.ts";
export * from "./store.ts";
