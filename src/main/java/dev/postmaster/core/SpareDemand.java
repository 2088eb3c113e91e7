package dev.postmaster.core;

/**
 * How many spares the clients of late would have needed: as many as had to wait together. A period in which some were never
 * touched takes half of those off. So the pool follows the arrivals, whatever a session or a launch takes.
 *
 * @param target so many spares are launched, before the limits have their say
 * @param fewest how few were waiting at any moment of this period
 */
public record SpareDemand(int target, int fewest) {
    static final SpareDemand NONE = new SpareDemand(0, 0);

    /** How many spares there should be at least. */
    int targetWithin(SpareLimits limits) {
        return limits.clamp(target);
    }

    /** A client took one that was waiting, and left so many. */
    SpareDemand taken(int left) {
        return new SpareDemand(target, Math.min(fewest, left));
    }

    /** So many clients have to wait. */
    SpareDemand missed(int clients, SpareLimits limits) {
        return new SpareDemand(Math.max(targetWithin(limits), limits.clamp(clients)), 0);
    }

    /** So many of those who wait were not needed in this period, and may go. */
    int surplus(int waiting) {
        return Math.ceilDiv(Math.min(fewest, waiting), 2);
    }

    /** A period is over, and so many are waiting. */
    SpareDemand periodOver(int waiting, SpareLimits limits) {
        return new SpareDemand(limits.clamp(targetWithin(limits) - surplus(waiting)), waiting);
    }
}
