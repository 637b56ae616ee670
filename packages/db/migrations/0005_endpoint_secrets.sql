-- No secret of an endpoint in the database: what is kept says where the gateway finds its bearer. A row of an endpoint with a key
-- is without access until the worker's next look, which writes it. What backups hold of former keys ends with regenerating those.
UPDATE "deployment" SET "endpoint_token" = NULL, "endpoint_access" = CASE
  WHEN "endpoint_access"->>'scope' IS NOT NULL THEN jsonb_build_object(
    'bearer', jsonb_build_object('from', 'identity', 'scope', "endpoint_access"->'scope'),
    'headers', "endpoint_access"->'headers')
  WHEN "endpoint" LIKE 'http://127.0.0.1:%' THEN '{"bearer": {"from": "installation"}, "headers": {}}'::jsonb
END;--> statement-breakpoint
ALTER TABLE "deployment" DROP COLUMN "endpoint_token";
