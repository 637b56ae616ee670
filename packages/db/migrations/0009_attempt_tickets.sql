ALTER TABLE "attempt" ADD COLUMN "ticket_hash" text;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "exchanges" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "attempt_ticket" ON "attempt" USING btree ("ticket_hash");