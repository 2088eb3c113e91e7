import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times that were measured, in nanoseconds. */
final class Samples {
    private final List<Long> nanos = new ArrayList<>();

    void add(long measured) {
        nanos.add(measured);
    }

    boolean isEmpty() {
        return nanos.isEmpty();
    }

    /** The least time that so many per cent of them did not exceed, in milliseconds. */
    double millis(int percent) {
        Collections.sort(nanos);
        int rank = (int) Math.ceil(nanos.size() * percent / 100.0);
        return nanos.get(Math.max(0, rank - 1)) / 1e6;
    }
}
