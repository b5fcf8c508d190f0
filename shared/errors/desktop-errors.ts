import type { CatalogueEntry } from "./entry.ts";

export const desktopErrors = {
  keychain_unavailable: {
    message: "This system offers no keychain that protects a secret ({detail})",
    next: "Start a keychain service (GNOME Keyring or KWallet), or give the value in the environment.",
    exit: 1,
  },
  keychain_unreadable: {
    message: "The secret {name} was kept with a key that this system no longer has ({detail})",
    next: "Enter it again, or give the value in the environment.",
    exit: 1,
  },
  shell_bad_input: {
    message: "The window asked its shell for {name} in a way that it does not know: {detail}",
    next: "Restart the app; if it happens again, please report it with this sentence.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
