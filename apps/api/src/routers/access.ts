import {
  AcceptInvitation,
  CreateApiKey,
  InviteMember,
  RemoveMember,
  RevokeInvitation,
  SetRoles,
  type ApiKey,
  type Me,
  type Member,
  type OpenInvitation,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, open, router, signedIn } from "../trpc.ts";

const Id = z.strictObject({ id: z.string().max(60) });
const Token = z.strictObject({ token: z.string().min(20).max(200) });

export const accessRouter = router({
  me: signedIn.query(({ ctx }): Promise<Me> =>
    service.readMe(ctx.edge, {
      user: ctx.signedIn.user,
      organizationId: ctx.signedIn.caller?.organizationId ?? null,
    }),
  ),
  switchOrganization: signedIn
    .input(z.strictObject({ organizationId: z.string().max(60) }))
    .mutation(({ ctx, input }): Promise<void> =>
      service.switchOrganization(ctx.edge, {
        ...input,
        userId: ctx.signedIn.user.id,
        sessionId: ctx.signedIn.sessionId,
      }),
    ),
  members: member.query(({ ctx }): Promise<Member[]> => service.listMembers(ctx.verb)),
  invite: member.input(InviteMember).mutation(async ({ ctx, input }): Promise<{ url: string }> => {
    const { token } = await service.inviteMember(ctx.verb, input);
    return { url: `${ctx.publicUrl}/invite?token=${token}` };
  }),
  /** What the page behind an invitation's link shows. */
  invitation: open
    .input(Token)
    .query(({ ctx, input }): Promise<{ name: string; email: string; organization: string }> =>
      service.readInvitation(ctx.edge, input),
    ),
  acceptInvitation: open
    .input(AcceptInvitation)
    .mutation(({ ctx, input }): Promise<{ email: string }> =>
      service.acceptInvitation(ctx.edge, input),
    ),
  setRoles: member
    .input(SetRoles)
    .mutation(({ ctx, input }): Promise<Member> => service.setRoles(ctx.verb, input)),
  removeMember: member
    .input(RemoveMember)
    .mutation(({ ctx, input }): Promise<void> => service.removeMember(ctx.verb, input)),
  invitations: member.query(({ ctx }): Promise<OpenInvitation[]> =>
    service.listInvitations(ctx.verb),
  ),
  revokeInvitation: member
    .input(RevokeInvitation)
    .mutation(({ ctx, input }): Promise<void> => service.revokeInvitation(ctx.verb, input)),
  createApiKey: member
    .input(CreateApiKey)
    .mutation(({ ctx, input }): Promise<{ id: string; key: string }> =>
      service.createApiKey(ctx.verb, input),
    ),
  apiKeys: member.query(({ ctx }): Promise<ApiKey[]> => service.listApiKeys(ctx.verb)),
  revokeApiKey: member
    .input(Id)
    .mutation(({ ctx, input }): Promise<void> => service.revokeApiKey(ctx.verb, input)),
});
