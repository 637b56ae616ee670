export * from "./choice.ts";
export * from "./store.ts";
export { behindTheEdge } from "./behind-the-edge.ts";
