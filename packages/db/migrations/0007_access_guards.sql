-- Who belongs to an organization, and the keys it gave out, are its own rows like all others.
ALTER TABLE "member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "member" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "invitation" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "apikey" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "apikey" TO preceptor_app USING (preceptor_sees(reference_id)) WITH CHECK (preceptor_sees(reference_id));
