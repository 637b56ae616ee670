export const roles = ["engineer", "board", "partner", "operator", "auditor"] as const;
export type Role = (typeof roles)[number];
export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);
