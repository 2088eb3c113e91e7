package dev.postmaster.logpipe;

import org.jspecify.annotations.Nullable;

/** The forms a record can have on the pipe. The protocol calls each by the file it is made for. */
public enum RecordForm {
    /** The text form, for the file {@code stderr} (LOG-20). */
    TEXT(0x10),
    /** For the file {@code csvlog} (LOG-23). */
    CSV(0x20),
    /** For the file {@code jsonlog}, and for whoever reads records by machine (LOG-24). */
    JSON(0x40);

    private final int flag;

    RecordForm(int flag) {
        this.flag = flag;
    }

    /** The destination bit in a chunk's flags. */
    int flag() {
        return flag;
    }

    /** The form whose bit, and no other destination's, is set; null if there is no such form (LOG-11). */
    static @Nullable RecordForm ofFlags(int flags) {
        return switch (flags & (TEXT.flag | CSV.flag | JSON.flag)) {
            case 0x10 -> TEXT;
            case 0x20 -> CSV;
            case 0x40 -> JSON;
            default -> null;
        };
    }
}
