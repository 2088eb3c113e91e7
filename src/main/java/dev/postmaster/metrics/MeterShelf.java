package dev.postmaster.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Makes meters out of {@link Metric}s and gives the same one again for the same labels. One thread at a time makes new ones. */
final class MeterShelf {
    private final MeterRegistry registry;
    /** Micrometer itself forgets whose number a function counter tells. */
    private final List<LongSupplier> kept = new ArrayList<>();

    MeterShelf(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter counter(Metric metric, String... labels) {
        return Counter.builder(metric.meter())
                .description(metric.description())
                .tags(tags(metric, labels))
                .register(registry);
    }

    /** A counter whose number somebody else keeps, for any thread to read. */
    void counter(Metric metric, LongSupplier number, String... labels) {
        kept.add(number);
        FunctionCounter.builder(metric.meter(), number, LongSupplier::getAsLong)
                .description(metric.description())
                .tags(tags(metric, labels))
                .register(registry);
    }

    /** @param value may be asked by any thread */
    void gauge(Metric metric, DoubleSupplier value, String... labels) {
        var gauge = Gauge.builder(metric.meter(), value::getAsDouble)
                .description(metric.description())
                .tags(tags(metric, labels));
        if (metric.type() == Metric.Type.SECONDS) {
            gauge.baseUnit("seconds");
        }
        gauge.register(registry);
    }

    Timer timer(Metric metric, String... labels) {
        var timer =
                Timer.builder(metric.meter()).description(metric.description()).tags(tags(metric, labels));
        if (metric.type() == Metric.Type.HISTOGRAM) {
            timer.serviceLevelObjectives(Metric.BUCKETS.toArray(Duration[]::new));
        }
        return timer.register(registry);
    }

    DistributionSummary summary(Metric metric, String... labels) {
        return DistributionSummary.builder(metric.meter())
                .description(metric.description())
                .tags(tags(metric, labels))
                .register(registry);
    }

    private static Tags tags(Metric metric, String... values) {
        List<String> names = metric.labels();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(metric + " has the labels " + names);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(names.get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
