package dev.postmaster.auth.role;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.CRC32C;

/**
 * A {@link RoleBook} as text: a line for each thing, its fields separated by tabs, between a line with the version and one
 * with the CRC-32C of all before it. In a field a tab, a line feed and a backslash are {@code \t}, {@code \n} and
 * {@code \\}.
 */
public final class RoleText {
    private static final String HEADER = "postmaster roles 1";
    private static final String CHECKSUM = "crc32c";

    private RoleText() {}

    /** The text is not a book; the message says why, in the middle of a sentence. */
    public static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String why) {
            super(why);
        }

        Damaged(String why, RuntimeException cause) {
            super(why, cause);
        }
    }

    /** The text of a book. */
    public static String write(RoleBook book) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (List<String> fields : RoleLines.of(book)) {
            StringJoiner line = new StringJoiner("\t", "", "\n");
            fields.forEach(field -> line.add(escaped(field)));
            text.append(line);
        }
        return text + CHECKSUM + '\t' + checksum(text.toString()) + '\n';
    }

    /**
     * The book that a text tells of.
     *
     * @throws Damaged if the text is not what {@link #write} wrote
     */
    public static RoleBook read(String text) throws Damaged {
        if (!text.startsWith(HEADER + "\n")) {
            throw new Damaged("it does not begin with \"" + HEADER + "\"");
        }
        int end = text.lastIndexOf(CHECKSUM + "\t");
        if (end < 0 || !text.substring(end).equals(CHECKSUM + "\t" + checksum(text.substring(0, end)) + "\n")) {
            throw new Damaged("its checksum is wrong");
        }
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.substring(HEADER.length() + 1, end).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(List.of(line.split("\t", -1)).stream()
                        .map(RoleText::plain)
                        .toList());
            }
        }
        try {
            return RoleLines.read(lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Damaged("a line cannot be understood", e);
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private static String plain(String field) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                plain.append(c);
            } else {
                char escape = field.charAt(++i);
                plain.append(escape == 't' ? '\t' : escape == 'n' ? '\n' : escape);
            }
        }
        return plain.toString();
    }
}
