-- Row-level security: a transaction says whose rows it works on (set_config, local to it); without it nothing is seen.
CREATE FUNCTION preceptor_sees(organization_id text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT organization_id = current_setting('preceptor.organization_id', true) OR current_setting('preceptor.scope', true) = 'system'
$$;--> statement-breakpoint
ALTER TABLE "recipe" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "recipe" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "compute_target" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "compute_target" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset_file" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset_subject" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset_subject" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset_upload" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset_upload" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset_upload_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset_upload_file" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "dataset_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "dataset_version" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "job" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "job" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "job_input" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "job_input" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "attempt" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "checkpoint" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "checkpoint" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "model" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "model" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "model_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "model_version" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "evaluation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "evaluation" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "evaluation_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "evaluation_item" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "evaluation_suite" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "evaluation_suite" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "policy" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "policy" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "promotion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "promotion" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "promotion_exclusion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "promotion_exclusion" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "vote" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "vote" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "deployment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "deployment" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "served_request" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "served_request" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "experiment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "experiment" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "metric_latest" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "metric_latest" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "metric_segment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "metric_segment" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "metric_series" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "metric_series" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "run" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "run_param" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "run_param" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "run_tag" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "run_tag" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "audit" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "audit_head" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "audit_head" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "organization_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "organization_key" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
ALTER TABLE "adaptation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "adaptation" TO preceptor_app USING (preceptor_sees(organization_id)) WITH CHECK (preceptor_sees(organization_id));--> statement-breakpoint
-- History is append-only for the application, and so are votes, frozen dossiers and scores.
REVOKE UPDATE, DELETE, TRUNCATE ON audit, vote, promotion_exclusion, evaluation_item, dataset_version, dataset_file, dataset_subject, model_version, recipe, policy, evaluation_suite, job_input FROM preceptor_app;--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON promotion, deployment, job, attempt, checkpoint, evaluation, audit_head FROM preceptor_app;--> statement-breakpoint
REVOKE UPDATE ON promotion FROM preceptor_app;--> statement-breakpoint
GRANT UPDATE (status, decided_at, expires_at, decision) ON promotion TO preceptor_app;--> statement-breakpoint
-- A vote by someone excluded, on another dossier, or on a request no longer open is refused here, whoever asks.
CREATE FUNCTION preceptor_guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked promotion%ROWTYPE;
BEGIN
  SELECT * INTO asked FROM promotion WHERE id = NEW.promotion_id FOR UPDATE;
  IF asked.id IS NULL OR asked.organization_id <> NEW.organization_id THEN
    RAISE EXCEPTION 'vote refused: no such promotion' USING ERRCODE = 'PR001';
  END IF;
  IF asked.status <> 'open' THEN
    RAISE EXCEPTION 'vote refused: the promotion is %', asked.status USING ERRCODE = 'PR002';
  END IF;
  IF asked.dossier_digest <> NEW.dossier_digest THEN
    RAISE EXCEPTION 'vote refused: it names another dossier' USING ERRCODE = 'PR003';
  END IF;
  IF asked.requested_by = NEW.user_id OR EXISTS (SELECT 1 FROM promotion_exclusion e WHERE e.promotion_id = NEW.promotion_id AND e.user_id = NEW.user_id) THEN
    RAISE EXCEPTION 'vote refused: the member asked for or worked on this model' USING ERRCODE = 'PR004';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER guard_vote BEFORE INSERT ON vote FOR EACH ROW EXECUTE FUNCTION preceptor_guard_vote();--> statement-breakpoint
-- A decision is made once: its status moves forward only.
CREATE FUNCTION preceptor_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'open' AND NOT (OLD.status = 'approved' AND NEW.status = 'revoked') THEN
    RAISE EXCEPTION 'a decided promotion does not change' USING ERRCODE = 'PR005';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER guard_decision BEFORE UPDATE ON promotion FOR EACH ROW EXECUTE FUNCTION preceptor_guard_decision();
