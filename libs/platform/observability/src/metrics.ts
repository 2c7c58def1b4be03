import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What one figure is. Labels are words of closed lists, never a person, a number or a URL (S-27). */
export interface MetricPlan {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** One sentence: what is counted, in which unit. */
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds of a histogram's buckets, ascending. @defaultValue those for seconds of a request */
  readonly buckets?: readonly number[];
}

type LabelsOf<Plan extends MetricPlan> = Plan['labels'] extends readonly (infer Name extends
  string)[]
  ? Name
  : never;

type MetricOf<Plan extends MetricPlan> = Plan['kind'] extends 'counter'
  ? Counter<LabelsOf<Plan>>
  : Plan['kind'] extends 'gauge'
    ? Gauge<LabelsOf<Plan>>
    : Histogram<LabelsOf<Plan>>;

/** Figures by name, as their plans say. */
export type Metrics<Plans extends Readonly<Record<string, MetricPlan>>> = {
  readonly [Name in keyof Plans]: MetricOf<Plans[Name]>;
};

const secondsOfARequest = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The figures of one program. Not a global: two programs in one test do not share theirs. */
export class MetricsRegistry {
  private readonly registry = new Registry();

  /** @param program its name, a label of every figure */
  constructor(program: string) {
    this.registry.setDefaultLabels({ program });
  }

  /** Adds the process's own figures (memory, event loop, handles). Once per program. */
  watchProcess(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  /**
   * Makes the figures of a list of names.
   *
   * @throws Error when a name is taken already: two parts of a program would count into one figure
   */
  define<const Plans extends Readonly<Record<string, MetricPlan>>>(plans: Plans): Metrics<Plans> {
    const made = Object.entries(plans).map(
      ([name, plan]) => [name, this.make(name, plan)] as const,
    );
    return Object.fromEntries(made) as unknown as Metrics<Plans>;
  }

  /** All figures in the text format of Prometheus, with its media type. */
  async page(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private make(name: string, plan: MetricPlan): Counter | Gauge | Histogram {
    const settings = {
      name,
      help: plan.help,
      labelNames: [...(plan.labels ?? [])],
      registers: [this.registry],
    };
    switch (plan.kind) {
      case 'counter':
        return new Counter(settings);
      case 'gauge':
        return new Gauge(settings);
      case 'histogram':
        return new Histogram({ ...settings, buckets: [...(plan.buckets ?? secondsOfARequest)] });
    }
  }
}
