// The person's secrets where there is no keychain: a file that only they can read, outside of every project.
export { checkSecretName, readSecret, secretNames, writeSecret } from "./secret-file.ts";
