package dev.postmaster.store.copy;

/**
 * How COPY writes rows.
 *
 * @param style text with backslashes, or CSV with quotes
 * @param delimiter between columns
 * @param nullText what stands for NULL
 * @param header whether the first line names the columns
 * @param quote around a CSV value that needs it
 * @param escape before a quote within a quoted CSV value
 */
public record CopyFormat(Style style, char delimiter, String nullText, boolean header, char quote, char escape) {
    /** What COPY does without options. */
    public static final CopyFormat TEXT = new CopyFormat(Style.TEXT, '\t', "\\N", false, '"', '"');

    /** What FORMAT csv does without further options. */
    public static final CopyFormat CSV = new CopyFormat(Style.CSV, ',', "", false, '"', '"');

    /** The two forms we have; PostgreSQL's third is binary. */
    public enum Style {
        TEXT,
        CSV
    }

    /** The end of the data, on a line of its own, for clients that cannot tell it otherwise. */
    static final String END_MARKER = "\\.";
}
