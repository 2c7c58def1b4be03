/** A context's role in the database: it cannot sign in, a program takes it for one unit of work. @source S-9 */
export type ContextRole =
  'varde_identity' | 'varde_incident' | 'varde_audience' | 'varde_communication' | 'varde_delivery';
