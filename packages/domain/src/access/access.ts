import { z } from "zod";
import type { Action } from "./permission.ts";
import { roles, type Role } from "./role.ts";

export const Password = z
  .string()
  .min(10, "use at least ten characters")
  .max(128, "use at most 128 characters");
const PersonName = z.string().trim().min(1, "say a name").max(120);
const Email = z.email("write the whole address, e.g. ada@hospital.example").max(200);
const Roles = z.array(z.enum(roles)).min(1, "choose at least one role").max(roles.length);

/** Makes the first administrator and their organization, once, with the token of the one-time link. */
export const SetUp = z.strictObject({
  token: z.string().min(20).max(200),
  name: PersonName,
  email: Email,
  password: Password,
  organization: z.string().trim().min(2).max(120),
});
export type SetUp = z.infer<typeof SetUp>;

export const InviteMember = z.strictObject({
  name: PersonName,
  email: Email,
  roles: Roles,
});
export type InviteMember = z.infer<typeof InviteMember>;
export const AcceptInvitation = z.strictObject({
  token: z.string().min(20).max(200),
  password: Password,
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;
export const SetRoles = z.strictObject({ userId: z.string().max(60), roles: Roles });
export type SetRoles = z.infer<typeof SetRoles>;
export const RemoveMember = z.strictObject({ userId: z.string().max(60) });
export type RemoveMember = z.infer<typeof RemoveMember>;
export const RevokeInvitation = z.strictObject({ email: Email });
export type RevokeInvitation = z.infer<typeof RevokeInvitation>;
export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  expiresInDays: z.number().int().min(1).max(730).optional(),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export interface OrganizationStub {
  readonly id: string;
  readonly name: string;
}
/** Who is signed in, and what they may do in the organization they look at. */
export interface Me {
  readonly user: { id: string; name: string; email: string };
  readonly organization: OrganizationStub | null;
  readonly organizations: readonly OrganizationStub[];
  readonly roles: readonly Role[];
  readonly actions: readonly Action[];
}
export interface Member {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
}
/** A link that was handed out and not used yet. The link itself is shown once, to who made it. */
export interface OpenInvitation {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
/** `start` is the first characters of the key, to tell keys apart; the key itself is shown once. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly start: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly enabled: boolean;
}
