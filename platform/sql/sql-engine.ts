/** The two databases a hub can keep its books in. */
export type SqlEngine = 'sqlite' | 'postgres';
