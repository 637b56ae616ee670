CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_code" (
	"id" text PRIMARY KEY NOT NULL,
	"device_code" text NOT NULL,
	"user_code" text NOT NULL,
	"user_id" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"last_polled_at" timestamp (3) with time zone,
	"polling_interval" integer,
	"client_id" text,
	"scope" text
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"metadata" text,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "apikey" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"reference_id" text NOT NULL,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp (3) with time zone,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" integer,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"permissions" text,
	"metadata" text
);
--> statement-breakpoint
CREATE TABLE "recipe" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"definition" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recipe_version" UNIQUE("organization_id","name","version")
);
--> statement-breakpoint
CREATE TABLE "compute_target" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "compute_target_name" UNIQUE("organization_id","name"),
	CONSTRAINT "compute_target_provider" CHECK ("compute_target"."provider" in ('local', 'azure-ml'))
);
--> statement-breakpoint
CREATE TABLE "dataset" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "dataset_file" (
	"organization_id" text NOT NULL,
	"dataset_version_id" text NOT NULL,
	"path" text NOT NULL,
	"split" text NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"media_type" text NOT NULL,
	"rows" integer,
	CONSTRAINT "dataset_file_dataset_version_id_path_pk" PRIMARY KEY("dataset_version_id","path")
);
--> statement-breakpoint
CREATE TABLE "dataset_subject" (
	"organization_id" text NOT NULL,
	"dataset_version_id" text NOT NULL,
	"split" text NOT NULL,
	"subject_hash" text NOT NULL,
	CONSTRAINT "dataset_subject_dataset_version_id_split_subject_hash_pk" PRIMARY KEY("dataset_version_id","split","subject_hash")
);
--> statement-breakpoint
CREATE TABLE "dataset_upload" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"request" jsonb NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"dataset_version_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dataset_upload_status" CHECK ("dataset_upload"."status" in ('open', 'finished', 'abandoned'))
);
--> statement-breakpoint
CREATE TABLE "dataset_upload_file" (
	"organization_id" text NOT NULL,
	"upload_id" text NOT NULL,
	"path" text NOT NULL,
	"rows" integer,
	"subjects" jsonb,
	"arrived_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset_version" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"version" integer NOT NULL,
	"description" text NOT NULL,
	"digest" text NOT NULL,
	"permit" jsonb NOT NULL,
	"subject_field" text,
	"size_bytes" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_version_number" UNIQUE("dataset_id","version")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"message" text,
	"spec" jsonb NOT NULL,
	"spec_digest" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"recipe_id" text,
	"compute_target_id" text NOT NULL,
	"run_id" text NOT NULL,
	"max_attempts" integer NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"output_model_version_id" text,
	"cost" jsonb,
	"submitted_by" text NOT NULL,
	"submitted_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_owner" text,
	"lease_token" integer DEFAULT 0 NOT NULL,
	"lease_expires_at" timestamp (3) with time zone,
	CONSTRAINT "job_runId_unique" UNIQUE("run_id"),
	CONSTRAINT "job_idempotency" UNIQUE("organization_id","idempotency_key"),
	CONSTRAINT "job_status" CHECK ("job"."status" in ('queued', 'starting', 'running', 'unknown', 'finalizing', 'cancelling', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "job_kind" CHECK ("job"."kind" in ('pretrain', 'fine-tune', 'evaluate', 'prepare')),
	CONSTRAINT "job_reason" CHECK ("job"."reason" in ('waiting-for-worker', 'preparing-environment', 'retrying', 'exit-code', 'killed-by-signal', 'out-of-memory', 'timeout', 'disk-quota', 'preempted', 'silent', 'lost', 'start-refused', 'environment-failed', 'input-unavailable', 'output-invalid', 'cancelled-by-member', 'attempts-exhausted', 'fenced'))
);
--> statement-breakpoint
CREATE TABLE "job_input" (
	"organization_id" text NOT NULL,
	"job_id" text NOT NULL,
	"name" text NOT NULL,
	"reference" text NOT NULL,
	"dataset_version_id" text,
	"split" text,
	"model_version_id" text,
	"digest" text NOT NULL,
	CONSTRAINT "job_input_job_id_name_pk" PRIMARY KEY("job_id","name")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"job_id" text NOT NULL,
	"number" integer NOT NULL,
	"fencing_token" integer NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"message" text,
	"token_hash" text NOT NULL,
	"token_expires_at" timestamp (3) with time zone NOT NULL,
	"handle" jsonb,
	"processes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"resumed_from_checkpoint_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"prepared_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"last_observed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "attempt_number" UNIQUE("job_id","number"),
	CONSTRAINT "attempt_status" CHECK ("attempt"."status" in ('starting', 'running', 'unknown', 'succeeded', 'failed', 'preempted', 'cancelled', 'fenced')),
	CONSTRAINT "attempt_reason" CHECK ("attempt"."reason" in ('waiting-for-worker', 'preparing-environment', 'retrying', 'exit-code', 'killed-by-signal', 'out-of-memory', 'timeout', 'disk-quota', 'preempted', 'silent', 'lost', 'start-refused', 'environment-failed', 'input-unavailable', 'output-invalid', 'cancelled-by-member', 'attempts-exhausted', 'fenced'))
);
--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"job_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"step" integer,
	"digest" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"files" jsonb NOT NULL,
	"tensors" jsonb,
	"metrics" jsonb NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checkpoint_digest" UNIQUE("job_id","name","digest"),
	CONSTRAINT "checkpoint_state" CHECK ("checkpoint"."state" in ('committed', 'refused')),
	CONSTRAINT "checkpoint_kind" CHECK ("checkpoint"."kind" in ('step', 'final'))
);
--> statement-breakpoint
CREATE TABLE "model" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "model_version" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"model_id" text NOT NULL,
	"version" integer NOT NULL,
	"description" text NOT NULL,
	"digest" text NOT NULL,
	"checkpoint_id" text NOT NULL,
	"job_id" text NOT NULL,
	"files" jsonb NOT NULL,
	"size_bytes" bigint NOT NULL,
	"tensors" jsonb,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_version_number" UNIQUE("model_id","version")
);
--> statement-breakpoint
CREATE TABLE "evaluation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"suite_id" text NOT NULL,
	"model_version_id" text NOT NULL,
	"test_dataset_version_id" text NOT NULL,
	"job_id" text NOT NULL,
	"status" text NOT NULL,
	"refusal" text,
	"mean" double precision,
	"lower" double precision,
	"upper" double precision,
	"n" integer,
	"clusters" integer,
	"seed" integer NOT NULL,
	"digest" text,
	"report" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "evaluation_jobId_unique" UNIQUE("job_id"),
	CONSTRAINT "evaluation_status" CHECK ("evaluation"."status" in ('pending', 'running', 'complete', 'refused', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "evaluation_item" (
	"organization_id" text NOT NULL,
	"evaluation_id" text NOT NULL,
	"item_hash" text NOT NULL,
	"cluster_hash" text NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "evaluation_item_evaluation_id_item_hash_pk" PRIMARY KEY("evaluation_id","item_hash")
);
--> statement-breakpoint
CREATE TABLE "evaluation_suite" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_suite_version" UNIQUE("organization_id","name","version")
);
--> statement-breakpoint
CREATE TABLE "policy" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_version" UNIQUE("organization_id","name","version")
);
--> statement-breakpoint
CREATE TABLE "promotion" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"model_version_id" text NOT NULL,
	"policy_id" text NOT NULL,
	"compute_target_id" text NOT NULL,
	"purpose" text NOT NULL,
	"stage" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"dossier" jsonb NOT NULL,
	"dossier_digest" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_by_name" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"decision" jsonb,
	CONSTRAINT "promotion_status" CHECK ("promotion"."status" in ('open', 'approved', 'rejected', 'withdrawn', 'voided', 'revoked')),
	CONSTRAINT "promotion_stage" CHECK ("promotion"."stage" in ('shadow', 'pilot', 'general'))
);
--> statement-breakpoint
CREATE TABLE "promotion_exclusion" (
	"organization_id" text NOT NULL,
	"promotion_id" text NOT NULL,
	"user_id" text NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "promotion_exclusion_promotion_id_user_id_pk" PRIMARY KEY("promotion_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "vote" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"promotion_id" text NOT NULL,
	"user_id" text NOT NULL,
	"printed_name" text NOT NULL,
	"decision" text NOT NULL,
	"meaning" text NOT NULL,
	"reason" text NOT NULL,
	"method" text NOT NULL,
	"dossier_digest" text NOT NULL,
	"policy_version" integer NOT NULL,
	"statement" jsonb NOT NULL,
	"statement_digest" text NOT NULL,
	"cast_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vote_once" UNIQUE("promotion_id","user_id"),
	CONSTRAINT "vote_decision" CHECK ("vote"."decision" in ('approve', 'reject')),
	CONSTRAINT "vote_meaning" CHECK ("vote"."meaning" in ('review', 'approval', 'responsibility')),
	CONSTRAINT "vote_method" CHECK ("vote"."method" in ('password', 'passkey'))
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"purpose" text NOT NULL,
	"stage" text NOT NULL,
	"model_version_id" text NOT NULL,
	"promotion_id" text NOT NULL,
	"compute_target_id" text NOT NULL,
	"desired" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"message" text,
	"routed" boolean DEFAULT false NOT NULL,
	"endpoint" text,
	"endpoint_token" text,
	"handle" jsonb,
	"previous_deployment_id" text,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"healthy_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_owner" text,
	"lease_token" integer DEFAULT 0 NOT NULL,
	"lease_expires_at" timestamp (3) with time zone,
	CONSTRAINT "deployment_status" CHECK ("deployment"."status" in ('pending', 'starting', 'healthy', 'unhealthy', 'stopping', 'stopped', 'failed')),
	CONSTRAINT "deployment_stage" CHECK ("deployment"."stage" in ('shadow', 'pilot', 'general')),
	CONSTRAINT "deployment_desired" CHECK ("deployment"."desired" in ('serving', 'stopped'))
);
--> statement-breakpoint
CREATE TABLE "served_request" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"key_id" text NOT NULL,
	"deployment_id" text NOT NULL,
	"model_version_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"latency_ms" integer NOT NULL,
	"status" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "experiment" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "experiment_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "metric_latest" (
	"series_id" bigint PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"step" bigint NOT NULL,
	"timestamp_ms" bigint NOT NULL,
	"value" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "metric_segment" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"points" integer NOT NULL,
	"data" "bytea" NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "metric_series" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "metric_series_key" UNIQUE("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"experiment_id" text NOT NULL,
	"job_id" text,
	"name" text NOT NULL,
	"status" text DEFAULT 'RUNNING' NOT NULL,
	"lifecycle" text DEFAULT 'active' NOT NULL,
	"user_id" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "run_param" (
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_param_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_tag" (
	"organization_id" text NOT NULL,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "run_tag_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"organization_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"noun" text NOT NULL,
	"noun_id" text NOT NULL,
	"before" text,
	"after" text,
	"evidence" text,
	"at" timestamp (3) with time zone NOT NULL,
	"leaf_hash" text NOT NULL,
	CONSTRAINT "audit_organization_id_seq_pk" PRIMARY KEY("organization_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"tree_size" bigint NOT NULL,
	"frontier" jsonb NOT NULL,
	"root_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_key" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"subject_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "adaptation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"owner_organization_id" text NOT NULL,
	"base_model_version_id" text NOT NULL,
	"purpose" text NOT NULL,
	"request" text NOT NULL,
	"status" text DEFAULT 'asked' NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_file" ADD CONSTRAINT "dataset_file_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_subject" ADD CONSTRAINT "dataset_subject_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_upload_file" ADD CONSTRAINT "dataset_upload_file_upload_id_dataset_upload_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."dataset_upload"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_dataset_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."dataset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_recipe_id_recipe_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipe"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_compute_target_id_compute_target_id_fk" FOREIGN KEY ("compute_target_id") REFERENCES "public"."compute_target"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_input" ADD CONSTRAINT "job_input_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_model_id_model_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_checkpoint_id_checkpoint_id_fk" FOREIGN KEY ("checkpoint_id") REFERENCES "public"."checkpoint"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_suite_id_evaluation_suite_id_fk" FOREIGN KEY ("suite_id") REFERENCES "public"."evaluation_suite"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_item" ADD CONSTRAINT "evaluation_item_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_policy_id_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_compute_target_id_compute_target_id_fk" FOREIGN KEY ("compute_target_id") REFERENCES "public"."compute_target"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_exclusion" ADD CONSTRAINT "promotion_exclusion_promotion_id_promotion_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_promotion_id_promotion_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_promotion_id_promotion_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_compute_target_id_compute_target_id_fk" FOREIGN KEY ("compute_target_id") REFERENCES "public"."compute_target"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "invitation_organization" ON "invitation" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "member_once" ON "member" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "member_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "apikey_key" ON "apikey" USING btree ("key");--> statement-breakpoint
CREATE INDEX "apikey_reference" ON "apikey" USING btree ("reference_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_upload_file_once" ON "dataset_upload_file" USING btree ("upload_id","path");--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("due_at") WHERE "job"."status" not in ('succeeded', 'failed', 'cancelled');--> statement-breakpoint
CREATE INDEX "job_page" ON "job" USING btree ("organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "job_name_page" ON "job" USING btree ("organization_id","name","id");--> statement-breakpoint
CREATE INDEX "job_status_page" ON "job" USING btree ("organization_id","status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "job_input_dataset" ON "job_input" USING btree ("dataset_version_id");--> statement-breakpoint
CREATE INDEX "job_input_model" ON "job_input" USING btree ("model_version_id");--> statement-breakpoint
CREATE INDEX "attempt_token" ON "attempt" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "checkpoint_job" ON "checkpoint" USING btree ("job_id","created_at");--> statement-breakpoint
CREATE INDEX "model_version_job" ON "model_version" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "model_version_digest" ON "model_version" USING btree ("organization_id","digest");--> statement-breakpoint
CREATE INDEX "evaluation_model" ON "evaluation" USING btree ("model_version_id","suite_id");--> statement-breakpoint
CREATE INDEX "promotion_page" ON "promotion" USING btree ("organization_id","requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_routed_once" ON "deployment" USING btree ("organization_id","purpose") WHERE "deployment"."routed";--> statement-breakpoint
CREATE INDEX "deployment_due" ON "deployment" USING btree ("due_at") WHERE "deployment"."status" not in ('stopped', 'failed');--> statement-breakpoint
CREATE INDEX "served_request_at" ON "served_request" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "metric_segment_run" ON "metric_segment" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "audit_noun" ON "audit" USING btree ("organization_id","noun","noun_id");--> statement-breakpoint
CREATE INDEX "adaptation_organization" ON "adaptation" USING btree ("organization_id","created_at");