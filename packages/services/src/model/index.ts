export { registerModel } from "./register.ts";
export { listModels } from "./list.ts";
export { getModel, type ModelPage } from "./get.ts";
