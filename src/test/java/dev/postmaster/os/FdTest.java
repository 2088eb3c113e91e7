package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FdTest {
    private final List<Integer> closed = new ArrayList<>();
    private final Fd fd = new Fd(7, closed::add);

    @Test
    void closesItsNumberOnceHoweverOftenItIsAsked() {
        fd.close();
        fd.close();
        assertThat(closed).containsExactly(7);
    }

    @Test
    void aTakenDescriptorIsClosedByItsNewOwnerAlone() {
        Fd owner = fd.take();
        fd.close();
        assertThat(closed).isEmpty();
        assertThat(owner.number()).isEqualTo(7);
        owner.close();
        assertThat(closed).containsExactly(7);
    }

    @Test
    void aReleasedDescriptorIsNotClosedHere() {
        assertThat(fd.release()).isEqualTo(7);
        fd.close();
        assertThat(closed).isEmpty();
    }

    @Test
    void aSpentDescriptorHasNoNumberThatCouldBeSomebodyElsesByNow() {
        fd.close();
        assertThatIllegalStateException().isThrownBy(fd::number);
        assertThatIllegalStateException().isThrownBy(fd::take);
        assertThatIllegalStateException().isThrownBy(fd::release);
        assertThat(fd).hasToString("fd spent");
    }

    @Test
    void aPipeClosesTheEndThatNobodyTook() {
        Fd kept;
        try (Pipe pipe = new Pipe(new Fd(3, closed::add), new Fd(4, closed::add))) {
            kept = pipe.writeEnd().take();
        }
        assertThat(closed).containsExactly(3);
        kept.close();
        assertThat(closed).containsExactly(3, 4);
    }

    @Test
    void theNumberOfNoDescriptorIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fd(-1, closed::add));
    }
}
