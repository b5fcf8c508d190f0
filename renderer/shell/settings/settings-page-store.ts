import { createStore } from "zustand/vanilla";

/** Whether the settings are shown. */
export const settingsPage = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export const openSettings = (): void => settingsPage.setState({ isOpen: true });
export const closeSettings = (): void => settingsPage.setState({ isOpen: false });
