export { inheritedByPip, inheritedByPrograms } from "@preceptor/python-environment";
