declare const brand: unique symbol;

/** A value that must not be mixed up with another of the same primitive type. Costs nothing at run time. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A UUID in lower case with dashes. Ids of different things are different types. */
export type Id<Name extends string> = Branded<string, Name>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this text a UUID as PostgreSQL writes it? */
export const isUuid = (text: string): boolean => uuid.test(text);
