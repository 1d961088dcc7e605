/** Tables of this area, see its migration. */
export type GroupEventTables = Record<never, never>;
