import { deIdentificationMethods, Name } from "@preceptor/domain";
import { problemIn } from "../../../api/problem.ts";
import type { Registration } from "./upload.ts";

export interface RegistrationForm {
  name: string;
  title: string;
  description: string;
  deIdentification: string | null;
  statement: string;
  licence: string;
  subjectField: string;
}
export const emptyForm = (name: string): RegistrationForm => ({
  name,
  title: "",
  description: "",
  deIdentification: null,
  statement: "",
  licence: "",
  subjectField: "",
});

export const checks = {
  name: problemIn(Name),
  deIdentification: (method: string | null) =>
    methodOf(method) === undefined ? "Say how the patients' identities were removed" : null,
  statement: (text: string) =>
    text.trim().length < 3 ? "Say who vouches for it, and on what ground" : null,
};

const methodOf = (text: string | null) => deIdentificationMethods.find((one) => one === text);

/** What is announced; fields left empty are not sent. */
export function registrationOf(form: RegistrationForm): Registration {
  const [title, licence, subjectField] = [form.title, form.licence, form.subjectField].map((text) =>
    text.trim(),
  );
  return {
    name: form.name,
    description: form.description.trim(),
    permit: {
      deIdentification: methodOf(form.deIdentification) ?? "none",
      statement: form.statement.trim(),
      ...(licence ? { licence } : {}),
    },
    ...(title ? { title } : {}),
    ...(subjectField ? { subjectField } : {}),
  };
}
