/** Tables of this area, see its migration. */
export type SwitchTables = Record<never, never>;
