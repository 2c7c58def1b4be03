/** Injection token of the program's `Health`. */
export const healthToken = Symbol('health');
/** Injection token of the program's `MetricsRegistry`. */
export const metricsToken = Symbol('metrics');
/** Injection token of the program's {@link Docs}. */
export const docsToken = Symbol('docs');
