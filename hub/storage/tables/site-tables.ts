/** Tables of this area, see its migration. */
export type SiteTables = Record<never, never>;
