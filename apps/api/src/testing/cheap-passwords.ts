import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";

const keyOf = promisify<string, string, number, { N: number }, Buffer>(scrypt);
const key = async (password: string, salt: string): Promise<string> =>
  (await keyOf(password, salt, 32, { N: 2 })).toString("hex");

/** Salted and one-way like the ones people get, without the tenth of a second each that makes guessing dear: tests have hundreds of people. */
export const cheapPasswords = {
  async hash(password: string): Promise<string> {
    const salt = randomBytes(8).toString("hex");
    return `${salt}:${await key(password, salt)}`;
  },
  async verify({ hash, password }: { hash: string; password: string }): Promise<boolean> {
    const [salt = "", kept] = hash.split(":");
    return kept === (await key(password, salt));
  },
};
