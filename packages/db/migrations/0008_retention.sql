CREATE TABLE "stray_object" (
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"state" text NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"refusal" text,
	CONSTRAINT "stray_object_organization_id_name_pk" PRIMARY KEY("organization_id","name"),
	CONSTRAINT "stray_object_state" CHECK ("stray_object"."state" in ('found', 'removing', 'held', 'removed'))
);
--> statement-breakpoint
ALTER TABLE "checkpoint" DROP CONSTRAINT "checkpoint_state";--> statement-breakpoint
ALTER TABLE "checkpoint" ADD COLUMN "removal" text;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "stray_object_next" ON "stray_object" USING btree ("organization_id","state","changed_at");--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_state" CHECK ("checkpoint"."state" in ('committed', 'refused', 'removed'));--> statement-breakpoint
ALTER TABLE "stray_object" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "stray_object" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
-- Retention takes no final checkpoint and none that a model is made of, and what is removed stays removed, whoever asks.
CREATE FUNCTION preceptor_guard_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'removed' AND NEW.state <> 'removed' THEN
    RAISE EXCEPTION 'a removed checkpoint does not come back' USING ERRCODE = 'PR006';
  END IF;
  IF NEW.state = 'removed' AND OLD.state <> 'removed' AND (OLD.state <> 'committed' OR OLD.kind = 'final' OR EXISTS (SELECT 1 FROM model_version m WHERE m.checkpoint_id = OLD.id)) THEN
    RAISE EXCEPTION 'this checkpoint is kept: it is final, refused, or a model is made of it' USING ERRCODE = 'PR007';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER guard_checkpoint BEFORE UPDATE OF state ON checkpoint FOR EACH ROW EXECUTE FUNCTION preceptor_guard_checkpoint();
