ALTER TABLE "compute_target" ADD COLUMN "survey_due_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "compute_target" ADD COLUMN "surveyed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "compute_target" ADD COLUMN "surveyed_jobs" integer DEFAULT 0 NOT NULL;