/** Tables of this area, see its migration. */
export type ExportTables = Record<never, never>;
