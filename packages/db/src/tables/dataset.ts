import type { Permit } from "@preceptor/domain";
import {
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  primaryKey,
} from "drizzle-orm/pg-core";
import { bytes, createdAt, id, instant, oneOf, organizationId } from "./columns.ts";

export const dataset = pgTable(
  "dataset",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    title: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("dataset_name").on(t.organizationId, t.name)],
);
export const datasetVersion = pgTable(
  "dataset_version",
  {
    id: id(),
    organizationId: organizationId(),
    datasetId: text()
      .notNull()
      .references(() => dataset.id),
    version: integer().notNull(),
    description: text().notNull(),
    /** `sha256:` over the manifest's text. */
    digest: text().notNull(),
    permit: jsonb().$type<Permit>().notNull(),
    subjectField: text(),
    sizeBytes: bytes().notNull(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("dataset_version_number").on(t.datasetId, t.version)],
);
export const datasetFile = pgTable(
  "dataset_file",
  {
    organizationId: organizationId(),
    datasetVersionId: text()
      .notNull()
      .references(() => datasetVersion.id),
    path: text().notNull(),
    split: text().notNull(),
    sha256: text().notNull(),
    sizeBytes: bytes().notNull(),
    mediaType: text().notNull(),
    rows: integer(),
  },
  (t) => [primaryKey({ columns: [t.datasetVersionId, t.path] })],
);
/** Keyed hashes of the patients in a split; never an identity. */
export const datasetSubject = pgTable(
  "dataset_subject",
  {
    organizationId: organizationId(),
    datasetVersionId: text()
      .notNull()
      .references(() => datasetVersion.id),
    split: text().notNull(),
    subjectHash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.datasetVersionId, t.split, t.subjectHash] })],
);

/** An upload under way: what was said of each file, and which have arrived. */
export const datasetUpload = pgTable(
  "dataset_upload",
  {
    id: id(),
    organizationId: organizationId(),
    request: jsonb().notNull(),
    status: text().$type<"open" | "finished" | "abandoned">().notNull().default("open"),
    datasetVersionId: text(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [oneOf("dataset_upload_status", t.status, ["open", "finished", "abandoned"])],
);
export const datasetUploadFile = pgTable(
  "dataset_upload_file",
  {
    organizationId: organizationId(),
    uploadId: text()
      .notNull()
      .references(() => datasetUpload.id, { onDelete: "cascade" }),
    path: text().notNull(),
    rows: integer(),
    /** Keyed subject hashes of the file, kept until the version is made. */
    subjects: jsonb().$type<string[]>(),
    arrivedAt: instant().notNull(),
  },
  (t) => [uniqueIndex("dataset_upload_file_once").on(t.uploadId, t.path)],
);
