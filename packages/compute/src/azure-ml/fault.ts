/** What serving says the same way is said in one place. */
export { inOurWords, once, orNull } from "@preceptor/azure";
