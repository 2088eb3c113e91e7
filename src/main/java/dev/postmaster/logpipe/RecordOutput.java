package dev.postmaster.logpipe;

/** Takes whole records on their way to the log. Any thread; it never throws. */
@FunctionalInterface
public interface RecordOutput {
    /**
     * Takes one record.
     *
     * @param record complete, with its line end
     */
    void write(RecordForm form, byte[] record);
}
