import type { Role } from "./role.ts";

/** Who asks. A `system` caller is the worker acting on an earlier, authorised request. */
export type Caller =
  | {
      readonly kind: "member";
      readonly userId: string;
      readonly name: string;
      readonly organizationId: string;
      readonly roles: readonly Role[];
    }
  | { readonly kind: "system"; readonly component: string; readonly organizationId: string }
  | {
      readonly kind: "attempt";
      readonly attemptId: string;
      readonly jobId: string;
      readonly fencingToken: number;
      readonly organizationId: string;
    };
