package dev.postmaster.core;

import java.util.List;

/** A postmaster to which one thing after the other happens. Remembers what it answered to the last. */
record Story(Step last) {
    static Story of(Pm pm) {
        return new Story(Step.of(pm));
    }

    Story on(PmEvent... events) {
        Story story = this;
        for (PmEvent event : events) {
            story = new Story(Transition.step(story.pm(), event));
        }
        return story;
    }

    /** Somebody of this kind lives as well. */
    Story with(ChildKind kind) {
        return of(pm().withCensus(pm().census().plus(kind)));
    }

    Pm pm() {
        return last.next();
    }

    PmState state() {
        return pm().state();
    }

    /** What the last event brought about. */
    List<PmAction> actions() {
        return last.actions();
    }

    /** What the last event had said to the log. */
    List<String> said() {
        return actions().stream()
                .filter(PmAction.Say.class::isInstance)
                .map(action -> ((PmAction.Say) action).message())
                .toList();
    }

    /** Which kinds the last event had launched, in order. */
    List<ChildKind> launched() {
        return actions().stream()
                .filter(PmAction.Launch.class::isInstance)
                .map(action -> ((PmAction.Launch) action).kind())
                .toList();
    }

    /** Which signals the last event had sent. */
    List<PmAction.Signal> signals() {
        return actions().stream()
                .filter(PmAction.Signal.class::isInstance)
                .map(PmAction.Signal.class::cast)
                .toList();
    }
}
