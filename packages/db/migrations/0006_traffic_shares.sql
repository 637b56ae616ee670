CREATE TABLE "traffic_change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"purpose" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by_name" text NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "served_request" ALTER COLUMN "key_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion" ADD COLUMN "opening_share" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "share" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "mirror" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "routed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "served_request" ADD COLUMN "kind" text DEFAULT 'answered' NOT NULL;--> statement-breakpoint
CREATE INDEX "traffic_change_page" ON "traffic_change" USING btree ("organization_id","purpose","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_canary_once" ON "deployment" USING btree ("organization_id","purpose") WHERE "deployment"."share" between 1 and 99;--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_mirror_once" ON "deployment" USING btree ("organization_id","purpose") WHERE "deployment"."mirror" > 0;--> statement-breakpoint
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_opening_share" CHECK ("promotion"."opening_share" between 0 and 100);--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_share" CHECK ("deployment"."share" between 0 and 100 and ("deployment"."share" = 100 or not "deployment"."routed"));--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_mirror" CHECK ("deployment"."mirror" between 0 and 50 and ("deployment"."mirror" = 0 or "deployment"."share" = 0));--> statement-breakpoint
ALTER TABLE "served_request" ADD CONSTRAINT "served_request_kind" CHECK ("served_request"."kind" in ('answered', 'mirrored', 'passed-on'));--> statement-breakpoint
ALTER TABLE "served_request" ADD CONSTRAINT "served_request_key" CHECK (("served_request"."kind" = 'answered') = ("served_request"."key_id" is not null));--> statement-breakpoint
ALTER TABLE "traffic_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "traffic_change" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
-- How a split came about is append-only for the application, as every history.
REVOKE UPDATE, DELETE, TRUNCATE ON "traffic_change" FROM preceptor_app;--> statement-breakpoint
-- Until now who was healthy once had the route, and who has none of it now is to have nothing.
UPDATE "deployment" SET "routed_at" = "healthy_at" WHERE "stage" <> 'shadow';--> statement-breakpoint
UPDATE "deployment" SET "share" = 0 WHERE "stage" = 'shadow' OR "desired" = 'stopped' OR "status" IN ('stopped', 'failed');
