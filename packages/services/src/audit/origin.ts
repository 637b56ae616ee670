/** The name an organization's log goes by in its signed heads: a URL without scheme. */
export const logOrigin = (organizationId: string): string =>
  `preceptor.dev/audit/${organizationId}`;
